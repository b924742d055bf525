import { addDays, type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { type PlatformConfiguration, siteCodes } from '../domain/platform-configuration.ts';
import { keepsPoints, releaseDay } from '../domain/waves/large-customers.ts';
import { goNoGoDay, hypercareDays, type Wave } from '../domain/waves/wave.ts';
import { eachItem, type Page, type PageStart } from '../store/table.ts';
import type { StoredWave } from '../store/waves.ts';
import type { UpkeepDependencies } from './ask-registry-again.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { isGoNoGoDue, keepGoNoGo } from './go-no-go.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';
import { lapseApprovals } from './lapse-approvals.ts';
import { listDueWork } from './list-due-work.ts';
import { lookAfterConditions } from './look-after-conditions.ts';
import { lookAfterCorrections } from './look-after-corrections.ts';
import { finishCancelled } from './move-booked.ts';
import { endHypercare } from './record-cutover.ts';
import { remindWaiting } from './remind-in-time.ts';
import { remindPeople } from './remind-people.ts';

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

interface Decisions extends Pick<GatesRun, 'opened' | 'silent'> {
  /** Waves with customers who are not handed over. */
  readonly undecided: ReadonlySet<string>;
  /** Waves with customers whose cutover is not recorded, or whose hypercare goes on. */
  readonly unfinished: ReadonlySet<string>;
}

/** Does what is due on the go/no-go of each wave. */
async function takeDecisions(
  dependencies: ApplicationDependencies,
  calendar: readonly Wave[],
  at: Date,
): Promise<Decisions> {
  const [undecided, unfinished] = [new Set<string>(), new Set<string>()];
  const sum = { opened: 0, silent: 0 };
  for (const wave of calendar) {
    if (!hasDecisions(wave, at)) continue;
    const found = await keepGoNoGo(dependencies, wave, at);
    sum.opened += found.opened;
    sum.silent += found.silent;
    if (found.undecided) undecided.add(wave.id);
    if (found.unrecorded || found.inHypercare) unfinished.add(wave.id);
  }
  return { ...sum, undecided, unfinished };
}

/**
 * What falls due by the calendar: the operators' work list brought up to date, go/no-go opened on its day, silence taken as no-go, requests for a second person
 * lapsed, waves begun and ended, hypercare ended, owners of conditions, those who keep an onboarding waiting and those
 * named for a part reminded, corrections ended. Safe to call at any time and any number of times.
 */
export async function runGates(dependencies: UpkeepDependencies): Promise<GatesRun> {
  const { store, clock, platform } = dependencies;
  const at = clock.now();
  const today = calendarDateOf(at);
  const calendar = await store.waves.calendar(siteCodes(platform));
  const decisions = await takeDecisions(dependencies, calendar, at);
  const { opened, silent, undecided, unfinished } = decisions;
  const mayEnd = ({ id }: Wave) => !undecided.has(id) && !unfinished.has(id);
  for (const wave of calendar) await advance(dependencies, wave, today, mayEnd(wave));
  await finishCancelled(dependencies, calendar);
  await lapseApprovals(dependencies);
  const work = await listDueWork(dependencies);
  if (calendar.some((wave) => releasesNow(wave, dependencies, today))) {
    // Loaded when it is needed: few platforms keep anything.
    const { offerPlaces } = await import('./offer-places.ts');
    await offerPlaces(dependencies);
  }
  const inHypercare = await endHypercares(dependencies, today);
  const conditions = await lookAfterConditions(dependencies);
  const reminders = await remindWaiting(dependencies);
  // After the conditions: their reminders have dates of their own, and one reminder a day is enough.
  const people = await remindPeople(dependencies);
  const corrections = await lookAfterCorrections(dependencies);
  const [failure] = [
    ...conditions.failures,
    ...reminders.failures,
    ...people.failures,
    ...corrections.failures,
  ];
  if (failure !== undefined) throw failure;
  const dates = [
    nextDate(calendar, decisions, today),
    nextRelease(calendar, platform, today),
    await nextLapse(dependencies),
    work.next ?? never,
    conditions.next ?? never,
    reminders.next ?? never,
    people.next ?? never,
    corrections.next ?? never,
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
  const next = await store.approvals.nextLapse();
  return next === undefined ? never : calendarDateOf(new Date(next));
}

/** The first day on which a wave releases what it keeps for large customers. */
function nextRelease(
  calendar: readonly Wave[],
  platform: PlatformConfiguration,
  today: CalendarDate,
): CalendarDate {
  const days = calendar.filter((wave) => keepsPoints(wave, platform)).map(releaseDay);
  return days.filter((release) => addDays(release, 1) >= today).toSorted()[0] ?? never;
}

/** The first day on which the calendar makes something due. */
function nextDate(
  calendar: readonly Wave[],
  { undecided, unfinished }: Decisions,
  today: CalendarDate,
): CalendarDate {
  const dates = calendar.flatMap((wave) => {
    const { id, kind, state, cutover, booked } = wave;
    if (!isUnderWay(wave) && !endedEarly(wave, today)) return [];
    if (state === 'RUNNING' && !undecided.has(id)) {
      const ends = addDays(cutover, hypercareDays + 1);
      // After that day, only a recorded cutover or the end of a hypercare ends the wave.
      return unfinished.has(id) && ends <= today ? [] : [ends];
    }
    return [kind !== 'PREPARATION' && booked.customers > 0 ? goNoGoDay(cutover) : cutover];
  });
  return dates.toSorted()[0] ?? never;
}

/** True on the day on which a wave releases what it kept for large customers, and on the next in case that one failed. */
function releasesNow(
  wave: Wave,
  { platform }: Pick<ApplicationDependencies, 'platform'>,
  today: CalendarDate,
): boolean {
  const release = releaseDay(wave);
  return (
    wave.state === 'OPEN' && keepsPoints(wave, platform) && release <= today && today <= addDays(release, 1)
  );
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

/** From the day of its go/no-go, a wave with customers in it has decisions to open or to take. */
function hasDecisions(wave: Wave, at: Date): boolean {
  return (
    wave.kind !== 'PREPARATION' &&
    (isUnderWay(wave) || endedEarly(wave, calendarDateOf(at))) &&
    wave.booked.customers > 0 &&
    isGoNoGoDue(wave, at)
  );
}

/** Everything in a list. */
function all<T>(read: (page: PageStart & { readonly limit: number }) => Promise<Page<T>>): AsyncGenerator<T> {
  return eachItem((page) => read({ limit: pageSize, ...page }));
}

/**
 * A wave runs from its cutover and is done when hypercare has ended for all, and each cutover is recorded. A
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
