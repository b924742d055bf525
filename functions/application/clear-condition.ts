import { calendarDateOf } from '../domain/calendar-date.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { answersInForce } from '../domain/onboarding/records.ts';
import {
  type DueDateMove,
  moveDueDate as movesDueDate,
} from '../domain/onboarding/transitions/condition-dates.ts';
import * as conditions from '../domain/onboarding/transitions/conditions.ts';
import { changeOnboarding } from './change.ts';
import { assessAgain, readConditionFile } from './condition-file.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * An operator clears a condition with evidence, also one that the customer could declare; the tier is computed again. One
 * that was cleared so before changes nothing.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when it is not open.
 */
export async function clearCondition(
  dependencies: ApplicationDependencies,
  reference: string,
  code: string,
  evidence: conditions.Evidence,
  actor: Actor,
): Promise<void> {
  const { store } = dependencies;
  await changeOnboarding(store, reference, async (snapshot) => {
    const file = await readConditionFile(store, reference);
    if (conditions.isClearedByHand(snapshot.state, code, file)) return undefined;
    const { condition, result, submission } = conditions.openCondition(snapshot.state, code, file);
    const assessed = assessAgain(dependencies, {
      ...{ intake: file.intake, result, answers: answersInForce(submission) },
      cleared: [...result.cleared, condition.code],
    });
    const clearing = { code: condition.code, by: 'evidence', evidence, before: result, ...assessed } as const;
    return conditions.clearCondition(snapshot, clearing, actor);
  });
}

/**
 * An operator moves the due date of a condition with a reason.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when it is not open, or clears itself on its day.
 * @throws InvalidInputError for a day in the past.
 */
export async function moveDueDate(
  { store, clock }: ApplicationDependencies,
  reference: string,
  code: string,
  move: DueDateMove,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async ({ state }) => {
    const open = conditions.openCondition(state, code, await readConditionFile(store, reference));
    return movesDueDate(open, move, actor, calendarDateOf(clock.now()));
  });
}
