import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noCapacity } from '../../functions/domain/waves/capacity.ts';
import type { OutboxMessage } from '../../functions/store/stored-outbox.ts';
import { type TaskName, tasks } from '../../workflows/tasks.ts';
import { firstBrokenEvent } from '../support/history.ts';
import { type Death, newToken, openTaskBench, type TaskBench } from './bench.ts';
import { type Case, cases } from './cases.ts';

let bench: TaskBench;
const references: string[] = [];

beforeAll(async () => {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-04-06', '2027-05-04']) await bench.addWave(day);
  const capacity = { ...noCapacity, customers: 500 };
  await bench.addWave('2027-01-11', { id: 'prep-paris-2027-01-11', kind: 'PREPARATION', capacity });
});
beforeEach(() => bench.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => bench.close());

/** Empties the outbox and returns the messages of an onboarding. */
async function takeMessages(reference: string): Promise<readonly OutboxMessage[]> {
  const pending = await bench.store.outbox.pending(50);
  for (const entry of pending) await bench.store.outbox.done(entry);
  return pending.filter((entry) => entry.reference === reference).flatMap(({ messages }) => messages);
}

/** Everything a task may have changed, without what tells one onboarding from the other. */
async function outcomeOf(reference: string, token: string | undefined) {
  const { state, wait, booking, preparation } = await bench.store.onboardings.now(reference);
  const { reference: _, siren, name, eventHash, requestedAt, ...rest } = state;
  const { token: kept, otherToken: _other, pendingCompletion, ...open } = wait ?? {};
  const events = await bench.store.onboardings.events(reference);
  expect(firstBrokenEvent(events)).toBeUndefined();
  const listed = (await bench.store.waitingList.page({ limit: 500 })).items.filter(
    (each) => each.reference === reference,
  );
  return {
    ...{ state: rest, open, booking, preparation, pendingCompletion: pendingCompletion?.decision },
    tokenIsTheLast: token === undefined || kept === token || bench.completed.has(token),
    events: events.map(({ type, before, after }) => `${type} ${before}>${after}`),
    messages: (await takeMessages(reference)).map((message) => JSON.stringify(message).replaceAll(siren, '')),
    ranks: listed.map(({ rank }) => rank),
    active: (await bench.store.starts.active(siren)) === reference,
    woken: token === undefined ? undefined : bench.completed.get(token),
  };
}

async function ready({ prepare, input, waits }: Case) {
  bench.clock.set('2026-11-23T08:00:00.000Z');
  const reference = await prepare(bench);
  references.push(reference);
  await takeMessages(reference);
  const inputWith = (token: string | undefined) => ({
    ...{ reference, run: 1, ...input },
    ...(token === undefined ? {} : { token }),
  });
  const token = waits === true ? newToken() : undefined;
  return { reference, inputWith, token };
}

async function undisturbed(each: Case) {
  const { reference, inputWith, token } = await ready(each);
  const answer = await bench.run(each.task, inputWith(token));
  const outcome = await outcomeOf(reference, token);
  expect(outcome.state.stage).toBe(each.stage);
  return { answer, outcome };
}

it('covers every task', () => {
  const names: TaskName[] = cases.map(({ task }) => task);
  expect(Object.keys(tasks).filter((name) => !names.some((known) => known === name))).toEqual([]);
});

describe.each(cases)('$task that $name', (each) => {
  it('has the same result when called twice, in sequence or at once', async () => {
    const wanted = await undisturbed(each);
    const twice = await ready(each);
    await bench.run(each.task, twice.inputWith(twice.token));
    expect(await bench.run(each.task, twice.inputWith(twice.token))).toEqual(wanted.answer);
    expect(await outcomeOf(twice.reference, twice.token)).toEqual(wanted.outcome);

    const atOnce = await ready(each);
    const answers = await Promise.all([1, 2].map(() => bench.run(each.task, atOnce.inputWith(atOnce.token))));
    expect(answers).toEqual([wanted.answer, wanted.answer]);
    expect(await outcomeOf(atOnce.reference, atOnce.token)).toEqual(wanted.outcome);
  });

  it('has the same result when it crashes at any call of the table and is called again', async () => {
    const wanted = await undisturbed(each);
    let calls = 0;
    async function diesAt(death: Death): Promise<boolean> {
      const { reference, inputWith, token } = await ready(each);
      if (!(await bench.dies(death, () => bench.run(each.task, inputWith(token))))) return false;
      // Step Functions calls again with another token.
      const next = token === undefined ? undefined : newToken();
      expect(await bench.run(each.task, inputWith(next))).toEqual(wanted.answer);
      expect(await outcomeOf(reference, next)).toEqual(wanted.outcome);
      return true;
    }
    while (await diesAt({ call: calls + 1, when: 'before' })) calls += 1;
    expect(calls).toBeGreaterThan(0);
    // Its last call is done, its answer never arrives; for every other call that is the next one not being made.
    expect(await diesAt({ call: calls, when: 'after' })).toBe(true);
  });
});

it('leaks no place: the waves count exactly the bookings', async () => {
  const nows = await Promise.all(references.map((reference) => bench.store.onboardings.now(reference)));
  expect(nows.length).toBeGreaterThan(100);
  for (const wave of await bench.store.waves.calendar(['paris', 'sud'])) {
    const booked = nows.flatMap(({ booking }) => (booking?.wave === wave.id ? [booking] : []));
    const seats = nows.filter(({ preparation }) => preparation?.wave === wave.id);
    expect(wave.booked).toEqual({
      customers: booked.length + seats.length,
      points: booked.reduce((sum, { points }) => sum + points, 0),
      complex: booked.reduce((sum, { complex }) => sum + complex, 0),
    });
  }
});
