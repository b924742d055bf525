import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import type { DomainEvent, TalkEnd } from '../events.ts';
import type { Snapshot, Talk, Wait } from '../state.ts';
import { activeAfter, pausedDays, resumedWait } from '../talk.ts';
import { type WaitChange, waitIdOf } from '../waits.ts';

/** The open wait for answers, if its task has run. */
export function openWait({ state, wait }: Snapshot): Wait | undefined {
  return wait?.id === waitIdOf('answers', state) && wait.decision === undefined ? wait : undefined;
}

/** What is left of a talk once it is over: nothing. */
const over = { set: { talk: undefined }, effects: [{ kind: 'remove_matter' }] } as const;

export function ended(talk: Talk, end: TalkEnd, actor: Actor, at: Date): DomainEvent {
  return { type: 'TALK_ENDED', actor, data: { end, days: pausedDays(talk, at) } };
}

/** The customer is told that it is its turn again. */
export const turnBack = [{ kind: 'mail', template: 'talk_ended', to: 'customer' }] as const;

/** The end of a pause by its time: a change of the wait's own. Undefined before. */
export function endPauseInTime(talk: Talk, { activeAt }: Wait, at: Date): WaitChange | undefined {
  if (at.getTime() < Date.parse(talk.until)) return undefined;
  return {
    ...over,
    activeAt: activeAfter(activeAt, talk, at),
    event: ended(talk, 'time', system, at),
    messages: turnBack,
  };
}

/** The end of a pause and what goes with it; a wait that has not begun has nothing to be moved. */
export function endPause(snapshot: Snapshot, talk: Talk, event: DomainEvent, at: Date): Change {
  const wait = openWait(snapshot);
  return { ...over, event, ...(wait === undefined ? {} : { wait: resumedWait(wait, talk, at) }) };
}

/** A saved page ends the pause, whoever has saved it; undefined when there is none. */
export function answerInstead(snapshot: Snapshot, actor: Actor, at: Date): Change | undefined {
  const { talk } = snapshot.state;
  return talk === undefined ? undefined : endPause(snapshot, talk, ended(talk, 'answered', actor, at), at);
}

/** True for a change after which no one waits for a talk: another stage, a decision, or another contact. */
function overtakes({ to, wait, event }: Change): boolean {
  return to !== undefined || wait?.decision !== undefined || event.type === 'CONTACT_CHANGED';
}

/** The change with the end of the pause that it overtakes: whatever act comes, no onboarding stays paused after it. */
export function withTalkEnd(snapshot: Snapshot, change: Change, at: Date): Change {
  const { talk } = snapshot.state;
  if (talk === undefined || Object.hasOwn(change.set ?? {}, 'talk') || !overtakes(change)) return change;
  const end = isAnswer(change.event) ? 'answered' : 'other_act';
  const { set, effects, event, wait } = endPause(
    snapshot,
    talk,
    ended(talk, end, change.event.actor, at),
    at,
  );
  return {
    ...(wait === undefined ? {} : { wait }),
    precededBy: event,
    ...change,
    set: { ...change.set, ...set },
    effects: [...(change.effects ?? []), ...(effects ?? [])],
  };
}

function isAnswer({ type }: DomainEvent): boolean {
  return type === 'FIRST_PAGE_SAVED' || type === 'ANSWERS_SUBMITTED';
}
