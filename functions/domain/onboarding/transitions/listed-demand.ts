import { listedRank } from '../bookings.ts';
import type { Change } from '../change.ts';
import type { Effect } from '../effects.ts';
import type { Snapshot } from '../state.ts';

/** True for a write of what a demand on the calendar is computed from. */
function changesDemand(effect: Effect): boolean {
  switch (effect.kind) {
    case 'put_result':
      return effect.reminded !== true;
    case 'put_intake':
    case 'put_submission':
    case 'put_declarations':
      return true;
    default:
      return false;
  }
}

/**
 * The change with what it means for the waiting list: whatever act changes what a customer that stays on the list asks of
 * a wave, its entry no longer says what it asked before, and it is looked at again, for its rank and for a free place.
 */
export function withListedDemand({ state }: Snapshot, change: Change): Change {
  const rank = listedRank(state);
  const { effects = [], messages = [] } = change;
  const moves = effects.some(({ kind }) => kind === 'join_waiting_list' || kind === 'leave_waiting_list');
  const stays = change.to === undefined && !moves;
  if (rank === undefined || !stays || !effects.some(changesDemand)) return change;
  return {
    ...change,
    effects: [...effects, { kind: 'forget_listed_demand', rank }],
    messages: [...messages, { kind: 'offer_places' }],
  };
}
