import { addDays, calendarDateOf, instantAt } from '../calendar-date.ts';
import { DecisionRefusedError, NotExpectedNowError } from '../errors.ts';
import type { Text } from '../text.ts';
import { day } from '../time.ts';
import { goRecordableFrom } from '../waves/wave.ts';
import { endOfWork } from './deadline.ts';
import { correctionDays } from './durations.ts';
import { isInWorkflow, lifecycle, type Stage } from './lifecycle.ts';
import { type Acting, speaksForAll } from './people.ts';
import { reminderInstant } from './reminder-time.ts';
import type { Booking, Correction, OnboardingState, Snapshot } from './state.ts';
import { refuseClosed } from './waits.ts';

const correcting: Text = { fr: 'Corriger les réponses', en: 'Correcting the answers' };

/**
 * Until when a correction may be submitted: for 30 days, but not after the gate a week before the cutover that the
 * onboarding has.
 */
export function correctionUntil(openedAt: string, booking: Booking | undefined): string {
  const last = addDays(calendarDateOf(new Date(openedAt)), correctionDays.open);
  const gate =
    booking === undefined || booking.status === 'TO_MOVE' ? last : goRecordableFrom(booking.cutover);
  const [limit = last] = [gate, last].toSorted();
  return instantAt(limit, endOfWork).toISOString();
}

/** The correction that may still be submitted. Compared with the clock, never with the job that records its end. */
export function openCorrection(
  { correction }: Pick<Snapshot, 'correction'>,
  at: Date,
): Correction | undefined {
  return correction?.status === 'open' && at.toISOString() < correction.until ? correction : undefined;
}

/** The instant at which something falls due on a correction by itself: its reminder, then its end. */
export function correctionDueAt({ status, openedAt, until, reminded }: Correction): string | undefined {
  if (status !== 'open') return undefined;
  const reminder = reminderInstant(new Date(Date.parse(until) - correctionDays.reminder * day));
  // One that was opened shortly before its end needs no reminder.
  const isNeedless = calendarDateOf(reminder) <= calendarDateOf(new Date(openedAt));
  return reminded === true || isNeedless ? until : reminder.toISOString();
}

/** The stages in which the answers were assessed and nothing is asked of the customer about them. */
const correctable: readonly Stage[] = ['IN_REVIEW', 'WAITING_LIST', 'WAVE_HELD', 'WAVE_CONFIRMED'];

/**
 * Checks that submitted answers may be corrected where the onboarding is.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError before the first submission, while the questionnaire is open anyway, after the hand-over.
 */
export function expectCorrection(state: OnboardingState): void {
  refuseClosed(state);
  if (state.submission > 0 && correctable.includes(state.stage)) return;
  throw new NotExpectedNowError(correcting, lifecycle[state.stage].label);
}

/** The limit of a correction that would be opened now. @throws DecisionRefusedError when it is past. */
export function limitFor({ booking }: Pick<Snapshot, 'booking'>, at: Date): string {
  const until = correctionUntil(at.toISOString(), booking);
  if (at.toISOString() < until) return until;
  throw new DecisionRefusedError({
    fr: 'Votre bascule a lieu dans une semaine ou moins : les réponses ne se corrigent plus en ligne. Écrivez à votre interlocuteur.',
    en: 'Your cutover is a week away or less: answers can no longer be corrected online. Please write to your contact.',
  });
}

/** True while the customer may begin to correct its answers. */
export function mayCorrect(snapshot: Snapshot, at: Date): boolean {
  const { state, booking } = snapshot;
  const isExpected = isInWorkflow(state) && state.submission > 0 && correctable.includes(state.stage);
  if (!isExpected || openCorrection(snapshot, at) !== undefined) return false;
  return at.toISOString() < correctionUntil(at.toISOString(), booking);
}

/** True while a correction may stay open: the onboarding goes on, and the questionnaire is not open by itself. */
export function mayStayOpen(state: Pick<OnboardingState, 'stage'>): boolean {
  const { wait } = lifecycle[state.stage];
  return isInWorkflow(state) && wait !== 'answers' && wait !== 'reassessment';
}

/** The rights of someone while answers are corrected: whoever was named for a part answers in what was reopened only. */
export function actingIn(acting: Acting, { correction }: Pick<Snapshot, 'correction'>): Acting {
  if (correction?.status !== 'open' || speaksForAll(acting)) return acting;
  return { ...acting, reopened: correction.sections };
}
