import { afterEach, expect, it, vi } from 'vitest';
import { instantAt } from '../../../functions/domain/calendar-date.ts';
import { keys } from '../../../functions/store/keys.ts';
import { startSchedules } from '../../../infra/local/schedules.ts';
import { createVirtualClock } from '../../../infra/local/virtual-clock.ts';

const start = new Date('2026-11-23T08:00:00Z');
const minute = 60_000;
const day = 86_400_000;
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Schedules of a system whose outbox cannot be sent. */
function schedule(timeScale: number) {
  const clock = createVirtualClock({ start, timeScale: 0 });
  const left = { sent: 0, left: 1, again: [] };
  const due = vi.fn(async () => left);
  const relay = { records: async () => left, due };
  const sweep = vi.fn(async () => undefined);
  const upkeep = { sweep, applyRetention: async () => undefined, places: async () => undefined, timeScale };
  const schedules = startSchedules(clock, { dispatch: relay, mail: relay }, async () => ({}), upkeep);
  stops.push(schedules.stop);
  schedules.outboxWritten([keys.outbox('mail', start.toISOString(), 'REF00001', 1)]);
  return { due, sweep, jumpBy: (time: number) => clock.jumpTo(new Date(start.getTime() + time)) };
}

it.each([
  [0, 15 * minute],
  [1, 15 * minute],
  [3_600, 60 * minute],
  [1_000_000, 1_000_000_000],
])('at a time scale of %i, tries to send again after %i ms of its time', async (timeScale, pause) => {
  const { due, jumpBy } = schedule(timeScale);
  await jumpBy(pause - 1);
  const before = due.mock.calls.length;
  await jumpBy(pause);
  expect([before, due.mock.calls.length]).toEqual([0, 1]);
});

it.each([
  [0, 28],
  [1, 1],
  [3_600, 1],
  [1_000_000, 12],
])('at a time scale of %i, sweeps every %i days of its time', async (timeScale, days) => {
  const { sweep, jumpBy } = schedule(timeScale);
  const counts: number[] = [];
  for (const passed of [1, days, days + 1]) {
    await jumpBy(passed * day);
    counts.push(sweep.mock.calls.length);
  }
  expect(counts).toEqual([1, 1, 2]);
});

it.each([
  ['2026-11-23', 'winter'],
  ['2027-07-01', 'summer'],
])('runs the gates at each hour of the go/no-go in Paris on %s, in %s', async (today) => {
  const clock = createVirtualClock({ start: instantAt(today, '00:00'), timeScale: 0 });
  const ran: Date[] = [];
  const gates = async () => {
    ran.push(clock.now());
    return {};
  };
  const nothing = async () => undefined;
  const upkeep = { sweep: nothing, applyRetention: nothing, places: nothing, timeScale: 0 };
  const sent = { sent: 0, left: 0, again: [] };
  const relay = { records: async () => sent, due: async () => sent };
  stops.push(startSchedules(clock, { dispatch: relay, mail: relay }, gates, upkeep).stop);
  await clock.jumpTo(instantAt(today, '23:59'));
  expect(ran).toEqual(['08:00', '14:00', '16:30', '18:00'].map((hour) => instantAt(today, hour)));
});
