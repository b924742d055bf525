import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { finishCancelled } from '../../functions/application/change-wave.ts';
import { keepPlaces } from '../../functions/application/keep-places.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { calendarNow } from '../../functions/application/read-placing.ts';
import { keys } from '../../functions/store/keys.ts';
import { customer, held, openTaskBench, placed, type TaskBench } from '../tasks/bench.ts';

const inMay = { E1: { earliest: '2027-05-01', reason: 'none' } } as const;
const may = 'paris-2027-05-04';
const day = 86_400_000;

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterEach(() => bench.close());

const fails = (error: unknown) => {
  throw error;
};
const keep = () => keepPlaces(bench, fails);
const bookingOf = async (reference: string) => (await bench.store.onboardings.now(reference)).booking;
const after = (instant: string, days: number) =>
  bench.clock.set(new Date(Date.parse(instant) + days * day).toISOString());

async function eventsOf(reference: string): Promise<readonly string[]> {
  return (await bench.store.onboardings.events(reference)).map(({ type }) => type);
}

/** A customer who was offered the place in May; the clock stands at the offer. */
async function offered(): Promise<string> {
  const reference = await placed(bench, inMay);
  await bench.run('WaitForSlot', { reference, run: 1, token: 'slot' });
  await bench.addWave('2027-05-04');
  await offerPlaces(bench);
  expect((await bookingOf(reference))?.status).toBe('OFFERED');
  return reference;
}

it('reminds once, however often and at once it is called', async () => {
  const reference = await held(bench);
  const until = (await bookingOf(reference))?.holdUntil ?? '';
  after(until, -3.01);
  expect(await keep()).toBe(0);
  after(until, -3);
  await Promise.all([keep(), keep(), keep()]);
  after(until, -1);
  expect(await keep()).toBe(0);
  expect((await eventsOf(reference)).filter((type) => type === 'REMINDED')).toHaveLength(1);
  const sent = (await bench.store.outbox.pending(50)).flatMap(({ messages }) => messages);
  expect(sent.filter((message) => message.kind === 'mail' && message.template === 'place_reminder')).toEqual([
    { kind: 'mail', template: 'place_reminder', to: 'customer' },
  ]);
});

it.each([
  ['reminds of a held place', held, -2, 'REMINDED'],
  ['takes an offer back', offered, 0, 'OFFER_EXPIRED'],
  ['ends a hold that the workflow has not ended', held, 1, 'HOLD_EXPIRED'],
] as const)('%s once although it dies at any call and is called again', async (_, prepare, days, type) => {
  for (let call = 1; ; call += 1) {
    bench.clock.set('2026-11-23T08:00:00.000Z');
    const reference = prepare === offered ? await offered() : await held(bench);
    const until = (await bookingOf(reference))?.holdUntil ?? '';
    if (type !== 'REMINDED') {
      after(until, -2);
      await keep();
    }
    after(until, days);
    const died = await bench.dies({ call, when: 'after' }, keep);
    await keep();
    expect((await eventsOf(reference)).filter((each) => each === type)).toHaveLength(1);
    await keep();
    expect((await eventsOf(reference)).filter((each) => each === type)).toHaveLength(1);
    if (!died) break;
    await bench.close();
    bench = await openTaskBench();
    await bench.addWave('2027-03-09');
  }
});

it('frees the place of an expired offer and keeps the rank of the customer', async () => {
  const reference = await offered();
  const { state } = await bench.store.onboardings.now(reference);
  after((await bookingOf(reference))?.holdUntil ?? '', 0);
  await keep();
  expect(await bookingOf(reference)).toBeUndefined();
  expect((await bench.store.waves.get('paris', may)).booked.customers).toBe(0);
  expect(await bench.store.waitingList.first(5)).toEqual([{ rank: state.waitingRank, reference }]);
});

it('reads what is due, however many wait', async () => {
  for (let count = 0; count < 20; count += 1) await placed(bench, inMay);
  const idle = await bench.costOf(keep);
  expect(idle).toMatchObject({ requests: 1, items: 0 });
});

it('goes on to the others when one place cannot be kept', async () => {
  const [first, second] = [await held(bench), await held(bench)];
  const until = (await bookingOf(second))?.holdUntil ?? '';
  await bench.documents.send(
    new UpdateCommand({
      TableName: bench.tableName,
      Key: keys.wait(first),
      UpdateExpression: 'SET kind = :kind',
      ExpressionAttributeValues: { ':kind': 'of another release' },
    }),
  );
  after(until, -2);
  const failed: string[] = [];
  expect(await keepPlaces(bench, (_, reference) => failed.push(reference))).toBe(1);
  expect(failed).toEqual([first]);
  expect((await bookingOf(second))?.reminded).toBe(true);
});

it('finds the places that an earlier release stored without a due date, once they are listed', async () => {
  const reference = await held(bench);
  await bench.documents.send(
    new UpdateCommand({
      TableName: bench.tableName,
      Key: keys.booking(reference),
      UpdateExpression: 'REMOVE duePk, dueSk',
    }),
  );
  const until = (await bookingOf(reference))?.holdUntil ?? '';
  after(until, -2);
  expect(await keep()).toBe(0);
  expect(await bench.store.places.list([reference])).toBe(1);
  expect(await bench.store.places.list([reference])).toBe(0);
  expect(await keep()).toBe(1);
});

it('leaves alone whoever has answered', async () => {
  const reference = await held(bench);
  const until = (await bookingOf(reference))?.holdUntil ?? '';
  await answerWave(bench, reference, 'decline', customer);
  after(until, 1);
  expect(await keep()).toBe(0);
});

it('tells the truth about a wave whose cancellation was interrupted, and finishes it', async () => {
  await bench.addWave('2027-05-04');
  const reference = await held(bench);
  const { wave = '' } = (await bench.store.onboardings.now(reference)).state;
  const stored = await bench.store.waves.get('paris', wave);
  await bench.store.waves.replace(stored, { ...stored, state: 'CANCELLED' });
  await expect(answerWave(bench, reference, 'confirm', customer)).rejects.toThrow('has just been cancelled');
  await finishCancelled(bench, await calendarNow(bench));
  expect((await bookingOf(reference))?.status).toBe('TO_MOVE');
  await finishCancelled(bench, await calendarNow(bench));
  expect((await eventsOf(reference)).filter((type) => type === 'WAVE_CANCELLED')).toHaveLength(1);
});
