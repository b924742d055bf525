import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { declareCondition } from '../../functions/application/declare-condition.ts';
import { lookAfterConditions } from '../../functions/application/look-after-conditions.ts';
import type { RegistryAnswer } from '../../functions/platform/registry.ts';
import { assessed, customer, openTaskBench, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
const asked: string[] = [];
let answers: (siren: string) => RegistryAnswer;
const register = {
  lookUp: async (siren: string) => {
    asked.push(siren);
    return answers(siren);
  },
};
const run = () => lookAfterConditions({ ...bench, register });

beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());
beforeEach(() => {
  asked.length = 0;
  answers = () => ({ status: 'unavailable' });
  bench.clock.set('2026-11-23T08:00:00.000Z');
});

/** Answered while the register is away. */
async function unverified(changes: Parameters<typeof assessed>[1] = {}): Promise<string> {
  bench.registryStatus = 'unavailable';
  const reference = await assessed(bench, changes);
  bench.registryStatus = 'active';
  const { state } = await bench.store.onboardings.now(reference);
  expect(state).toMatchObject({ tier: 'CONDITIONAL' });
  expect(state.conditions).toContain('REGISTRY_UNVERIFIED');
  return reference;
}

async function settle(): Promise<void> {
  answers = () => ({ status: 'active' });
  bench.clock.set('2026-12-31T08:00:00.000Z');
  await run();
}

const now = async (reference: string) => (await bench.store.onboardings.now(reference)).state;
const listed = async (day: string) =>
  (await bench.store.lists.conditionsBy(day, { limit: 100 })).items.map(({ reference }) => reference);

describe('an organisation that the register could not verify', () => {
  it('is verified by a later answer, which clears the condition by itself', async () => {
    const reference = await unverified();
    await run();
    expect(asked, 'it was asked that day already').toEqual([]);
    answers = () => ({ status: 'active', facts: { legalName: 'Organisme' } });
    bench.clock.set('2026-11-24T08:00:00.000Z');
    await run();
    expect(await now(reference)).toMatchObject({ tier: 'READY', conditions: [] });
    expect((await bench.store.dossiers.intake(reference)).registry).toMatchObject({ status: 'active' });
    expect((await bench.store.dossiers.result(reference))?.changed).toEqual({
      on: '2026-11-24',
      by: 'registry',
    });
    expect((await bench.store.onboardings.events(reference)).at(-1)).toMatchObject({
      type: 'CONDITION_CLEARED',
      actor: { kind: 'system', id: 'registry' },
      data: { condition: 'REGISTRY_UNVERIFIED', registryStatus: 'active', tierAfter: 'READY' },
    });
    expect(await listed('2030-01-01')).not.toContain(reference);
    await run();
    expect(asked).toHaveLength(1);
  });

  it('is asked about once a day, also when another change came meanwhile', async () => {
    const reference = await unverified({ A5: 'unknown' });
    bench.clock.set('2026-11-24T08:00:00.000Z');
    await run();
    await declareCondition(bench, reference, 'CLARIFICATION_NEEDED', { A5: 'out_of_scope' }, customer);
    bench.clock.set('2026-11-24T18:00:00.000Z');
    await run();
    expect(asked).toHaveLength(1);
    expect(await listed('2026-11-24')).not.toContain(reference);
    bench.clock.set('2026-11-25T08:00:00.000Z');
    await run();
    expect(asked).toHaveLength(2);
    await settle();
    expect((await now(reference)).conditions).toEqual([]);
  });

  it('is reminded about as before, to the account owner', async () => {
    const reference = await unverified();
    bench.clock.set('2026-11-26T08:00:00.000Z');
    await run();
    const events = (await bench.store.onboardings.events(reference)).map(({ type }) => type);
    expect(events.filter((type) => type === 'CONDITION_REMINDED')).toHaveLength(1);
    await settle();
  });

  it.each(['ceased', 'not_found'] as const)('is reviewed when the register says %s', async (status) => {
    const reference = await unverified();
    answers = () => ({ status });
    bench.clock.set('2026-11-24T08:00:00.000Z');
    await run();
    expect(await now(reference)).toMatchObject({
      stage: 'IN_REVIEW',
      reviewKind: 'readiness',
      eligibility: 'MANUAL_REVIEW',
      conditions: [],
    });
    expect((await bench.store.onboardings.events(reference)).at(-1)?.data).toMatchObject({
      registryStatus: status,
      review: 'readiness',
    });
  });
});

it('stops at the first look-up without an answer, and goes on with the others in the next run', async () => {
  const references = [await unverified(), await unverified(), await unverified()];
  bench.clock.set('2026-11-24T08:00:00.000Z');
  await run();
  expect(asked).toHaveLength(1);
  await run();
  await run();
  expect(new Set(asked).size, 'each once').toBe(3);
  await run();
  expect(asked).toHaveLength(3);
  await settle();
  for (const reference of references) expect((await now(reference)).tier).toBe('READY');
});

it('goes on after facts without a state, which say nothing of the register', async () => {
  await unverified();
  await unverified();
  answers = () => ({ status: 'unavailable', facts: { legalName: 'Organisme' } });
  bench.clock.set('2026-11-24T08:00:00.000Z');
  await run();
  expect(asked).toHaveLength(2);
  await settle();
});

it('asks nothing without a register, and reminds all the same', async () => {
  const reference = await unverified();
  bench.clock.set('2026-11-26T08:00:00.000Z');
  await lookAfterConditions(bench);
  expect(asked).toEqual([]);
  expect((await bench.store.onboardings.events(reference)).at(-1)?.type).toBe('CONDITION_REMINDED');
  await settle();
});

it('is done once whatever call of the table the job dies at', async () => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      bench.clock.set('2026-11-23T08:00:00.000Z');
      const reference = await unverified();
      bench.clock.set('2026-11-24T08:00:00.000Z');
      answers = () => ({ status: 'active' });
      died = await bench.dies({ call: calls, when }, run);
      await run();
      const events = await bench.store.onboardings.events(reference);
      expect(await now(reference), `death ${when} call ${calls}`).toMatchObject({
        tier: 'READY',
        conditions: [],
      });
      expect(events.filter(({ type }) => type === 'CONDITION_CLEARED')).toHaveLength(1);
    }
  }
  expect(calls).toBeGreaterThan(6);
});
