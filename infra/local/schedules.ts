import type { Relay } from '../../functions/application/relay-outbox.ts';
import type { GatesRun } from '../../functions/application/run-gates.ts';
import {
  addDays,
  type CalendarDate,
  calendarDateOf,
  instantAt,
} from '../../functions/domain/calendar-date.ts';
import { goNoGoHours } from '../../functions/domain/onboarding/deadline.ts';
import { day, minute, second } from '../../functions/domain/time.ts';
import type { RetentionRun } from '../../functions/jobs/apply-retention/handler.ts';
import type { SweepRun } from '../../functions/jobs/sweep-waits/handler.ts';
import { type Key, laneOf, type OutboxLane, outboxLanes } from '../../functions/store/keys.ts';
import type { VirtualClock } from './virtual-clock.ts';

const resendAfter = 15 * minute;
const gateHours = Object.values(goNoGoHours).toSorted();
/** Real time between two sweeps while the clock runs. */
const sweepEvery = 15 * minute;
/** Simulated days between two maintenance runs on a clock that only jumps. */
const upkeepDaysJumping = 28;
/** Real milliseconds that pass at least between two attempts to send and between two maintenance runs. */
const leastRealPause = second;

/** Simulated milliseconds that give the process a real pause, however fast the clock runs. */
const atLeastReal = (milliseconds: number, timeScale: number): number =>
  Math.max(milliseconds, leastRealPause * timeScale);

/** Runs on the virtual clock what AWS starts by streams and schedules. */
export interface Schedules {
  /** Entries of the outbox were added or changed. */
  outboxWritten(entries: readonly Key[]): void;
  /** Data was written: earlier findings of the gates may be outdated. */
  tableWritten(): void;
  /** A place was stored on which something falls due at this instant. */
  placeWritten(due: Date): void;
  stop(): void;
}

/** The maintenance jobs besides the gates. */
export interface Upkeep {
  readonly sweep: () => Promise<SweepRun>;
  readonly applyRetention: () => Promise<RetentionRun>;
  /** Does what is due on held and offered places; gives the instant at which something is due next. */
  readonly places: () => Promise<Date | undefined>;
  /** Simulated seconds a real second; 0 on a clock that only jumps. */
  readonly timeScale: number;
}

/** The same jobs, whatever they report. */
type UpkeepJobs = Readonly<Record<'sweep' | 'applyRetention', () => Promise<unknown>>> &
  Pick<Upkeep, 'places' | 'timeScale'>;

/**
 * Sends the entries of the outbox as soon as they are written, one call at a time for each function; what failed is due
 * again after 15 minutes. Runs the gates at each hour of the go/no-go, Europe/Paris, and the maintenance after the first of them at
 * an interval of days. Does what is due on places at its own time. In AWS the sweeper runs every quarter of an hour; on a
 * clock that jumps over months that would be 35,000 calls a year without any news. So
 * here it runs once a simulated day and every 15 real minutes while the clock runs, and every four weeks on a clock that
 * only jumps: there, a daily sweep made a file of prospects take half as long again. On a clock that runs very fast,
 * retries and maintenance leave a real second to the rest of the process.
 */
export function startSchedules(
  clock: VirtualClock,
  relays: Readonly<Record<OutboxLane, Relay>>,
  gates: () => Promise<Pick<GatesRun, 'quietUntil'>>,
  upkeep: UpkeepJobs,
): Schedules {
  const senders = outboxLanes.map((lane) => ({
    lane,
    ...createOutboxSender(clock, relays[lane], upkeep.timeScale),
  }));
  const gateRuns = createGateRuns(clock, gates);
  const places = createPlaceRuns(clock, upkeep.places, atLeastReal(resendAfter, upkeep.timeScale));
  const runUpkeep = createUpkeepRuns(clock, upkeep);
  let stopped = false;
  let cancelGates: (() => void) | undefined;

  function armGates(): void {
    const at = nextGates(clock.now());
    cancelGates = clock.setTimer(at, async () => {
      if (stopped) return;
      try {
        await gateRuns.run();
        await runUpkeep(calendarDateOf(at));
      } finally {
        armGates();
      }
    });
  }

  armGates();
  void clock.track(places.run());
  const sweeping =
    upkeep.timeScale > 0 ? setInterval(() => void clock.track(upkeep.sweep()), sweepEvery) : undefined;
  // The timer must not keep the process alive.
  sweeping?.unref();
  return {
    outboxWritten: (entries) => {
      for (const { lane, send } of senders) {
        const own = entries.filter(({ pk }) => laneOf(pk) === lane);
        if (!stopped && own.length > 0) void clock.track(send(own));
      }
    },
    tableWritten: gateRuns.tableWritten,
    placeWritten: places.arm,
    stop: () => {
      stopped = true;
      places.stop();
      for (const { stop } of senders) stop();
      cancelGates?.();
      clearInterval(sweeping);
    },
  };
}

/** Entries that the stream reports in one call, as in AWS. */
const recordsAtOnce = 100;
/** Milliseconds in which a call may begin work: as long as the functions have in AWS. */
const callLasts = 2 * minute;

/** Calls the function of one lane as AWS does, one call at a time: what is written during a call is reported after it. */
function createOutboxSender(clock: VirtualClock, relay: Relay, timeScale: number) {
  const reported: Key[] = [];
  let isDue = false;
  let sending = false;
  let stopped = false;
  let cancelResend: (() => void) | undefined;
  const remaining = (): number => (stopped ? 0 : callLasts);

  async function nextCall(): Promise<void> {
    try {
      const keys = reported.splice(0, recordsAtOnce);
      if (keys.length === 0) isDue = false;
      const { left } = keys.length > 0 ? await relay.records(keys, remaining) : await relay.due(remaining);
      if (left > 0) resendLater();
    } catch {
      // The table could not be read. Nothing is lost: the next call finds all entries.
      resendLater();
    }
  }

  async function run(): Promise<void> {
    if (sending) return;
    sending = true;
    while ((reported.length > 0 || isDue) && !stopped) await nextCall();
    sending = false;
  }

  function resendLater(): void {
    if (stopped || cancelResend !== undefined) return;
    const pause = atLeastReal(resendAfter, timeScale);
    cancelResend = clock.setTimer(new Date(clock.now().getTime() + pause), () => {
      cancelResend = undefined;
      isDue = true;
      return run();
    });
  }

  return {
    send: (entries: readonly Key[]): Promise<void> => {
      reported.push(...entries);
      return run();
    },
    stop: (): void => {
      stopped = true;
      cancelResend?.();
    },
  };
}

/** Does what is due on places a minute after it falls due, when it is over for everyone: in AWS the sweeper does within a quarter of an hour. */
function createPlaceRuns(clock: VirtualClock, places: Upkeep['places'], pause: number) {
  let armed: { readonly at: Date; readonly cancel: () => void } | undefined;
  let stopped = false;

  function arm(due: Date): void {
    if (stopped || (armed !== undefined && armed.at <= due)) return;
    armed?.cancel();
    armed = { at: due, cancel: clock.setTimer(new Date(due.getTime() + minute), run) };
  }

  async function run(): Promise<void> {
    armed?.cancel();
    armed = undefined;
    if (stopped) return;
    const again = () => new Date(clock.now().getTime() + pause);
    try {
      const next = await places();
      // A place on which nothing can be done yet is looked at again as the sweeper would.
      if (next !== undefined) arm(next > clock.now() ? next : again());
    } catch {
      arm(again());
    }
  }

  return {
    arm,
    run,
    stop: (): void => {
      stopped = true;
      armed?.cancel();
    },
  };
}

/** Runs the gates, except while the last run says that nothing is due and nothing was written since. */
function createGateRuns(clock: VirtualClock, gates: () => Promise<Pick<GatesRun, 'quietUntil'>>) {
  let quietUntil: CalendarDate | undefined;
  let writes = 0;
  return {
    /** Months without due dates pass without reading the table. */
    run: async (): Promise<void> => {
      if (quietUntil !== undefined && calendarDateOf(clock.now()) < quietUntil) return;
      const before = writes;
      const run = await gates();
      quietUntil = writes === before ? run.quietUntil : undefined;
    },
    tableWritten: (): void => {
      writes += 1;
      quietUntil = undefined;
    },
  };
}

/** Sweeps and applies the retention periods when called on a day on which it is due; the first is tomorrow. */
function createUpkeepRuns(
  clock: VirtualClock,
  { sweep, applyRetention, timeScale }: UpkeepJobs,
): (today: CalendarDate) => Promise<void> {
  let nextUpkeep = addDays(calendarDateOf(clock.now()), 1);
  return async (today) => {
    if (today < nextUpkeep) return;
    try {
      await sweep();
      await applyRetention();
    } finally {
      const days = Math.ceil(atLeastReal(day, timeScale) / day);
      nextUpkeep = addDays(calendarDateOf(clock.now()), timeScale > 0 ? days : upkeepDaysJumping);
    }
  };
}

/** The first instant after `now` at which the gates run. */
function nextGates(now: Date): Date {
  const today = calendarDateOf(now);
  const candidates = [today, addDays(today, 1)].flatMap((day) =>
    gateHours.map((hour) => instantAt(day, hour)),
  );
  return candidates.find((at) => at > now) ?? now;
}
