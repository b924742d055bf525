import type { Answers } from '../../questionnaire/answers.ts';
import { questionnaireVersion } from '../../questionnaire/version.ts';
import { day } from '../../time.ts';
import { type Actor, system } from '../actor.ts';
import { isAskedAgain, nothingAsked } from '../asked-again.ts';
import type { Change } from '../change.ts';
import { openCorrection } from '../correction.ts';
import { renewalInterval } from '../durations.ts';
import type { DraftToSubmit, Effect } from '../effects.ts';
import type { Submission, SubmissionCircumstances } from '../records.ts';
import { isReminderTime, lastReminded, remindCustomer } from '../reminder-time.ts';
import type { OnboardingState, Snapshot, Wait } from '../state.ts';
import { decideWait, type WaitChange } from '../waits.ts';
import { endPauseInTime } from './talk-pause.ts';

const asked = { fr: 'Répondre au questionnaire', en: 'Answering the questionnaire' };

/** The personal link of an onboarding, by its generation. */
export interface PersonalLink {
  readonly token: string;
  readonly generation: number;
}

/** Generation of the link that an invitation carries: a customer who is asked again keeps the link it has. */
export function linkToInviteWith({ link }: OnboardingState): number {
  return Math.max(link, 1);
}

/** Sends the personal link; the wait for answers opens with it. */
export function inviteCustomer({ token, generation }: PersonalLink): WaitChange {
  return {
    to: 'INVITED',
    set: { link: generation, reviewKind: undefined },
    event: { type: 'INVITED', actor: system, data: { link: generation } },
    effects: [{ kind: 'put_link', token, generation }],
    messages: [
      { kind: 'mail', template: 'invitation', to: 'customer' },
      { kind: 'event', type: 'OnboardingInvited', data: {} },
    ],
  };
}

/**
 * The effect of each further renewal without a page saved: reminders after 14, 28 and 42 days, a last notice at 56, the
 * end at 70.
 */
const afterSilence = ['reminder', 'reminder', 'reminder', 'last_notice'] as const;

/**
 * The end of the wait by silence. A customer who has answered before, and is asked again, is not lost: an operator
 * decides without the new answers.
 */
function endBySilence(state: OnboardingState): WaitChange {
  if (!isAskedAgain(state)) {
    return { decision: 'UNANSWERED', event: { type: 'LEFT_UNANSWERED', actor: system } };
  }
  return {
    decision: 'ASK_OPERATOR',
    // A run that cannot take this outcome has a successor, which goes on at the review.
    set: { cause: 'QUESTIONS_UNANSWERED', reviewKind: 'readiness' },
    event: {
      type: 'QUESTIONS_LEFT_UNANSWERED',
      actor: system,
      data: { questions: [...(state.questionsAsked ?? [])] },
    },
  };
}

/**
 * Reminds a customer who has been silent for another interval, or ends the wait; undefined when nothing is due. Of
 * several reminders that are late, the last one stands for those before it. While the customer talks first nothing is due
 * but the end of its pause.
 */
export function remindToAnswer({ state }: Snapshot, wait: Wait, at: Date): WaitChange | undefined {
  if (state.talk !== undefined) return endPauseInTime(state.talk, wait, at);
  const { activeAt, reminders } = wait;
  const silentAt = (instant: Date) =>
    Math.floor((instant.getTime() - Date.parse(activeAt)) / renewalInterval('answers'));
  if (reminders >= afterSilence.length) {
    return silentAt(at) > afterSilence.length ? endBySilence(state) : undefined;
  }
  if (!isReminderTime(at)) return undefined;
  const due = Math.min(silentAt(lastReminded(at)), afterSilence.length);
  const template = afterSilence[due - 1];
  if (due <= reminders || template === undefined) return undefined;
  const last = template === 'last_notice';
  const { set, data, messages } = remindCustomer(state, { template }, at);
  // One that a fault of ours has delayed announces no end that is near or past: there are two weeks left from it.
  const notice = at.getTime() - afterSilence.length * renewalInterval('answers');
  const late = last && notice > Date.parse(activeAt) + day;
  return {
    reminders: due,
    ...(late ? { activeAt: new Date(notice).toISOString() } : {}),
    set,
    event: { type: last ? 'LAST_NOTICE_GIVEN' : 'REMINDED', actor: system, data },
    messages: [
      ...messages,
      ...(last ? [{ kind: 'mail', template: 'owner_stuck', to: 'owner' } as const] : []),
    ],
  };
}

/**
 * Checks that answers are expected now: they are awaited, or being corrected.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 */
export function expectAnswers(snapshot: Snapshot, at: Date): void {
  if (openCorrection(snapshot, at) !== undefined) return;
  decideWait(snapshot, ['answers', 'reassessment'], asked, 'ANSWERED', at);
}

/** The first saved page of an invited customer; undefined for every other one. */
export function saveFirstPage({ stage }: OnboardingState, actor: Actor): Change | undefined {
  if (stage !== 'INVITED') return undefined;
  return { to: 'ANSWERING', event: { type: 'FIRST_PAGE_SAVED', actor } };
}

/** Answers to be submitted. */
export interface Submitting {
  readonly answers: Answers;
  readonly circumstances: SubmissionCircumstances;
  /** What was saved when the answers were put together. */
  readonly draft: DraftToSubmit;
  /** The submission before: its record stays. */
  readonly former: Submission | undefined;
}

/** The submission, in the place of the one before, whose record stays. */
export function putSubmission(
  { answers, circumstances, draft, former }: Submitting,
  number: number,
  actor: Actor,
  at: Date,
): Effect {
  return {
    kind: 'put_submission',
    submission: { questionnaireVersion, answers, number, at: at.toISOString(), circumstances },
    draft,
    byMachine: actor.kind === 'machine',
    former,
  };
}

/**
 * Submits complete answers: the first time, or again while the customer prepares.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError: a second submission of the same round.
 */
export function submitAnswers(snapshot: Snapshot, submitting: Submitting, actor: Actor, at: Date): Change {
  const number = snapshot.state.submission + 1;
  const { letter } = submitting.circumstances;
  return {
    to: 'SUBMITTED',
    // New answers are assessed: no date is sought for the former ones any more.
    set: { submission: number, cutoverResult: undefined, attestationAsked: undefined, ...nothingAsked },
    wait: decideWait(snapshot, ['answers', 'reassessment'], asked, 'ANSWERED', at),
    event: {
      type: 'ANSWERS_SUBMITTED',
      actor,
      data: {
        submission: number,
        questionnaireVersion,
        ...(letter === undefined ? {} : { letterOf: letter.interview }),
      },
    },
    messages: [
      { kind: 'mail', template: 'answers_received', to: 'customer' },
      { kind: 'mail', template: 'owner_answered', to: 'owner' },
      { kind: 'event', type: 'OnboardingAnswered', data: { submission: number } },
      { kind: 'wake' },
    ],
    effects: [putSubmission(submitting, number, actor, at)],
  };
}

/**
 * The customer declines to continue.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 */
export function declineInvitation(snapshot: Snapshot, reason: string, actor: Actor, at: Date): Change {
  const declining = { fr: 'Refuser l’invitation', en: 'Declining the invitation' };
  return {
    wait: decideWait(snapshot, ['answers'], declining, 'DECLINED', at),
    set: { cause: 'DECLINED_INVITATION' },
    event: { type: 'INVITATION_DECLINED', actor, reason },
    messages: [{ kind: 'wake' }],
  };
}
