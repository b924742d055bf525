import { calendarDateOf, instantAt } from '../../calendar-date.ts';
import { goNoGoDay, type Wave } from '../../waves/wave.ts';
import { system } from '../actor.ts';
import type { Change } from '../change.ts';
import { goNoGoHours } from '../deadline.ts';
import type { OnboardingState, Snapshot } from '../state.ts';

/** Opens the go/no-go of a customer confirmed in a wave; undefined if it is not due. */
export function openGoNoGo({ state, booking }: Snapshot, wave: Pick<Wave, 'id'>): Change | undefined {
  if (state.stage !== 'WAVE_CONFIRMED' || booking?.wave !== wave.id) return undefined;
  return {
    to: 'GO_NO_GO',
    event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: wave.id } },
    messages: [{ kind: 'mail', template: 'review_requested', to: 'operators' }],
  };
}

/**
 * Reminds operators of a go/no-go on its day, and later people on call: each once for a cutover. Undefined when nothing is
 * due.
 */
export function remindOfGoNoGo(
  { stage, wave, cutover, goNoGoReminded }: OnboardingState,
  at: Date,
): Change | undefined {
  if (stage !== 'GO_NO_GO' || wave === undefined || cutover === undefined) return undefined;
  const day = goNoGoDay(cutover);
  if (calendarDateOf(at) !== day) return undefined;
  const reminded = goNoGoReminded?.cutover === cutover ? goNoGoReminded.of : undefined;
  const isAfter = (hour: string) => at >= instantAt(day, hour);
  const to = isAfter(goNoGoHours.alarm) ? 'on_call' : 'operators';
  if (!isAfter(goNoGoHours.reminder) || reminded === to || reminded === 'on_call') return undefined;
  return {
    set: { goNoGoReminded: { cutover, of: to } },
    event: { type: 'GO_NO_GO_RECALLED', actor: system, data: { wave, to } },
    messages: [{ kind: 'mail', template: 'review_go_no_go_due', to }],
  };
}
