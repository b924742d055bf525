import { BusinessError, InvalidInputError, NotExpectedNowError } from '../../errors.ts';
import { fieldProblem } from '../../input/problem-texts.ts';
import type { Text } from '../../text.ts';
import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import { talking } from '../durations.ts';
import { lifecycle } from '../lifecycle.ts';
import type { Acting } from '../people.ts';
import type { Snapshot } from '../state.ts';
import { newTalk, noTalkBecause, pausedWait } from '../talk.ts';
import { decideWait } from '../waits.ts';
import { declineInvitation } from './answers.ts';
import { ended, endPause, openWait, turnBack } from './talk-pause.ts';

const asked: Text = { fr: 'En parler d’abord', en: 'Talking first' };

/** A customer that talks first has asked again, to talk about something else. */
export class AlreadyTalkingError extends BusinessError {
  readonly code = 'already_talking';

  constructor() {
    super({
      fr: 'Vous avez déjà demandé à en parler : votre interlocuteur prend contact avec vous. Dites-lui alors ce que vous venez d’écrire, ou écrivez-lui ; ce texte n’a pas été enregistré.',
      en: 'You have already asked to talk: your contact will get in touch with you. Tell them then what you have just written, or write to them; this text was not saved.',
    });
  }
}

/** The time to answer was paused as often as it may be. */
export class TalksUsedUpError extends BusinessError {
  readonly code = 'talks_used_up';

  constructor() {
    super({
      fr: `Le délai pour répondre a déjà été mis en pause ${talking.most} fois ; c’est le maximum. Vous pouvez toujours écrire à votre interlocuteur, mais le délai court.`,
      en: `The time to answer has already been paused ${talking.most} times, which is the maximum. You can still write to your contact, but the time to answer keeps running.`,
    });
  }
}

/** What a customer wants to talk about, if it says, and what it has said before. */
export interface Matter {
  readonly matter?: string | undefined;
  readonly former?: string | undefined;
}

/**
 * The customer wants to talk before it answers, or before it goes on: it is the turn of sales, and its time to answer is
 * paused. Undefined when that was asked before. What it says has an item of its own, which neither the history nor a mail
 * repeats.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 * @throws AlreadyTalkingError when it has asked before, about something else.
 * @throws TalksUsedUpError when it has asked as often as it may.
 */
export function askToTalk(
  snapshot: Snapshot,
  { matter, former }: Matter,
  { actor, by }: { readonly actor: Actor; readonly by: Acting },
  at: Date,
): Change | undefined {
  const { state } = snapshot;
  decideWait(snapshot, ['answers'], asked, 'ANSWERED', at);
  const refusal = noTalkBecause(snapshot);
  if (refusal === 'not_now') throw new NotExpectedNowError(asked, lifecycle[state.stage].label);
  if (refusal === 'too_often') throw new TalksUsedUpError();
  if (refusal === 'talking') {
    if (matter !== undefined && matter !== former) throw new AlreadyTalkingError();
    return undefined;
  }
  const talk = newTalk(at);
  const wait = openWait(snapshot);
  return {
    set: { talk, talks: (state.talks ?? 0) + 1 },
    ...(wait === undefined ? {} : { wait: pausedWait(wait, talk, at) }),
    event: { type: 'TALK_ASKED', actor, data: { pausedUntil: talk.until } },
    messages: [
      { kind: 'mail', template: 'owner_talk_asked', to: 'owner' },
      // The contact is told what a deputy has asked for in its place.
      ...(by.role === 'deputy' ? ([{ kind: 'mail', template: 'talk_asked', to: 'customer' }] as const) : []),
    ],
    effects: matter === undefined ? [] : [{ kind: 'put_matter', matter }],
  };
}

/** How a talk went, as sales record it. */
export const talkOutcomes = ['goes_on', 'needs_more_time', 'stops'] as const;

export interface TalkHeld {
  readonly outcome: (typeof talkOutcomes)[number];
  /** Why the customer stops; only then. */
  readonly reason?: string | undefined;
}

/**
 * Sales have talked with the customer. It goes on: its time to answer runs again. It needs more time: the pause goes on to
 * its end. It stops: the invitation is declined. Undefined when the same was recorded before.
 *
 * @throws OnboardingClosedError, NotExpectedNowError when it has not asked to talk, AlreadyDecidedError
 * @throws InvalidInputError without a reason to stop.
 */
export function recordTalk(
  snapshot: Snapshot,
  { outcome, reason }: TalkHeld,
  actor: Actor,
  at: Date,
): Change | undefined {
  const { state } = snapshot;
  const { talk } = state;
  const recording: Text = { fr: 'Enregistrer l’échange', en: 'Recording the talk' };
  decideWait(snapshot, ['answers'], recording, 'ANSWERED', at);
  if (talk === undefined) throw new NotExpectedNowError(recording, lifecycle[state.stage].label);
  if (outcome === 'stops') {
    if (reason === undefined) {
      throw new InvalidInputError([fieldProblem('reason', { fr: 'Motif', en: 'Reason' }, 'missing')]);
    }
    return declineInvitation(snapshot, reason, actor, at);
  }
  if (outcome === 'goes_on') {
    return { ...endPause(snapshot, talk, ended(talk, 'talked', actor, at), at), messages: turnBack };
  }
  if (talk.heldAt !== undefined) return undefined;
  return { set: { talk: { ...talk, heldAt: at.toISOString() } }, event: { type: 'TALK_HELD', actor } };
}
