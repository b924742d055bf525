import { clearedAtCutover } from '../domain/classification/conditions.ts';
import { type Actor, system } from '../domain/onboarding/actor.ts';
import type { Change } from '../domain/onboarding/change.ts';
import { answersInForce } from '../domain/onboarding/records.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { clearCondition, findOpen } from '../domain/onboarding/transitions/conditions.ts';
import * as handOver from '../domain/onboarding/transitions/hand-over.ts';
import { changeOnboarding } from './change.ts';
import { assessAgain, readConditionFile } from './condition-file.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** The clearing of the condition that ends with the cutover. Reads the result only where the state lists the condition. */
async function clearingAtCutover(
  dependencies: ApplicationDependencies,
  snapshot: Snapshot,
): Promise<Change | undefined> {
  const { state } = snapshot;
  const code = clearedAtCutover(state.conditions ?? []);
  // The conditions of a part are those of its whole, which other parts still depend on.
  if (code === undefined || state.part !== undefined) return undefined;
  const file = await readConditionFile(dependencies.store, state.reference);
  const open = findOpen(state, code, file);
  if (open === undefined) return undefined;
  const { result, submission } = open;
  const assessed = assessAgain(dependencies, {
    ...{ intake: file.intake, result, answers: answersInForce(submission) },
    cleared: [...result.cleared, code],
  });
  return clearCondition(snapshot, { code, by: 'cutover', before: result, ...assessed }, system);
}

/**
 * Records how a cutover went; one that is done clears the condition that ends with it. The same result again has no
 * effect; another end of hypercare has. One that was rolled back or postponed leads to another date.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the hand-over.
 * @throws OtherPlaceError when another wave is meant than the one it was handed over for.
 * @throws CutoverNotYetError when it is said to be done, or undone, before its day.
 * @throws InvalidInputError when the end of hypercare is out of bounds, or goes with no cutover that is done.
 */
export async function recordCutover(
  dependencies: ApplicationDependencies,
  reference: string,
  cutover: handOver.Cutover,
  actor: Actor,
): Promise<void> {
  const { store, clock } = dependencies;
  await changeOnboarding(store, reference, async (snapshot) => {
    const facts =
      cutover.result === 'done'
        ? { clearing: await clearingAtCutover(dependencies, snapshot) }
        : {
            assessed: snapshot.state.part === undefined ? await store.dossiers.result(reference) : undefined,
          };
    return handOver.recordCutover({ snapshot, ...facts }, cutover, actor, clock.now());
  });
}

/** Closes an onboarding whose hypercare is over; does nothing before. */
export function endHypercare({ store, clock }: ApplicationDependencies, reference: string): Promise<boolean> {
  return changeOnboarding(store, reference, (snapshot) => handOver.endHypercare(snapshot, clock.now()));
}
