import { lifecycle, type ReviewKind } from './lifecycle.ts';
import type { Snapshot } from './state.ts';
import { isOpenInAdvance } from './transitions/go-in-advance.ts';
import { openReview } from './transitions/reviews.ts';
import { waitIdOf } from './waits.ts';

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
