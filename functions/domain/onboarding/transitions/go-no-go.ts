import { calendarDateOf, instantAt } from '../../calendar-date.ts';
import { goNoGoDay, type Wave } from '../../waves/wave.ts';
import { system } from '../actor.ts';
import { cancelled, dateGone, leaveWave } from '../bookings.ts';
import type { Change } from '../change.ts';
import { owedForDate } from '../changes-of-date.ts';
import { goNoGoHours } from '../deadline.ts';
import type { Booking, OnboardingState, Snapshot } from '../state.ts';
import { isDecided } from '../waits.ts';
import { recordedGo } from './go-in-advance.ts';

/**
 * Opens the go/no-go of a customer confirmed in a wave; undefined if it is not due. No one is asked for what was recorded
 * in advance.
 */
export function openGoNoGo(snapshot: Snapshot, wave: Pick<Wave, 'id'>): Change | undefined {
  const { state, booking } = snapshot;
  if (state.stage !== 'WAVE_CONFIRMED' || booking?.wave !== wave.id) return undefined;
  return {
    to: 'GO_NO_GO',
    event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: wave.id } },
    messages:
      recordedGo(snapshot) === undefined
        ? [{ kind: 'mail', template: 'review_requested', to: 'operators' }]
        : [],
  };
}

/** What keeps a gate from opening for a customer with a place: a review that is not decided, or answers asked for again. */
type InTheWay = 'REVIEW_OPEN' | 'ANSWERS_AWAITED';

function inTheWay({ stage }: OnboardingState): InTheWay | undefined {
  if (stage === 'IN_REVIEW') return 'REVIEW_OPEN';
  return stage === 'INVITED' || stage === 'ANSWERING' ? 'ANSWERS_AWAITED' : undefined;
}

/** True for a customer that leaves the wave already: it was cancelled, or its cutover was undone or put off. */
function isLeaving({ avoid = [] }: OnboardingState, { wave, status }: Booking): boolean {
  return status === 'TO_MOVE' && avoid.includes(wave);
}

/** True for a customer whose go/no-go cannot open, although it has a place. */
export function missesGate(state: OnboardingState): boolean {
  return inTheWay(state) !== undefined;
}

/**
 * Reminds operators on the day of a go/no-go, and later people on call: of the decision to take, or of the review in its
 * way; each once for a cutover. Undefined when nothing is due.
 */
export function remindOfGoNoGo(state: OnboardingState, at: Date): Change | undefined {
  const { stage, wave, cutover, goNoGoReminded } = state;
  if (wave === undefined || cutover === undefined) return undefined;
  if (state.avoid?.includes(wave) === true) return undefined;
  const blocked = inTheWay(state) === 'REVIEW_OPEN';
  if (stage !== 'GO_NO_GO' && !blocked) return undefined;
  const day = goNoGoDay(cutover);
  if (calendarDateOf(at) !== day) return undefined;
  const reminded = goNoGoReminded?.cutover === cutover ? goNoGoReminded.of : undefined;
  const isAfter = (hour: string) => at >= instantAt(day, hour);
  const to = isAfter(goNoGoHours.alarm) ? 'on_call' : 'operators';
  if (!isAfter(goNoGoHours.reminder) || reminded === to || reminded === 'on_call') return undefined;
  return {
    set: { goNoGoReminded: { cutover, of: to } },
    event: { type: 'GO_NO_GO_RECALLED', actor: system, data: { wave, to } },
    messages: [{ kind: 'mail', template: blocked ? 'review_blocks_go' : 'review_go_no_go_due', to }],
  };
}

/**
 * The end of a gate that could not open: the cutover does not take place, the place is given back, and the customer reads
 * why. What is in the way stays as it is, and leads to another date. Undefined where nothing is in the way.
 */
export function missGate(snapshot: Snapshot, wave: Pick<Wave, 'id'>): Change | undefined {
  const { state, wait, booking } = snapshot;
  const by = inTheWay(state);
  if (by === undefined || booking?.wave !== wave.id || isDecided(state, wait)) return undefined;
  if (isLeaving(state, booking)) return undefined;
  const { site, cutover } = booking;
  // A review is ours to decide; answers are not.
  const ours = by === 'REVIEW_OPEN';
  return {
    set: {
      ...{ wave: undefined, cutover: undefined, missedGate: cutover },
      ...owedForDate(state),
      avoid: [...(state.avoid ?? []), booking.wave],
    },
    event: {
      type: 'GO_NO_GO_DECIDED',
      actor: system,
      reason: by,
      data: { review: 'go_no_go', decision: 'no_go', ...(ours ? { defect: by } : {}) },
    },
    effects: leaveWave(snapshot),
    messages: [
      { kind: 'mail', template: 'owner_stuck', to: 'owner' },
      {
        kind: 'mail',
        template: 'go_no_go',
        to: 'customer',
        lost: { site, cutover, by: ours ? 'review_open' : 'answers_awaited' },
        ...cancelled(booking),
      },
      ...(ours
        ? [{ kind: 'event', type: 'OnboardingNoGoBySilence', data: { wave: wave.id, cutover } } as const]
        : []),
      ...dateGone,
    ],
  };
}
