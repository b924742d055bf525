import { deadlineOf } from './deadline.ts';
import { lifecycle } from './lifecycle.ts';
import type { Snapshot } from './state.ts';
import { talkDueBy } from './talk.ts';
import { isDecided, waitIdOf } from './waits.ts';

/**
 * The instant (ISO 8601) by which the party that must act has to do so; undefined if there is no limit, or the wait was
 * decided. A wait is renewed more often than that, to remind people.
 */
export function expectedBy({ state, wait, booking }: Snapshot): string | undefined {
  const { stage, stageSince } = state;
  const kind = lifecycle[stage].wait;
  if (kind === undefined || isDecided(state, wait)) return undefined;
  if (state.talk !== undefined) return talkDueBy(state.talk);
  const own = wait?.id === waitIdOf(kind, state) ? wait : undefined;
  // A place that is kept meanwhile has a limit of its own: it is not that of the answers.
  const kept = kind !== 'answers' && (booking?.status === 'HELD' || booking?.status === 'OFFERED');
  return deadlineOf({
    stage,
    openedAt: own?.openedAt ?? stageSince,
    activeAt: own?.activeAt ?? stageSince,
    // A place that is given up anyway has no gate.
    cutover: booking?.status === 'TO_MOVE' ? undefined : booking?.cutover,
    holdUntil: kept ? booking.holdUntil : undefined,
  });
}
