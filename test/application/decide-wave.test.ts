import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bookedCustomers } from '../../functions/application/booked-customers.ts';
import { type CustomerDecision, choicesFor, decideWave } from '../../functions/application/decide-wave.ts';
import { addDays } from '../../functions/domain/calendar-date.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { keys } from '../../functions/store/keys.ts';
import { confirmed, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterAll(() => bench.close());

const second = { kind: 'operator', id: 'second@platform.example' } as const;

async function atTheGate(): Promise<string> {
  const reference = await confirmed(bench);
  await bench.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: { to: 'GO_NO_GO', event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: '' } } },
  }));
  return reference;
}

const placeOf = async (reference: string) => (await bench.store.onboardings.now(reference)).booking;

async function decisionFor(
  reference: string,
  choice: CustomerDecision['choice'],
  reason = 'meeting of the wave',
): Promise<CustomerDecision> {
  const { state } = await bench.store.onboardings.now(reference);
  return { reference, choice, reason, seen: state.reviews, seenGo: state.goChanges ?? 0 };
}

async function decidedAs(reference: string): Promise<readonly unknown[]> {
  const events = await bench.store.onboardings.events(reference);
  return events.filter(({ type }) => type === 'GO_NO_GO_DECIDED').map(({ data }) => data?.['decision']);
}

/** Two customers of the first wave that has room for them, and the wave. */
async function two() {
  const references = [await atTheGate(), await atTheGate()] as const;
  const [one, other] = [await placeOf(references[0]), await placeOf(references[1])];
  expect(one?.wave).toBe(other?.wave);
  return { id: one?.wave ?? '', references };
}

it('decides each customer once, wherever it dies, and what is left when it is called again', async () => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    const { id, references } = await two();
    const [one, other] = references;
    const decisions = [await decisionFor(one, 'go'), await decisionFor(other, 'no_go')];
    died = await bench.dies({ call: calls, when: 'after' }, () =>
      decideWave(bench, { id }, decisions, operator),
    );
    await decideWave(bench, { id }, decisions, operator);
    const where = `death after call ${calls}`;
    expect([await decidedAs(one), await decidedAs(other)], where).toEqual([['go'], ['no_go']]);
  }
  expect(calls).toBeGreaterThan(2);
});

it('lets one of two operators decide each customer, and names the others', async () => {
  const { id, references } = await two();
  const goes = await Promise.all(references.map((each) => decisionFor(each, 'go')));
  const stops = await Promise.all(references.map((each) => decisionFor(each, 'no_go', 'not ready')));
  const refused = await Promise.all([
    decideWave(bench, { id }, goes, operator),
    decideWave(bench, { id }, stops, second),
  ]);
  for (const reference of references) expect(await decidedAs(reference)).toHaveLength(1);
  expect(refused.flat()).toHaveLength(references.length);
});

it('decides nothing about a customer that has left the wave, or for an earlier review', async () => {
  const { id, references } = await two();
  const [one, other] = references;
  const elsewhere = await decideWave(bench, { id: 'another' }, [await decisionFor(one, 'go')], operator);
  expect(elsewhere.map(({ text }) => text.fr)).toEqual([
    'Ce client n’a plus de place dans cette vague : il n’y a rien à décider ici.',
  ]);
  const earlier = { ...(await decisionFor(other, 'go')), seen: 7 };
  expect(await decideWave(bench, { id }, [earlier], operator)).toHaveLength(1);
  expect([await decidedAs(one), await decidedAs(other)]).toEqual([[], []]);
});

it('carries out the others when one was decided meanwhile, and names it', async () => {
  const { id, references } = await two();
  const decisions = await Promise.all(references.map((each) => decisionFor(each, 'go')));
  await decideWave(bench, { id }, decisions.slice(0, 1), second);
  const refused = await decideWave(bench, { id }, decisions, operator);
  expect(refused.map(({ reference }) => reference)).toEqual([references[0]]);
  expect(await decidedAs(references[1])).toEqual(['go']);
});

it('names a customer whose result cannot be read, offers no go for it, and decides nothing', async () => {
  const { id, references } = await two();
  const [reference] = references;
  const Key = keys.result(reference);
  await bench.documents.send(
    new UpdateCommand({
      ...{ TableName: bench.tableName, Key },
      UpdateExpression: 'SET cleared = :other',
      ExpressionAttributeValues: { ':other': 'another release' },
    }),
  );
  const { items } = await bookedCustomers(bench, { id }, { limit: 50 });
  const customer = items.find(({ snapshot }) => snapshot.state.reference === reference);
  if (customer === undefined) throw new Error('It is not in the wave');
  expect(choicesFor(customer, bench.clock.now())).toEqual(['no_go']);
  const refused = await decideWave(bench, { id }, [await decisionFor(reference, 'go')], operator);
  expect(refused.map(({ text }) => text.fr)).toEqual([
    expect.stringContaining('enregistré par une autre version du service'),
  ]);
  expect(await decidedAs(reference)).toEqual([]);
});

it('reads a page of a wave with the same requests for one customer as for many', async () => {
  const { id } = await two();
  const cost = async (limit: number) => {
    const { requests } = await bench.costOf(() => bookedCustomers(bench, { id }, { limit }));
    return requests;
  };
  expect(await cost(1)).toBe(await cost(24));
  const { items } = await bookedCustomers(bench, { id }, { limit: 50 });
  expect(items.every(({ booking }) => booking.wave === id)).toBe(true);
});

it('records no go again that was taken back since the form was shown', async () => {
  const reference = await confirmed(bench);
  const { id, cutover } = await placeOf(reference).then((place) => ({
    id: place?.wave ?? '',
    cutover: place?.cutover ?? '',
  }));
  bench.clock.set(`${addDays(cutover, -6)}T08:00:00.000Z`);
  const stale = await decisionFor(reference, 'go');
  expect(await decideWave(bench, { id }, [stale], second)).toEqual([]);
  expect(await decideWave(bench, { id }, [await decisionFor(reference, 'take_back')], second)).toEqual([]);
  expect(await decideWave(bench, { id }, [stale], operator)).toHaveLength(1);
  expect((await bench.store.onboardings.now(reference)).state.goInAdvance).toBeUndefined();
});
