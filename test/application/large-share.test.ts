import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { waveOf } from '../store/bench.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { customer, runtimeWith, start } from './bench.ts';

/** Of its 60 points, 54 are kept for large customers: three of 2 points have room beside that. */
const wave = waveOf('2027-05-04', { customers: 40, points: 60, complex: 5 });
let runtime: Runtime;
let number = 0;
beforeEach(async () => {
  number = 0;
  runtime = await runtimeWith({ platform: { ...samplePlatform, largeShare: 90 }, calendar: [wave] });
});
afterEach(() => runtime.close());

async function started(): Promise<string> {
  number += 1;
  const reference = await start(runtime, number);
  await runtime.clock.settled();
  return reference;
}

function submit(reference: string, users = 100): Promise<unknown> {
  const answers = { ...plainAnswers, C2: { usersInScope: users, totalStaff: users + 20 } };
  return submitAnswers(runtime, reference, answers, customer);
}

async function submitted(users = 100): Promise<string> {
  const reference = await started();
  await submit(reference, users);
  await runtime.clock.settled();
  return reference;
}

const now = (reference: string) => runtime.store.onboardings.now(reference);
const stored = () => runtime.store.waves.get(wave.site, wave.id);

it('leaves what is kept to large customers, in whatever order they book', async () => {
  const small = [await submitted(), await submitted(), await submitted(), await submitted()];
  const stages = await Promise.all(small.map(async (each) => (await now(each)).state));
  expect(stages.map(({ stage, cause }) => [stage, cause ?? ''])).toEqual([
    ['WAVE_HELD', ''],
    ['WAVE_HELD', ''],
    ['WAVE_HELD', ''],
    ['WAITING_LIST', 'KEPT_FOR_LARGE'],
  ]);
  const large = await submitted(2_400);
  expect((await now(large)).booking).toMatchObject({ wave: wave.id, points: 25 });
  expect(await stored()).toMatchObject({ small: 6, booked: { customers: 4, points: 31 } });
});

it('gives the small room to as many as it holds, of many who ask at the same moment', async () => {
  const references: string[] = [];
  for (let each = 0; each < 12; each += 1) references.push(await started());
  await Promise.all(references.map((each) => submit(each)));
  await runtime.clock.settled();
  const stages = await Promise.all(references.map(async (each) => (await now(each)).state.stage));
  expect(stages.filter((stage) => stage === 'WAVE_HELD')).toHaveLength(3);
  expect(stages.filter((stage) => stage === 'WAITING_LIST')).toHaveLength(9);
  expect(await stored()).toMatchObject({ small: 6, booked: { customers: 3, points: 6 } });
});

it('offers a place that a small customer gives back to the next small one', async () => {
  const [first, , , waiting] = [await submitted(), await submitted(), await submitted(), await submitted()];
  await answerWave(runtime, first ?? '', 'decline', customer);
  await runtime.clock.settled();
  expect((await now(waiting ?? '')).booking).toMatchObject({ status: 'OFFERED', wave: wave.id });
  expect((await stored()).small).toBe(6);
});

it('offers what was kept 60 days before the cutover, with nothing else to set it off', async () => {
  const references = [await submitted(), await submitted(), await submitted(), await submitted()];
  for (const each of references.slice(0, 3)) await answerWave(runtime, each, 'confirm', customer);
  await runtime.clock.settled();
  const waiting = references[3] ?? '';
  await runtime.clock.jumpTo(new Date('2027-03-04T16:00:00Z'));
  expect((await now(waiting)).booking).toBeUndefined();
  await runtime.clock.jumpTo(new Date('2027-03-05T16:00:00Z'));
  expect((await now(waiting)).booking).toMatchObject({ status: 'OFFERED', wave: wave.id });
  expect((await stored()).small).toBe(8);
});
