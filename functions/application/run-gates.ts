import { addDays, type CalendarDate, calendarDateOf, instantAt } from '../domain/calendar-date.ts';
import { AlreadyDecidedError, NotExpectedNowError, OnboardingClosedError } from '../domain/errors.ts';
import { system } from '../domain/onboarding/actor.ts';
import { isThrough } from '../domain/onboarding/cutover.ts';
import { goNoGoHours } from '../domain/onboarding/deadline.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { openGoNoGo } from '../domain/onboarding/transitions/moves.ts';
import { isDecided } from '../domain/onboarding/waits.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import { hypercareDays, type Wave } from '../domain/waves/wave.ts';
import { eachItem, type Page, type PageStart } from '../store/table.ts';
import type { StoredWave } from '../store/waves.ts';
import { lapseApprovals } from './answer-approval.ts';
import { finishCancelled } from './change-wave.ts';
import { decideReview } from './decide-review.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches, placementsAtOnce } from './in-batches.ts';
import { lookAfterConditions } from './look-after-conditions.ts';
import { endHypercare } from './record-cutover.ts';

/** Onboardings of a list read at once. */
const pageSize = 100;

/** Comes after every day that something falls due on. */
const never: CalendarDate = '9999-12-31';

export interface GatesRun {
  readonly opened: number;
  readonly silent: number;
  /** Nothing falls due before this day unless something is stored meanwhile; absent when something may at any time. */
  readonly quietUntil?: CalendarDate;
}

interface Decisions {
  readonly opened: number;
  readonly silent: number;
  /** Waves with customers who are not handed over. */
  readonly undecided: ReadonlySet<string>;
  /** Waves with customers whose cutover is not recorded. */
  readonly unrecorded: ReadonlySet<string>;
}

/** Opens each go/no-go that is due, and takes silence for a no-go when its time has come. */
async function takeDecisions(
  dependencies: ApplicationDependencies,
  calendar: readonly Wave[],
  at: Date,
): Promise<Decisions> {
  const { store } = dependencies;
  const today = calendarDateOf(at);
  let opened = 0;
  let silent = 0;
  const [undecided, unrecorded] = [new Set<string>(), new Set<string>()];
  for (const wave of calendar) {
    if (!hasDecisions(wave, today)) continue;
    const silenceCounts = at >= instantAt(addDays(wave.cutover, -1), goNoGoHours.silenceIsNoGo);
    const unanswered: string[] = [];
    const booked = all(async (page) => {
      const found = await store.lists.byWave(wave.id, page);
      // Where they stand is not known: the wave does not end with them in it.
      if ((found.unreadable ?? []).length > 0) undecided.add(wave.id);
      return found;
    });
    await inBatches(booked, changesAtOnce, async (state) => {
      if (!isThrough(state)) (state.stage === 'HANDED_OVER' ? unrecorded : undecided).add(wave.id);
      const found = await openFor(dependencies, state, wave);
      if (found === 'opened') opened += 1;
      // Never in the call that opened it: operators get their full time to decide.
      if (found === 'open' && silenceCounts) unanswered.push(state.reference);
    });
    await inBatches(unanswered, placementsAtOnce, async (reference) => {
      if (await takeSilenceAsNoGo(dependencies, reference)) silent += 1;
    });
  }
  return { opened, silent, undecided, unrecorded };
}

/**
 * What falls due by the calendar: go/no-go opened the day before cutover, silence taken as no-go, requests for a second
 * person lapsed, waves begun and ended, hypercare ended, owners of conditions reminded. Safe to call at any time and any
 * number of times.
 */
export async function runGates(dependencies: ApplicationDependencies): Promise<GatesRun> {
  const { store, clock, platform } = dependencies;
  const at = clock.now();
  const today = calendarDateOf(at);
  const calendar = await store.waves.calendar(siteCodes(platform));
  const decisions = await takeDecisions(dependencies, calendar, at);
  const { opened, silent, undecided, unrecorded } = decisions;
  const mayEnd = ({ id }: Wave) => !undecided.has(id) && !unrecorded.has(id);
  for (const wave of calendar) await advance(dependencies, wave, today, mayEnd(wave));
  await finishCancelled(dependencies, calendar);
  await lapseApprovals(dependencies);
  const inHypercare = await endHypercares(dependencies, today);
  const conditions = await lookAfterConditions(dependencies);
  if (conditions.failures.length > 0) throw conditions.failures[0];
  const dates = [
    nextDate(calendar, decisions, today),
    await nextLapse(dependencies),
    conditions.next ?? never,
  ];
  const next = dates.toSorted()[0] ?? today;
  return {
    opened,
    silent,
    ...(inHypercare === 0 && next > today ? { quietUntil: next } : {}),
  };
}

/** The day on which the next request for a second person lapses. */
async function nextLapse({ store }: ApplicationDependencies): Promise<CalendarDate> {
  const [first] = (await store.approvals.waiting({ limit: 1 })).items;
  return first === undefined ? never : calendarDateOf(new Date(first.approval.until));
}

/** The first day on which the calendar makes something due. */
function nextDate(
  calendar: readonly Wave[],
  { undecided, unrecorded }: Decisions,
  today: CalendarDate,
): CalendarDate {
  const dates = calendar.flatMap((wave) => {
    const { id, kind, state, cutover, booked } = wave;
    if (!isUnderWay(wave) && !endedEarly(wave, today)) return [];
    if (state === 'RUNNING' && !undecided.has(id)) {
      const ends = addDays(cutover, hypercareDays + 1);
      // Once hypercare is over, only a recorded cutover ends the wave.
      return unrecorded.has(id) && ends <= today ? [] : [ends];
    }
    return [kind !== 'PREPARATION' && booked.customers > 0 ? addDays(cutover, -1) : cutover];
  });
  return dates.toSorted()[0] ?? never;
}

function isUnderWay({ state }: Wave): boolean {
  return state === 'OPEN' || state === 'FROZEN' || state === 'RUNNING';
}

/** True if a wave was ended early with customers in it: they still need their go/no-go. */
function endedEarly({ state, kind, cutover, booked }: Wave, today: CalendarDate): boolean {
  return (
    state === 'DONE' &&
    kind !== 'PREPARATION' &&
    booked.customers > 0 &&
    today <= addDays(cutover, hypercareDays)
  );
}

/** From the day before its cutover, a wave with customers in it has go/no-go decisions to open or to take. */
function hasDecisions(wave: Wave, today: CalendarDate): boolean {
  return (
    wave.kind !== 'PREPARATION' &&
    (isUnderWay(wave) || endedEarly(wave, today)) &&
    wave.booked.customers > 0 &&
    addDays(wave.cutover, -1) <= today
  );
}

/** Every onboarding of a list. */
function all(
  read: (page: PageStart & { readonly limit: number }) => Promise<Page<OnboardingState>>,
): AsyncGenerator<OnboardingState> {
  return eachItem((page) => read({ limit: pageSize, ...page }));
}

/**
 * Opens the go/no-go of a booked customer. Most are past it, which the listed state shows: only the others are read
 * again.
 */
async function openFor(
  { store }: ApplicationDependencies,
  listed: OnboardingState,
  wave: Wave,
): Promise<'opened' | 'open' | 'not_due'> {
  if (listed.stage === 'GO_NO_GO') return 'open';
  if (listed.stage !== 'WAVE_CONFIRMED') return 'not_due';
  return store.onboardings.change<'opened' | 'open' | 'not_due'>(listed.reference, async (snapshot) => {
    if (snapshot.state.stage === 'GO_NO_GO') return { result: 'open' };
    const change = openGoNoGo(snapshot, wave);
    return { change, result: change === undefined ? 'not_due' : 'opened' };
  });
}

async function takeSilenceAsNoGo(dependencies: ApplicationDependencies, reference: string): Promise<boolean> {
  const { state, wait } = await dependencies.store.onboardings.now(reference);
  // The wait before may still be stored as decided: the workflow has not reached this one yet.
  if (state.stage !== 'GO_NO_GO' || isDecided(state, wait)) return false;
  const answer = { kind: 'go_no_go', decision: 'no_go', reason: 'SILENCE' } as const;
  try {
    await decideReview(dependencies, reference, answer, system);
    return true;
  } catch (error) {
    const decidedMeanwhile =
      error instanceof AlreadyDecidedError ||
      error instanceof NotExpectedNowError ||
      error instanceof OnboardingClosedError;
    if (decidedMeanwhile) return false;
    throw error;
  }
}

/**
 * A wave runs from its cutover and is done when hypercare ends, unless a customer in it has no recorded cutover. A
 * change by an operator meanwhile takes precedence.
 */
async function advance(
  { store }: ApplicationDependencies,
  wave: StoredWave,
  today: string,
  mayEnd: boolean,
): Promise<void> {
  if (!isUnderWay(wave) || wave.cutover > today) return;
  const state = mayEnd && addDays(wave.cutover, hypercareDays) < today ? 'DONE' : 'RUNNING';
  if (state !== wave.state) await store.waves.replace(wave, { ...wave, state });
}

/** How many were found in hypercare. */
async function endHypercares(dependencies: ApplicationDependencies, today: CalendarDate): Promise<number> {
  const { store } = dependencies;
  let found = 0;
  const cutOver = all((page) => store.lists.byStage('CUT_OVER', page));
  await inBatches(cutOver, changesAtOnce, async ({ reference, hypercareEnd }) => {
    found += 1;
    if (hypercareEnd !== undefined && hypercareEnd < today) await endHypercare(dependencies, reference);
  });
  return found;
}
