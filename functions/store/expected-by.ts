import { deadlineOf } from '../domain/onboarding/deadline.ts';
import { lifecycle } from '../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { waitIdOf } from '../domain/onboarding/waits.ts';

/**
 * By when whoever has the ball must have acted (an instant, ISO 8601); undefined when nothing runs out, or it was
 * decided. A wait turns more often than that, to remind people.
 */
export function expectedBy({ state, wait, booking }: Snapshot): string | undefined {
  const stage = state.stage;
  const kind = lifecycle[stage].wait;
  if (kind === undefined) return undefined;
  const own = wait?.id === waitIdOf(kind, state) ? wait : undefined;
  if (own?.decision !== undefined) return undefined;
  const kept = booking?.status === 'HELD' || booking?.status === 'OFFERED';
  return deadlineOf({
    stage,
    openedAt: own?.openedAt ?? state.stageSince,
    activeAt: own?.activeAt ?? state.stageSince,
    cutover: booking?.cutover,
    holdUntil: kept ? booking.holdUntil : undefined,
  });
}
