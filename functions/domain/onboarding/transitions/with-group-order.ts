import { type Change, stateAfter } from '../change.ts';
import { seeksDate } from '../seeks-date.ts';
import type { Snapshot } from '../state.ts';

/**
 * The change of an onboarding that looks for a date no more and has none, with the message that lets those go on who were
 * held back for it.
 */
export function withGroupOrder({ state }: Snapshot, change: Change, at: Date): Change {
  const { messages = [] } = change;
  if (!seeksDate(state) || messages.some(({ kind }) => kind === 'keep_group_order')) return change;
  const after = stateAfter(state, change, at);
  if (seeksDate(after) || after.cutover !== undefined) return change;
  return { ...change, messages: [...messages, { kind: 'keep_group_order' }] };
}
