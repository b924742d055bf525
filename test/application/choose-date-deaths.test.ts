import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseDate } from '../../functions/application/choose-date.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import {
  confirmed,
  customer,
  held,
  openTaskBench,
  operator,
  placed,
  type TaskBench,
} from '../tasks/bench.ts';

const [march, april, may] = ['paris-2027-03-09', 'paris-2027-04-20', 'paris-2027-05-04'] as const;
let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-04-20', '2027-05-04']) await bench.addWave(day);
});
afterAll(() => bench.close());

const booked = async () =>
  Promise.all(
    [march, april, may].map(async (id) => (await bench.store.waves.get('paris', id)).booked.customers),
  );

it.each([
  { from: 'a held place', start: () => held(bench) },
  { from: 'a confirmed place', start: () => confirmed(bench) },
])('a choice from $from is stored once, whatever call of the table it dies at', async ({ start }) => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const reference = await start();
      const [inMarch = 0, inApril = 0] = await booked();
      const act = () => chooseDate(bench, reference, { to: april }, customer);
      died = await bench.dies({ call: calls, when }, act);
      await act();
      const where = `death ${when} call ${calls}`;
      const events = await bench.store.onboardings.events(reference);
      expect(
        events.filter(({ type }) => type === 'DATE_CHOSEN'),
        where,
      ).toHaveLength(1);
      const { state, booking } = await bench.store.onboardings.now(reference);
      expect([state.stage, booking?.wave, booking?.status, state.anotherDates], where).toEqual([
        'WAVE_CONFIRMED',
        april,
        'CONFIRMED',
        1,
      ]);
      expect(await booked(), where).toEqual([inMarch - 1, inApril + 1, expect.any(Number)]);
    }
  }
  expect(calls).toBeGreaterThan(5);
});

it('a choice sees what another change has done between any two of its calls', async () => {
  let came = true;
  for (let call = 1; came; call += 1) {
    const reference = await placed(bench);
    const act = () => chooseDate(bench, reference, { to: april }, customer);
    came = await bench
      .between(call, act, () => chooseDate(bench, reference, { to: may }, customer))
      .catch(() => true);
    const { state, booking } = await bench.store.onboardings.now(reference);
    expect([state.stage, booking?.status]).toEqual(['WAVE_CONFIRMED', 'CONFIRMED']);
    expect(state.wave).toBe(booking?.wave);
  }
  const sizes = await booked();
  const holders = await Promise.all(
    [march, april, may].map((id) => bench.store.waves.bookedIn(id, { limit: 500 })),
  );
  expect(sizes).toEqual(holders.map(({ items }) => items.length));
});

it('a date is not refused to the customer for whom an operator has just taken its last place', async () => {
  const [last, id] = ['2027-06-01', 'paris-2027-06-01'];
  await bench.addWave(last, { capacity: { customers: 1, points: 90, complex: 1 } });
  const move = { wave: id, reason: 'test', askedByCustomer: true };
  let came = true;
  for (let call = 1; came; call += 1) {
    const reference = await held(bench);
    const act = () => chooseDate(bench, reference, { to: id }, customer);
    came = await bench.between(call, act, () => movePlace(bench, reference, move, operator).catch(() => 0));
    const { state, booking } = await bench.store.onboardings.now(reference);
    expect([state.stage, booking?.wave], `before call ${call}`).toEqual(['WAVE_CONFIRMED', id]);
    await withdraw(bench, reference, 'test', customer);
  }
});
