import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { fieldProblem } from '../domain/input/problem-texts.ts';
import { type Intake, intakeFields } from '../domain/intake/intake.ts';
import { formatReference, referenceByteCount } from '../domain/onboarding/reference.ts';
import { firstRun } from '../domain/onboarding/run.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import type { Actor } from '../store/onboardings.ts';
import { ReferenceTakenError, type Request } from '../store/starts.ts';
import type { CommandDependencies } from './dependencies.ts';

const referenceAttempts = 5;

/** An intake whose owner and team are known: given, or those of whoever starts it. */
export type OwnedIntake = Intake & { readonly owner: string; readonly team: string };

function firstState(reference: string, intake: OwnedIntake, at: string): OnboardingState {
  return {
    reference,
    siren: intake.siren,
    name: intake.legalName,
    language: intake.language,
    owner: intake.owner,
    team: intake.team,
    stage: 'REGISTERED',
    stageSince: at,
    version: 1,
    eventHash: '',
    episode: 1,
    run: firstRun(at),
    requestedAt: at,
    link: 0,
    submission: 0,
    reviews: 0,
    settledRules: [],
    anotherDates: 0,
    confirmationTimeouts: 0,
  };
}

function refusePastDeadline({ latestDate }: OwnedIntake, today: CalendarDate): void {
  if (latestDate === undefined || latestDate >= today) return;
  throw new InvalidInputError([fieldProblem('latestDate', intakeFields.latestDate, 'past')]);
}

/**
 * Starts an onboarding. The same request gives the same reference, however often and however late it comes.
 *
 * @throws InvalidInputError when its latest date is past: it could only be told that there is no date for it.
 * @throws ActiveOnboardingExistsError when the SIREN has one under way.
 * @throws IdempotencyKeyReusedError when the key was used for another body.
 */
export async function startOnboarding(
  { store, clock, ids }: CommandDependencies,
  request: Request,
  intake: OwnedIntake,
  who: Actor,
): Promise<string> {
  const known = await store.starts.earlier(request);
  if (known !== undefined) return known;
  refusePastDeadline(intake, calendarDateOf(clock.now()));
  for (let attempt = 1; ; attempt += 1) {
    const reference = formatReference(ids.bytes(referenceByteCount));
    const state = firstState(reference, intake, clock.now().toISOString());
    try {
      return await store.starts.create(
        request,
        state,
        { ...intake, services: [...intake.services] },
        { type: 'STARTED', who },
        [
          { kind: 'start', run: 1, resumeAt: 'QUALIFY' },
          { kind: 'event', type: 'OnboardingStarted', data: { siren: intake.siren, team: intake.team } },
        ],
      );
    } catch (error) {
      if (!(error instanceof ReferenceTakenError) || attempt === referenceAttempts) throw error;
    }
  }
}
