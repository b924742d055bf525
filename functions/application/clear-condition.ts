import { calendarDateOf } from '../domain/calendar-date.ts';
import { operatorMayClear } from '../domain/classification/conditions.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import * as assessment from '../domain/onboarding/transitions/assessment.ts';
import { assess } from '../domain/readiness/assessment.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * An operator settles a condition with evidence; the tier is computed again.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when an operator may not clear it, or it is not open.
 */
export async function clearCondition(
  { store, clock, platform }: ApplicationDependencies,
  reference: string,
  code: string,
  evidence: string,
  actor: Actor,
): Promise<void> {
  if (!operatorMayClear(code)) throw assessment.notForOperators();
  await changeOnboarding(store, reference, async ({ state }) => {
    const [result, submission, intake] = await Promise.all([
      store.dossiers.result(reference),
      store.dossiers.submission(reference),
      store.dossiers.intake(reference),
    ]);
    const open = assessment.openCondition(state, code, { result, submission });
    const cleared = [...open.result.cleared, code];
    const again = assess({
      organisation: { registryStatus: intake.registry?.status ?? 'unavailable' },
      answers: open.submission.answers,
      asOf: calendarDateOf(clock.now()),
      platform,
      clearedConditions: cleared,
    });
    return assessment.clearCondition(
      state,
      { code, evidence },
      { ...open.result, assessment: again, cleared },
      actor,
    );
  });
}
