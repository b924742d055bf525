import { AlreadyDecidedError } from '../../errors.ts';
import type { QuestionId } from '../../questionnaire/answers.ts';
import type { SectionId } from '../../questionnaire/question.ts';
import { questionnaireVersion } from '../../questionnaire/version.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { type Actor, system } from '../actor.ts';
import { nothingAsked } from '../asked-again.ts';
import { leaveList, rebook } from '../bookings.ts';
import type { Change } from '../change.ts';
import { correctionDueAt, expectCorrection, limitFor, openCorrection } from '../correction.ts';
import type { DraftToSubmit, Effect } from '../effects.ts';
import type { ResultRecord } from '../records.ts';
import { isReminderTime, remindCustomer } from '../reminder-time.ts';
import type { Booking, Correction, OnboardingState, Snapshot } from '../state.ts';
import { isDecided } from '../waits.ts';
import { putSubmission, type Submitting } from './answers.ts';
import { newResult, saidOf } from './assessment.ts';
import { type Assessed, replaceResult } from './conditions.ts';
import { againstStaying, resized, type Standing } from './kept-place.ts';
import type { Placing } from './placement.ts';
import { successorAt } from './run.ts';
import { worsens } from './worse-result.ts';

/** How a correction is begun. */
export interface Opening {
  /** Sections in which those who were named for a part may answer again. */
  readonly sections: readonly SectionId[];
  readonly reason?: string | undefined;
}

/**
 * The customer begins to correct submitted answers: stage, result and place stay as they are. Undefined while a
 * correction is open already.
 *
 * @throws OnboardingClosedError, NotExpectedNowError
 * @throws DecisionRefusedError from a week before the cutover.
 */
export function beginCorrection(
  snapshot: Snapshot,
  { sections, reason }: Opening,
  actor: Actor,
  at: Date,
): Change | undefined {
  const { state } = snapshot;
  if (openCorrection(snapshot, at) !== undefined) return undefined;
  expectCorrection(state);
  const { submission } = state;
  const correction: Correction = {
    ...{ status: 'open', submission, sections },
    openedAt: at.toISOString(),
    until: limitFor(snapshot, at),
  };
  return {
    event: {
      type: 'CORRECTION_OPENED',
      actor,
      ...(reason === undefined ? {} : { reason }),
      data: { submission, until: correction.until, ...(sections.length === 0 ? {} : { sections }) },
    },
    effects: [{ kind: 'put_correction', correction }],
  };
}

/** What was saved of a correction that is given up. */
export interface Dropped {
  readonly draft: DraftToSubmit;
  readonly byMachine: boolean;
  readonly questions: readonly QuestionId[];
}

/** The customer gives its correction up: what was saved of it is dropped. Undefined when none is open. */
export function discardCorrection(snapshot: Snapshot, dropped: Dropped, actor: Actor): Change | undefined {
  const { correction } = snapshot;
  if (correction?.status !== 'open') return undefined;
  return {
    event: { type: 'CORRECTION_DISCARDED', actor, data: { submission: correction.submission } },
    effects: [{ kind: 'remove_correction' }, { kind: 'drop_draft', ...dropped }],
  };
}

/** True once the time of an open correction has run out. */
export function hasRunOut({ correction }: Snapshot, at: Date): boolean {
  return correction?.status === 'open' && correction.until <= at.toISOString();
}

/** The end of a correction that was not submitted in time; undefined while it may be. */
export function lapseCorrection(snapshot: Snapshot, dropped: Dropped, at: Date): Change | undefined {
  const { correction } = snapshot;
  if (correction === undefined || !hasRunOut(snapshot, at)) return undefined;
  return {
    event: { type: 'CORRECTION_LAPSED', actor: system, data: { submission: correction.submission } },
    effects: [
      { kind: 'put_correction', correction: { ...correction, status: 'lapsed' } },
      { kind: 'drop_draft', ...dropped },
    ],
  };
}

/** Reminds the customer of a correction that is about to end; undefined when that is not due, or was done. */
export function remindOfCorrection(snapshot: Snapshot, at: Date): Change | undefined {
  const correction = openCorrection(snapshot, at);
  if (correction === undefined || correction.reminded === true || !isReminderTime(at)) return undefined;
  const due = correctionDueAt(correction);
  if (due === undefined || due === correction.until || at.toISOString() < due) return undefined;
  const { set, data, messages } = remindCustomer(snapshot.state, { template: 'correction_reminder' }, at);
  return {
    set,
    event: { type: 'CORRECTION_REMINDED', actor: system, data },
    messages,
    effects: [{ kind: 'put_correction', correction: { ...correction, reminded: true } }],
  };
}

/** What corrected answers lead to, under the rules in force. */
export interface Corrected extends Submitting, Assessed {
  readonly result: ResultRecord | undefined;
  /** Size, dates and requirements as the corrected answers give them, and the calendar: what a place is judged by. */
  readonly placing: Placing;
  readonly standing: Standing;
}

/** The place that depends on the answers; one that is given up anyway does not. */
function placeOf({ booking }: Snapshot): Booking | undefined {
  return booking?.status === 'TO_MOVE' ? undefined : booking;
}

/** The onboarding with the corrected answers: what an operator has set or asked for was about those before. */
export function correctedState(state: OnboardingState): OnboardingState {
  return { ...state, submission: state.submission + 1 };
}

/** Parts that every submission of a correction has. */
function submitted(snapshot: Snapshot, submitting: Submitting, actor: Actor, at: Date) {
  const { submission: corrects } = snapshot.state;
  const number = corrects + 1;
  return {
    set: { submission: number, ...nothingAsked },
    data: { submission: number, corrects, questionnaireVersion },
    messages: [
      { kind: 'mail', template: 'correction_received', to: 'customer' },
      { kind: 'mail', template: 'owner_answered', to: 'owner' },
      { kind: 'event', type: 'OnboardingAnswered', data: { submission: number } },
    ],
    effects: [putSubmission(submitting, number, actor, at), { kind: 'remove_correction' }],
  } as const;
}

/** True where the workflow assesses corrected answers by itself: operators look at others, or no place depends on them. */
function isAssessedByRun({ state, booking }: Snapshot): boolean {
  return state.stage === 'IN_REVIEW' || (state.stage === 'WAITING_LIST' && booking === undefined);
}

/** The run before ends, and its successor assesses the answers; a place is kept meanwhile. */
function assessAnew(snapshot: Snapshot, at: Date) {
  const { state, wait } = snapshot;
  if (isDecided(state, wait)) throw new AlreadyDecidedError();
  const { run, start } = successorAt('ASSIGN_TIER', state, at);
  const waiting = wait !== undefined && wait.decision === undefined;
  return {
    to: 'SUBMITTED',
    run,
    set: { reviewKind: undefined, cause: undefined },
    ...(waiting ? { wait: { ...wait, decision: 'SUPERSEDED' } } : {}),
    messages: [...(waiting ? [{ kind: 'wake' } as const] : []), start],
    effects: leaveList(snapshot),
  } as const;
}

/** What the corrected answers do to the place; undefined when it can no longer be kept as it is. */
function placeWith(snapshot: Snapshot, { placing, standing }: Corrected): readonly Effect[] | undefined {
  const booking = placeOf(snapshot);
  if (booking === undefined) return [];
  if (againstStaying(booking, placing, standing) === 'unsuited') return undefined;
  const size = resized(booking, placing, standing.calendar);
  if (size === undefined || size.effects.length === 0) return size?.effects;
  return [rebook(booking, size.booking), ...size.effects];
}

function isWorse(snapshot: Snapshot, before: Assessment | undefined, after: Assessment): boolean {
  return before === undefined || worsens(snapshot, before, after, correctedState(snapshot.state));
}

/**
 * Submits corrected answers, which are assessed again. A result that is the same or better takes the place of the one
 * before, and a place stays; one that is worse, or that the place no longer suits, is reviewed first, and the place kept.
 *
 * @throws OnboardingClosedError, NotExpectedNowError
 * @throws AlreadyDecidedError, ConcurrentChangeError while a decision is being carried out.
 */
export function submitCorrection(snapshot: Snapshot, corrected: Corrected, actor: Actor, at: Date): Change {
  const { state } = snapshot;
  expectCorrection(state);
  const { assessment, answers, context, result: known } = corrected;
  const { data, ...parts } = submitted(snapshot, corrected, actor, at);
  const worse = isWorse(snapshot, known?.assessment, assessment);
  if (isAssessedByRun(snapshot) && (state.stage === 'IN_REVIEW' || !worse)) {
    const anew = assessAnew(snapshot, at);
    return {
      ...anew,
      event: { type: 'ANSWERS_CORRECTED', actor, data },
      set: { ...anew.set, ...parts.set },
      messages: [...parts.messages, ...anew.messages],
      effects: [...parts.effects, ...anew.effects],
    };
  }
  const after = correctedState(state);
  const place = placeWith(snapshot, corrected);
  const replaced = replaceResult(
    snapshot,
    {
      state: after,
      result: newResult(after, { assessment, assessedOn: context.asOf, known }),
      worse: worse || place === undefined,
      ...{ assessment, answers, context },
    },
    at,
  );
  const isReviewed = replaced.reviewed.review !== undefined;
  const gives = !isReviewed && place?.some(({ kind }) => kind === 'give_room_back') === true;
  return {
    ...replaced.parts,
    event: { type: 'ANSWERS_CORRECTED', actor, data: { ...data, ...replaced.tiers, ...replaced.reviewed } },
    set: { ...replaced.parts.set, ...parts.set },
    messages: [
      ...parts.messages,
      { kind: 'event', type: 'OnboardingTiered', data: saidOf(after, assessment) },
      ...(replaced.parts.messages ?? []),
      ...(gives ? [{ kind: 'offer_places' } as const] : []),
    ],
    effects: [...parts.effects, ...replaced.effects, ...(isReviewed ? [] : (place ?? []))],
  };
}
