import { calendarDateOf } from '../domain/calendar-date.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { fieldProblem } from '../domain/input/problem-texts.ts';
import { intakeFields } from '../domain/intake/intake.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { formatReference, referenceByteCount } from '../domain/onboarding/reference.ts';
import { type OwnedIntake, start } from '../domain/onboarding/transitions/start.ts';
import type { Request } from '../store/requests.ts';
import { ReferenceTakenError } from '../store/starts.ts';
import type { Store } from '../store/store.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { ancestryOf } from './group-ring.ts';

const referenceAttempts = 5;

function refusePastDeadline({ latestDate }: OwnedIntake, at: Date): void {
  if (latestDate === undefined || latestDate >= calendarDateOf(at)) return;
  throw new InvalidInputError([fieldProblem('latestDate', intakeFields.latestDate, 'past')]);
}

/**
 * Refuses a parent that would make an organisation, from parent to parent, a parent of its own.
 *
 * @returns the parent upwards that has no onboarding yet: it must not be started meanwhile.
 */
async function refuseRing(store: Store, { siren, parentSiren }: OwnedIntake): Promise<string | undefined> {
  const { isRing, unstarted } = await ancestryOf(store, siren, parentSiren);
  if (!isRing) return unstarted;
  throw new InvalidInputError([fieldProblem('parentSiren', intakeFields.parentSiren, 'closes_a_ring')]);
}

/**
 * Starts an onboarding. The same request gives the same reference, however often and however late it comes.
 *
 * @throws InvalidInputError when its latest date is past: no wave could meet it; or when its parent would make it a
 * parent of its own.
 * @throws ActiveOnboardingExistsError when the SIREN has one under way.
 * @throws IdempotencyKeyReusedError when the key was used for another body.
 */
export async function startOnboarding(
  { store, clock, ids }: ApplicationDependencies,
  request: Request,
  intake: OwnedIntake,
  actor: Actor,
): Promise<string> {
  const known = await store.requests.earlier(request);
  if (known?.reference !== undefined) return known.reference;
  refusePastDeadline(intake, clock.now());
  for (let attempt = 1; ; attempt += 1) {
    const unstarted = await refuseRing(store, intake);
    const reference = formatReference(ids.bytes(referenceByteCount));
    try {
      const first = start(reference, intake, actor, clock.now());
      return await store.starts.create(request, first, intake, unstarted);
    } catch (error) {
      if (!(error instanceof ReferenceTakenError) || attempt === referenceAttempts) throw error;
    }
  }
}
