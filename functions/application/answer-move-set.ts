import type { Actor } from '../domain/onboarding/actor.ts';
import { parseApprovalId } from '../domain/onboarding/approvals.ts';
import type { ApprovalAnswer } from '../domain/onboarding/transitions/approvals.ts';
import { answerApproval } from './answer-approval.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';
import { type RefusedDecision, unlessRefused } from './refused.ts';

/** The most requests that are answered together. */
export const mostTogether = 50;

interface SetAnswer extends Pick<ApprovalAnswer, 'decision' | 'reason'> {
  /** Ids of the requests: those that the operator has seen. */
  readonly approvals: readonly string[];
}

/**
 * Answers the proposed moves of a group, each by itself, in the order of their dates: who follows another one is moved after
 * it. The same again answers nothing twice.
 *
 * @returns those that were refused.
 */
export async function answerMoveSet(
  dependencies: ApplicationDependencies,
  { approvals, decision, reason }: SetAnswer,
  actor: Actor,
): Promise<readonly RefusedDecision[]> {
  const { store } = dependencies;
  const asked: { readonly id: string; readonly reference: string; readonly cutover: string }[] = [];
  await inBatches(new Set(approvals), changesAtOnce, async (id) => {
    const reference = parseApprovalId(id)?.reference ?? id;
    let cutover = '';
    // What is wrong with it is said by its answer.
    await unlessRefused(reference, async () => {
      cutover = (await store.onboardings.now(reference)).approval?.cutover ?? '';
    });
    asked.push({ id, reference, cutover });
  });
  const refused: RefusedDecision[] = [];
  const byCutover = Map.groupBy(asked, ({ cutover }) => cutover);
  for (const [, sameDay] of [...byCutover].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    await inBatches(sameDay, changesAtOnce, async ({ id, reference }) => {
      const refusal = await unlessRefused(reference, () =>
        answerApproval(dependencies, { id, decision, reason }, actor),
      );
      if (refusal !== undefined) refused.push(refusal);
    });
  }
  return refused;
}
