import { calendarDateOf } from '../domain/calendar-date.ts';
import { ActiveOnboardingExistsError, InvalidInputError } from '../domain/errors.ts';
import { fieldProblem } from '../domain/input/problem-texts.ts';
import { intakeFields } from '../domain/intake/intake.ts';
import { mostScopes } from '../domain/intake/scope.ts';
import { isSameScope } from '../domain/intake/scope-names.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { formatReference, referenceByteCount } from '../domain/onboarding/reference.ts';
import { type OwnedIntake, start } from '../domain/onboarding/transitions/start.ts';
import type { Request } from '../store/requests.ts';
import { type Ancestor, ReferenceTakenError, ScopeTakenError } from '../store/starts.ts';
import type { Store } from '../store/store.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { isInRing } from './group-ring.ts';

const referenceAttempts = 5;

function refusePastDeadline({ latestDate }: OwnedIntake, at: Date): void {
  if (latestDate === undefined || latestDate >= calendarDateOf(at)) return;
  throw new InvalidInputError([fieldProblem('latestDate', intakeFields.latestDate, 'past')]);
}

/** Keeps what is read of the onboardings of an organisation bounded. The whole organisation is always one of them. */
async function refuseTooManyScopes(store: Store, { siren, scope }: OwnedIntake) {
  if (scope === undefined) return;
  const active = await store.starts.actives(siren);
  if (active.length < mostScopes || active.some((other) => isSameScope(other.scope, scope))) return;
  throw new InvalidInputError([fieldProblem('scope', intakeFields.scope, 'too_many_scopes')]);
}

/**
 * Refuses a parent that would make an organisation, from parent to parent, a parent of its own.
 *
 * @returns the parents upwards: none of their starts may name another parent meanwhile.
 */
async function refuseRing(store: Store, { siren, parentSiren }: OwnedIntake): Promise<readonly Ancestor[]> {
  const ancestors: Ancestor[] = [];
  const isRing = await isInRing(store, siren, parentSiren, async (each) => {
    ancestors.push({ siren: each, namedParents: await store.starts.namedParents(each) });
  });
  if (!isRing) return ancestors;
  throw new InvalidInputError([fieldProblem('parentSiren', intakeFields.parentSiren, 'closes_a_ring')]);
}

/**
 * Starts an onboarding. The same request gives the same reference, however often and however late it comes.
 *
 * @throws InvalidInputError when its latest date is past: no wave could meet it; when its parent would make it a parent of
 * its own; or when the organisation has too many scopes under way.
 * @throws ActiveOnboardingExistsError when the SIREN has one of the same scope under way.
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
  await refuseTooManyScopes(store, intake);
  for (let attempt = 1; ; attempt += 1) {
    const ancestors = await refuseRing(store, intake);
    const reference = formatReference(ids.bytes(referenceByteCount));
    try {
      const first = start(reference, intake, actor, clock.now());
      return await store.starts.create(request, first, intake, ancestors);
    } catch (error) {
      if (error instanceof ScopeTakenError) {
        throw new ActiveOnboardingExistsError(error.reference, error.active);
      }
      if (!(error instanceof ReferenceTakenError) || attempt === referenceAttempts) throw error;
    }
  }
}
