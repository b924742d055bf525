import { calendarDateOf } from '../calendar-date.ts';
import { AlreadyDecidedError, NotExpectedNowError, OnboardingClosedError } from '../errors.ts';
import type { Text } from '../text.ts';
import { day } from '../time.ts';
import { workingDaysBetween } from '../working-days.ts';
import type { Change } from './change.ts';
import { outcomeFor, stepOf } from './definitions.ts';
import { renewalInterval, reviewReminderAfter, runLimits } from './durations.ts';
import { lifecycle, type WaitKind } from './lifecycle.ts';
import { isReminderTime, nextReminderJob } from './reminder-time.ts';
import type { OnboardingState, Snapshot, Talk, Wait } from './state.ts';

/** The name of the wait that belongs to the stage an onboarding is in now. */
export function waitIdOf(kind: WaitKind, state: Pick<OnboardingState, 'episode'>): string {
  return `${kind}@${state.episode}`;
}

/** True when the wait of the present stage was decided; the workflow may not have gone on yet. */
export function isDecided(state: Pick<OnboardingState, 'episode'>, wait: Wait | undefined): boolean {
  return wait?.decision !== undefined && wait.id === waitIdOf(wait.kind, state);
}

/** True for an open wait that the workflow should have renewed or ended by now; that of a failed run is no longer its own. */
export function isPastWait({ state, wait }: Pick<Snapshot, 'state' | 'wait'>, at: Date): boolean {
  if (wait === undefined || wait.decision !== undefined || state.run.status === 'failed') return false;
  return lifecycle[state.stage].wait === wait.kind && Date.parse(wait.until) <= at.getTime();
}

/** @throws OnboardingClosedError */
export function refuseClosed({ stage }: Pick<OnboardingState, 'stage'>): void {
  if (stage === 'CLOSED') throw new OnboardingClosedError();
}

/** A wait that has just begun. */
export function newWait(kind: WaitKind, id: string, at: Date): Wait {
  const instant = at.toISOString();
  return { id, kind, openedAt: instant, activeAt: instant, until: instant, reminders: 0 };
}

/**
 * The open wait with a decision. The wait task may not have run yet: then the decision comes first, and the task finds
 * it here.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 */
export function decideWait(
  { state, wait }: Snapshot,
  kinds: readonly WaitKind[],
  asked: Text,
  decision: string,
  at: Date,
): Wait {
  refuseClosed(state);
  const { label, wait: kind } = lifecycle[state.stage];
  if (kind === undefined || !kinds.includes(kind)) throw new NotExpectedNowError(asked, label);
  const id = waitIdOf(kind, state);
  if (wait?.id !== id) return { ...newWait(kind, id, at), decision, ...pendingCompletionOf(wait) };
  if (wait.decision !== undefined) throw new AlreadyDecidedError();
  return { ...wait, decision };
}

/** The completion of a decided wait whose token may not have been completed yet: the next wait keeps it. */
function pendingCompletionOf(wait: Wait | undefined): Pick<Wait, 'pendingCompletion'> {
  if (wait?.decision === undefined) return {};
  const { kind, decision, token } = wait;
  return { pendingCompletion: { kind, decision, ...(token === undefined ? {} : { token }) } };
}

/** True while the run has not caught up with the two decisions before: a third would forget the token of the first. */
export function isRunBehind({ state, wait }: Snapshot): boolean {
  if (wait?.decision === undefined || isDecided(state, wait)) return false;
  return wait.token === undefined && wait.pendingCompletion?.token !== undefined;
}

/** The answer to the run of an onboarding when a wait of this kind was decided. */
function outcomeOf({ run, reviewKind }: OnboardingState, kind: WaitKind, decision: string): string {
  return outcomeFor(run, stepOf(kind, reviewKind), decision);
}

export interface Completion {
  readonly kind: WaitKind;
  readonly token: string;
  readonly decision: string;
}

/**
 * The tokens to complete now, with their outcomes: of a decided wait, and of the wait before it if that is pending. A
 * run whose definition does not know a decision gets the outcome TOO_OLD.
 */
export function pendingCompletions({ state, wait }: Snapshot): readonly Completion[] {
  if (wait === undefined) return [];
  const { pendingCompletion, kind, token, otherToken, decision } = wait;
  const decided = [
    ...(pendingCompletion === undefined ? [] : [pendingCompletion]),
    { kind, token: otherToken, decision },
    { kind, token, decision },
  ];
  return decided.flatMap((each) =>
    each.token === undefined || each.decision === undefined
      ? []
      : [{ kind: each.kind, token: each.token, decision: outcomeOf(state, each.kind, each.decision) }],
  );
}

/**
 * The wait after an accepted page: reminders count from it. Only the wait for answers has a heartbeat and is renewed a
 * whole interval from now; every other wait keeps its date of renewal. Undefined for a further page of the same day:
 * everything is promised by the day, and the day is known.
 */
export function withSignOfLife(wait: Wait, at: Date, talk?: Talk): Wait | undefined {
  if (calendarDateOf(at) <= calendarDateOf(new Date(wait.activeAt))) return undefined;
  const alive = { ...wait, activeAt: at.toISOString(), reminders: 0 };
  return wait.kind === 'answers' ? { ...alive, until: renewedUntil(alive, at, talk) } : alive;
}

/** The outcome of a task that has nothing left to do for a run; undefined if it has work to do. */
export function exitOutcome(state: OnboardingState, run: number): 'WITHDRAWN' | 'SUPERSEDED' | undefined {
  // The runs of its parts go on with a split onboarding.
  if (state.run.number !== run || state.stage === 'IN_PARTS') return 'SUPERSEDED';
  return state.stage === 'CLOSED' ? 'WITHDRAWN' : undefined;
}

function isTooOld({ run, version }: OnboardingState, at: Date): boolean {
  const age = at.getTime() - Date.parse(run.startedAt);
  return age > runLimits.days * day || version - run.startedAtVersion > runLimits.changes;
}

/**
 * True for a wait whose decision may itself lead to the next stage, where its task can find it. The decision of a
 * review never does: a decided review found outside of IN_REVIEW is an earlier one.
 */
function mayLeadOn(kind: WaitKind): boolean {
  return kind !== 'review';
}

/** The outcome with which a wait of a run ends at once; undefined if it has to wait. */
export function immediateOutcome(
  { state, wait }: Snapshot,
  run: number,
  kind: WaitKind,
  at: Date,
): string | undefined {
  const exit = exitOutcome(state, run);
  if (exit !== undefined) return exit;
  const here = lifecycle[state.stage].wait === kind;
  const mine = wait?.kind === kind && (here ? wait.id === waitIdOf(kind, state) : mayLeadOn(kind));
  if (mine && wait.decision !== undefined) return outcomeOf(state, kind, wait.decision);
  // The next wait was decided before the workflow left this one.
  if (!here && wait?.pendingCompletion?.kind === kind) {
    return outcomeOf(state, kind, wait.pendingCompletion.decision);
  }
  return isTooOld(state, at) ? 'TOO_OLD' : undefined;
}

/** A change that opens or renews a wait; the wait itself is filled in by `withWait`. */
export type WaitChange = Omit<Change, 'wait'> & {
  /** The outcome by time-out. */
  readonly decision?: string;
  /** How many reminders are given with it. */
  readonly reminders?: number;
  /** From when silence counts, if it is to count anew. */
  readonly activeAt?: string;
};

/** A wait task's call: which wait, by which token. */
interface WaitCall {
  readonly kind: WaitKind;
  readonly token: string;
}

/** The change with its wait: opened by it, or renewed. */
export function withWait(
  { state }: Snapshot,
  { decision, reminders, activeAt, ...change }: WaitChange,
  { kind, token }: WaitCall,
  open: Wait | undefined,
  at: Date,
): Change {
  const before = open ?? newWait(kind, waitIdOf(kind, { episode: state.version + 1 }), at);
  const { otherToken: _other, pendingCompletion: _pending, decision: _decided, ...same } = before;
  const reminds = reminders !== undefined && reminders > before.reminders;
  const wait = {
    ...same,
    kind,
    reminders: reminders ?? before.reminders,
    activeAt: activeAt ?? before.activeAt,
    ...(reminds ? { remindedAt: at.toISOString() } : {}),
  };
  return {
    ...change,
    wait: {
      ...wait,
      until: renewedUntil(wait, at),
      token,
      ...(decision === undefined ? {} : { decision }),
    },
  };
}

/**
 * The instant at which a wait is renewed: when the workflow calls its task again, which runs from the last call or
 * heartbeat. If a heartbeat was lost that is too late for the next reminder, which counts from the last saved page: then
 * it is the date of the reminder, and the sweeper keeps it. A reminder that is due outside of its hours is given by the
 * next job within them. While a customer talks first nothing is due but the end of its pause.
 */
export function renewedUntil(
  { kind, openedAt, activeAt, reminders }: Pick<Wait, 'kind' | 'openedAt' | 'activeAt' | 'reminders'>,
  at: Date,
  talk?: Talk,
): string {
  const interval = renewalInterval(kind);
  const called = at.getTime() + interval;
  if (talk !== undefined) return new Date(Math.min(called, Date.parse(talk.until))).toISOString();
  if (kind === 'review') {
    const days = workingDaysBetween(calendarDateOf(new Date(openedAt)), calendarDateOf(at));
    const due = days >= reviewReminderAfter(reminders) && !isReminderTime(at);
    return new Date(due ? Math.min(called, nextReminderJob(at).getTime()) : called).toISOString();
  }
  if (kind !== 'answers' && kind !== 'reassessment') return new Date(called).toISOString();
  const due = Date.parse(activeAt) + (reminders + 1) * interval;
  if (due <= at.getTime()) return nextReminderJob(at).toISOString();
  return new Date(kind === 'answers' ? Math.min(called, due) : called).toISOString();
}

/** The wait renewed with another token; the one it had is kept beside it until its own renewal is due. */
export function renewed({ otherToken: _, ...wait }: Wait, token: string, at: Date, talk?: Talk): Wait {
  const overlaps = wait.token !== undefined && Date.parse(wait.until) > at.getTime();
  return {
    ...wait,
    ...(overlaps ? { otherToken: wait.token } : {}),
    token,
    until: renewedUntil(wait, at, talk),
  };
}
