import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eraseOnboarding, verifyErasure } from '../../functions/application/erase.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { createRetention, type RetentionRun } from '../../functions/jobs/apply-retention/handler.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import { emfMetrics } from '../../functions/platform/metrics.ts';
import { customer, invited, openTaskBench, operator, submitted, type TaskBench } from '../tasks/bench.ts';

const links = keyedLinks(new Uint8Array(32));
let bench: TaskBench;
const metrics: string[] = [];
const logged: string[] = [];
let apply: () => Promise<RetentionRun>;

beforeAll(async () => {
  bench = await openTaskBench();
  apply = createRetention({
    ...{ store: bench.store, clock: bench.clock, links, retentionDays: 365 },
    logger: jsonLogger((line) => logged.push(line)),
    metrics: emfMetrics((line) => metrics.push(line), bench.clock),
  });
});
beforeEach(() => bench.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => bench.close());

it('erases an onboarding 365 days after its closing, not a day before, and never an open one', async () => {
  const closed = await submitted(bench);
  const open = await invited(bench);
  await withdraw(bench, closed, 'no need', customer);
  bench.clock.set('2027-11-22T08:00:00.000Z');
  expect(await apply()).toEqual({ erased: 0, checked: 0, failed: 0 });
  expect(await verifyErasure(bench, closed)).toMatchObject({ erased: false });
  bench.clock.set('2027-11-23T09:00:00.000Z');
  expect(await apply()).toEqual({ erased: 1, checked: 0, failed: 0 });
  expect(await verifyErasure(bench, closed)).toMatchObject({ erased: true });
  expect((await bench.store.onboardings.now(open)).state.stage).toBe('INVITED');
  expect((await bench.store.dossiers.intake(open)).contactName).toBe('Ada Martin');
  expect(metrics.join('')).toContain('"Erased":1');
});

it('checks an erasure once more, and then never again', async () => {
  const reference = await submitted(bench);
  await eraseOnboarding({ ...bench, links }, reference, 'asked_by_person', operator);
  await apply();
  expect((await bench.store.onboardings.now(reference)).state.erasure?.checkedAt).toBeUndefined();
  bench.clock.set('2026-11-24T08:00:00.000Z');
  expect(await apply()).toMatchObject({ checked: 1, erased: 0 });
  expect((await bench.store.onboardings.now(reference)).state.erasure?.checkedAt).toBe(
    '2026-11-24T08:00:00.000Z',
  );
  expect(await apply()).toMatchObject({ checked: 0, erased: 0 });
});

it('finishes an erasure that was interrupted', async () => {
  const reference = await submitted(bench);
  await bench.dies({ call: 5, when: 'after' }, () =>
    eraseOnboarding({ ...bench, links }, reference, 'asked_by_person', operator),
  );
  expect((await bench.store.onboardings.now(reference)).state.erasure).toMatchObject({
    reason: 'asked_by_person',
  });
  expect(await verifyErasure(bench, reference)).toMatchObject({ erased: false });
  bench.clock.set('2026-11-25T08:00:00.000Z');
  await apply();
  expect(await verifyErasure(bench, reference)).toMatchObject({ erased: true });
});

it('continues after an onboarding that cannot be erased, and logs it', async () => {
  const [broken, sound] = [await submitted(bench), await submitted(bench)];
  for (const reference of [broken, sound]) await withdraw(bench, reference, 'no need', customer);
  await bench.documents.send(
    new DeleteCommand({ TableName: bench.tableName, Key: { pk: `ONB#${broken}`, sk: 'INTAKE' } }),
  );
  bench.clock.set('2027-12-01T08:00:00.000Z');
  expect(await apply()).toMatchObject({ failed: 1, erased: 1 });
  expect(await verifyErasure(bench, sound)).toMatchObject({ erased: true });
  expect(logged.join('')).toContain(`"code":"erasure_failed"`);
  expect(metrics.at(-1)).toContain('"ErasuresFailed":1');
});
