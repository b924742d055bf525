import type { GatesRun } from '../../functions/commands/gates.ts';
import type { DispatchRun } from '../../functions/dispatch-outbox/handler.ts';
import {
  addDays,
  type CalendarDate,
  calendarDateOf,
  instantAt,
} from '../../functions/domain/calendar-date.ts';
import type { VirtualClock } from './virtual-clock.ts';

const resendAfter = 15 * 60_000;
const gateHours = ['08:00', '18:00'] as const;

/** What AWS does by stream and schedule, on the one clock of the machine. */
export interface Schedules {
  /** The outbox has something to send. */
  outboxWritten(): void;
  /** Something was stored: what the gates found before may hold no longer. */
  tableWritten(): void;
  stop(): void;
}

/**
 * Sends the outbox as soon as it is written, one run at a time; what could not be sent is tried again after 15 minutes.
 * Runs the gates at 08:00 and 18:00, Europe/Paris.
 */
export function startSchedules(
  clock: VirtualClock,
  dispatch: () => Promise<DispatchRun>,
  gates: () => Promise<Pick<GatesRun, 'quietUntil'>>,
): Schedules {
  let sending = false;
  let again = false;
  let stopped = false;
  let cancelResend: (() => void) | undefined;
  let cancelGates: (() => void) | undefined;
  let quietUntil: CalendarDate | undefined;
  let writes = 0;

  async function send(): Promise<void> {
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    try {
      do {
        again = false;
        const { left } = await dispatch();
        if (left > 0) resendLater();
      } while (again && !stopped);
    } catch {
      // The table could not be read: nothing is lost, the next call finds it all.
      resendLater();
    } finally {
      sending = false;
    }
  }

  function resendLater(): void {
    cancelResend?.();
    if (!stopped) cancelResend = clock.setTimer(new Date(clock.now().getTime() + resendAfter), send);
  }

  function nextGates(): Date {
    const now = clock.now();
    const today = calendarDateOf(now);
    const candidates = [today, addDays(today, 1)].flatMap((day) =>
      gateHours.map((hour) => instantAt(day, hour)),
    );
    return candidates.find((at) => at > now) ?? now;
  }

  /** Months in which nothing falls due pass without a question to the table. */
  async function runGates(): Promise<void> {
    if (quietUntil !== undefined && calendarDateOf(clock.now()) < quietUntil) return;
    const before = writes;
    const run = await gates();
    quietUntil = writes === before ? run.quietUntil : undefined;
  }

  function armGates(): void {
    cancelGates = clock.setTimer(nextGates(), async () => {
      if (stopped) return;
      try {
        await runGates();
      } finally {
        armGates();
      }
    });
  }

  armGates();
  return {
    outboxWritten: () => {
      if (!stopped) void clock.track(send());
    },
    tableWritten: () => {
      writes += 1;
      quietUntil = undefined;
    },
    stop: () => {
      stopped = true;
      cancelResend?.();
      cancelGates?.();
    },
  };
}
