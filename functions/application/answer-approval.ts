import { ApprovalNotFoundError, OnboardingNotFoundError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { parseApprovalId } from '../domain/onboarding/approvals.ts';
import { lapseApproval } from '../domain/onboarding/transitions/approval-lapse.ts';
import {
  type ApprovalAnswer,
  answeredApproval,
  decline,
} from '../domain/onboarding/transitions/approvals.ts';
import { approveMove } from '../domain/onboarding/transitions/move-place.ts';
import * as reviews from '../domain/onboarding/transitions/reviews.ts';
import type { ApprovalOf } from '../store/approvals.ts';
import { eachPage } from '../store/table.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { changeOnboarding } from './change.ts';
import { factsFor } from './decide-review.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';
import { chosenFor } from './move-place.ts';

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
      if (approval.kind === 'move') {
        const chosen = await chosenFor(dependencies, snapshot, approval.wave ?? '');
        const move = { ...chosen, reason: approval.reason ?? '' };
        return approveMove(snapshot, { approval, move }, { actor, reason }, at);
      }
      const facts = await factsFor(dependencies, snapshot, reviews.answerOf(approval));
      return reviews.approveReview(snapshot, approval, facts, { actor, reason }, at);
    });
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) throw new ApprovalNotFoundError({ cause: error });
    throw error;
  }
  return reference;
}

/** Requests read at once, and pages of them in one call: the rest is for the next one. */
const pageSize = 100;
const pagesAtMost = 10;

/** Records the requests that no one agreed to in time. */
export async function lapseApprovals({
  store,
  clock,
}: Pick<ApplicationDependencies, 'store' | 'clock'>): Promise<number> {
  let lapsed = 0;
  const upTo = clock.now().toISOString();
  const pages = eachPage((page) => store.approvals.waiting({ limit: pageSize, upTo, ...page }), {
    most: pagesAtMost,
  });
  for await (const { items } of pages) {
    await inBatches(items, changesAtOnce, async ({ state }: ApprovalOf) => {
      const recorded = await unlessUnreadable(() =>
        changeOnboarding(store, state.reference, (snapshot) => lapseApproval(snapshot, clock.now())),
      );
      if (recorded === true) lapsed += 1;
    });
  }
  return lapsed;
}
