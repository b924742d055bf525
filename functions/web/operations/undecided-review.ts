import { lifecycle, type ReviewKind } from '../../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { isOpenInAdvance } from '../../domain/onboarding/transitions/go-in-advance.ts';
import { openReview } from '../../domain/onboarding/transitions/reviews.ts';
import { waitIdOf } from '../../domain/onboarding/waits.ts';

/**
 * The open review, or the go/no-go that may be decided before it opens; undefined once it is decided, even before the
 * workflow has continued.
 */
export function undecidedReview(now: Snapshot, at: Date): ReviewKind | undefined {
  const { state, wait } = now;
  if (isOpenInAdvance(now, at)) return 'go_no_go';
  if (state.stage === 'CLOSED') return undefined;
  const kind = lifecycle[state.stage].wait;
  const decided = kind !== undefined && wait?.id === waitIdOf(kind, state) && wait.decision !== undefined;
  return decided ? undefined : openReview(now);
}
