import { calendarDateOf } from '../domain/calendar-date.ts';
import { ruleSetFor } from '../domain/classification/rule-sets.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import type { Change } from '../domain/onboarding/change.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import type { Submitting } from '../domain/onboarding/transitions/answers.ts';
import { newResult, saidOf } from '../domain/onboarding/transitions/assessment.ts';
import * as corrections from '../domain/onboarding/transitions/correction.ts';
import { questionnaireVersion } from '../domain/questionnaire/version.ts';
import { assess } from '../domain/readiness/assessment.ts';
import { changeOnboarding } from './change.ts';
import { readConditionFile } from './condition-file.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { toDrop } from './look-after-corrections.ts';
import { calendarNow, placingWith } from './read-placing.ts';

/**
 * The customer begins to correct its answers; nothing changes before they are submitted. Begun twice, it is open once.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, DecisionRefusedError
 */
export async function beginCorrection(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
  opening: corrections.Opening,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, (snapshot) =>
    corrections.beginCorrection(snapshot, opening, actor, clock.now()),
  );
}

/** The customer gives its correction up, if one is open: the answers are those submitted. */
export async function discardCorrection(
  { store }: Pick<ApplicationDependencies, 'store'>,
  reference: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async (snapshot) =>
    snapshot.correction?.status === 'open'
      ? corrections.discardCorrection(snapshot, await toDrop(store, reference), actor)
      : undefined,
  );
}

/** The change that submits corrected answers, with their result under the rules in force. */
export async function correctedWith(
  dependencies: ApplicationDependencies,
  snapshot: Snapshot,
  submitting: Submitting,
  actor: Actor,
): Promise<Change> {
  const { store, clock, platform } = dependencies;
  const { state } = snapshot;
  const at = clock.now();
  const context = { asOf: calendarDateOf(at), platform };
  const { answers } = submitting;
  const [{ intake, result }, calendar] = await Promise.all([
    readConditionFile(store, state.reference),
    calendarNow(dependencies),
  ]);
  const assessment = assess({
    organisation: { registryStatus: intake.registry?.status ?? 'unavailable' },
    answers,
    ...context,
    clearedConditions: result?.cleared ?? [],
    ruleSetVersion: ruleSetFor(questionnaireVersion),
  });
  const after = {
    ...corrections.correctedState(state),
    ...saidOf(corrections.correctedState(state), assessment),
  };
  const placing = await placingWith(
    store,
    { ...after, score: assessment.readiness.score },
    { intake, answers, result: newResult(after, { assessment, assessedOn: context.asOf, known: result }) },
    context.asOf,
  );
  const standing = { calendar, platform, at };
  return corrections.submitCorrection(
    snapshot,
    { ...submitting, assessment, context, result, placing, standing },
    actor,
    at,
  );
}
