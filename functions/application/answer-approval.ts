import {
  ApprovalLapsedError,
  ApprovalNotFoundError,
  DateNotPossibleError,
  InvalidInputError,
  OnboardingNotFoundError,
} from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { parseApprovalId } from '../domain/onboarding/approvals.ts';
import {
  type ApprovalAnswer,
  answeredApproval,
  decline,
} from '../domain/onboarding/transitions/approvals.ts';
import { approveMove } from '../domain/onboarding/transitions/move-place.ts';
import * as reviews from '../domain/onboarding/transitions/reviews.ts';
import { changeOnboarding } from './change.ts';
import { factsFor } from './decide-review.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { keepGroupOrder } from './keep-group-order.ts';
import { chosenFor } from './move-place.ts';

function isDateGone(error: unknown): boolean {
  const signs = [DateNotPossibleError, InvalidInputError, ApprovalLapsedError] as const;
  return signs.some((sign) => error instanceof sign);
}

/**
 * A second person agrees to a decision, which is carried out in the same transaction, or does not. Answering the same
 * again changes nothing.
 *
 * @throws ApprovalNotFoundError, OwnRequestError, AlreadyDecidedError, ApprovalLapsedError
 * @throws what deciding the review, or moving the place, throws.
 * @returns the reference of the onboarding.
 */
export async function answerApproval(
  dependencies: ApplicationDependencies,
  answer: ApprovalAnswer,
  actor: Actor,
): Promise<string> {
  const { store, clock } = dependencies;
  const reference = parseApprovalId(answer.id)?.reference;
  if (reference === undefined) throw new ApprovalNotFoundError();
  try {
    await changeOnboarding(store, reference, async (snapshot) => {
      const at = clock.now();
      const approval = answeredApproval(snapshot, answer, actor, at);
      if (approval === undefined) return undefined;
      const { reason } = answer;
      if (answer.decision === 'decline') return decline(approval, reason, actor);
      // In a placement review, the move is the decision of the review.
      if (approval.kind === 'move' && snapshot.state.stage !== 'IN_REVIEW') {
        const { toFollow, ...chosen } = await chosenFor(dependencies, snapshot, approval.wave ?? '');
        const move = { ...chosen, reason: approval.reason ?? '' };
        return approveMove(snapshot, { approval, move, toFollow }, { actor, reason }, at);
      }
      const facts = await factsFor(dependencies, snapshot, reviews.answerOf(approval));
      return reviews.approveReview(snapshot, approval, facts, { actor, reason }, at);
    });
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) throw new ApprovalNotFoundError({ cause: error });
    // Of a group that is to be kept in order, another move is proposed.
    if (isDateGone(error)) await keepGroupOrder(dependencies, reference);
    // The wave is not there any more: nothing that was sent is wrong.
    throw error instanceof InvalidInputError ? new ApprovalLapsedError({ cause: error }) : error;
  }
  return reference;
}
