import { type Change, stateAfter } from '../change.ts';
import { correctionUntil, mayStayOpen } from '../correction.ts';
import type { Snapshot } from '../state.ts';
import { bookingAfter } from './approval-lapse.ts';

/**
 * The change with what it does to a correction. One that is open ends with the onboarding, and where the questionnaire is
 * opened for another reason, which goes on with what was saved. With another date its limit is another one. Of one whose
 * time ran out nothing is told once answers are submitted.
 */
export function withCorrection(snapshot: Snapshot, change: Change, at: Date): Change {
  const { correction, state, booking } = snapshot;
  const { effects = [] } = change;
  if (correction === undefined) return change;
  if (effects.some(({ kind }) => kind === 'put_correction' || kind === 'remove_correction')) return change;
  const ends =
    correction.status === 'open'
      ? !mayStayOpen(stateAfter(state, change, at))
      : effects.some(({ kind }) => kind === 'put_submission');
  if (ends) return { ...change, effects: [...effects, { kind: 'remove_correction' }] };
  if (correction.status !== 'open') return change;
  const until = correctionUntil(correction.openedAt, bookingAfter(booking, effects));
  if (until === correction.until) return change;
  const put = { kind: 'put_correction', correction: { ...correction, until } } as const;
  return { ...change, effects: [...effects, put] };
}
