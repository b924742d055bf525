import { answerApproval } from '../../../functions/application/answer-approval.ts';
import { decideReview } from '../../../functions/application/decide-review.ts';
import type { ApplicationDependencies } from '../../../functions/application/dependencies.ts';
import type { Actor } from '../../../functions/domain/onboarding/actor.ts';
import type { ReviewAnswer } from '../../../functions/domain/onboarding/transitions/reviews.ts';

/** Who agrees to what another operator asks for. */
const second: Actor = { kind: 'operator', id: 'second-operator' };

/** An operator decides a review; where a decision takes two people, a second one agrees at once. */
export async function decideByTwo(
  dependencies: ApplicationDependencies,
  reference: string,
  answer: ReviewAnswer,
  first: Actor,
): Promise<void> {
  const approval = await decideReview(dependencies, reference, { ...answer, approval: true }, first);
  if (approval === undefined) return;
  const { id } = approval;
  await answerApproval(dependencies, { id, decision: 'approve', reason: answer.reason }, second);
}
