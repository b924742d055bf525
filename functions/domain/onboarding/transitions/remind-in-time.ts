import type { Change } from '../change.ts';
import { lifecycle, type WaitKind } from '../lifecycle.ts';
import type { Snapshot, Wait } from '../state.ts';
import { type WaitChange, waitIdOf, withWait } from '../waits.ts';
import { remindToAnswer } from './answers.ts';
import { remindToReassess } from './preparation.ts';
import { remindOfReview } from './review-requests.ts';

function dueOn(snapshot: Snapshot, wait: Wait, kind: WaitKind, at: Date): WaitChange | undefined {
  const { reviewKind } = snapshot.state;
  switch (kind) {
    case 'answers':
      return remindToAnswer(snapshot, wait, at);
    case 'reassessment':
      return remindToReassess(snapshot, wait, at);
    case 'review':
      return reviewKind === undefined ? undefined : remindOfReview(reviewKind, wait, at);
    default:
      return undefined;
  }
}

/**
 * The reminder of an open wait, or its end, that the workflow's timer would give too late: it runs out outside of the
 * hours of reminders, or a heartbeat was lost. Undefined when nothing is due.
 */
export function remindInTime(snapshot: Snapshot, at: Date): Change | undefined {
  const { state, wait } = snapshot;
  const { wait: kind } = lifecycle[state.stage];
  if (kind === undefined || wait?.id !== waitIdOf(kind, state)) return undefined;
  if (wait.token === undefined || wait.decision !== undefined) return undefined;
  const change = dueOn(snapshot, wait, kind, at);
  if (change === undefined) return undefined;
  const given = withWait(snapshot, change, { kind, token: wait.token }, wait, at);
  const wake = change.decision === undefined ? [] : [{ kind: 'wake' } as const];
  return { ...given, messages: [...(given.messages ?? []), ...wake] };
}
