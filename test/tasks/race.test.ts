import { expect, it } from 'vitest';
import { addDays } from '../../functions/domain/calendar-date.ts';
import { publicHolidayOn } from '../../functions/domain/working-days.ts';
import { checkRace, race } from '../support/booking-race.ts';

it('gives 10 places to 10 of 200 customers, and each of the others its rank on the waiting list', async () => {
  const run = await race(200, ['2027-03-09'], 10);
  try {
    await checkRace(run, 10);
    const ranks = (await run.bench.store.waitingList.page({ limit: 500 })).items.map(({ rank }) => rank);
    expect(new Set(ranks).size).toBeGreaterThan(3);
  } finally {
    await run.bench.close();
  }
});

it('finds a place for everyone when 40 customers want the first of 40 waves with one place each', async () => {
  const days: string[] = [];
  for (let day = '2027-03-09'; days.length < 40; day = addDays(day, 1)) {
    if (publicHolidayOn(day) === undefined && !(day >= '2027-04-01' && day <= '2027-04-15')) days.push(day);
  }
  const run = await race(40, days, 1);
  try {
    await checkRace(run, 40);
    // Each lost place is another transaction; the calendar bounds them, and no customer gives up before its end.
    expect(run.attempts).toBeGreaterThan(1);
    expect(run.attempts).toBeLessThanOrEqual(40);
  } finally {
    await run.bench.close();
  }
});
