// Plays onboardings to their ends on a data folder, and kills itself at a chosen write.
import { join } from 'node:path';
import * as z from 'zod';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import {
  AlreadyDecidedError,
  CutoverNotYetError,
  NotExpectedNowError,
} from '../../functions/domain/errors.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { decideByTwo } from '../../infra/local/onboard/decide-by-two.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { customer, operator, start } from '../application/bench.ts';
import { writeRegistry } from '../application/registry-file.ts';
import { sirenOf, waveOf } from '../store/bench.ts';
import { plainAnswers } from '../support/sample-answers.ts';

const orders = z
  .object({
    folder: z.string(),
    onboardings: z.number(),
    /** Dies at the n-th write of the table in this process; 0: never. */
    killAtWrite: z.number(),
    /** Dies at the n-th end of a task in this process, before its answer is journalled; 0: never. */
    killAtTask: z.number(),
    dynamoDbPort: z.number().optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const answers = { ...plainAnswers, E1: { earliest: '2027-01-05', reason: 'none' }, E2: [] };
const counts = { write: 0, task: 0 };

function dieAt(occasion: keyof typeof counts, limit: number): void {
  counts[occasion] += 1;
  if (counts[occasion] === limit) process.kill(process.pid, 'SIGKILL');
}

/** Every third customer asks for another date first; the last one says nothing and is given up after 70 days. */
async function act(runtime: Runtime, reference: string, number: number): Promise<void> {
  const { state, booking, wait } = await runtime.store.onboardings.now(reference);
  if (wait?.decision !== undefined && wait.token !== undefined && state.stage !== 'HANDED_OVER') return;
  switch (state.stage) {
    case 'INVITED':
      if (number < orders.onboardings) await submitAnswers(runtime, reference, answers, customer);
      return;
    case 'WAVE_HELD':
      if (booking?.status !== 'HELD') return;
      return answerWave(
        runtime,
        reference,
        number % 3 === 0 && state.anotherDates === 0 ? 'another_date' : 'confirm',
        customer,
      );
    case 'GO_NO_GO':
      return decideByTwo(runtime, reference, { kind: 'go_no_go', decision: 'go', reason: 'ready' }, operator);
    case 'HANDED_OVER':
      return recordCutover(runtime, reference, { result: 'done' }, operator);
    default:
  }
}

/** Somebody else was quicker, or the workflow is not there yet: the next turn looks again. */
async function tryTo(action: Promise<void>): Promise<void> {
  try {
    await action;
  } catch (error) {
    const early = error instanceof NotExpectedNowError || error instanceof CutoverNotYetError;
    if (!early && !(error instanceof AlreadyDecidedError)) throw error;
  }
}

async function play(runtime: Runtime): Promise<void> {
  const numbers = Array.from({ length: orders.onboardings }, (_, index) => index + 1);
  const references = new Map<number, string>();
  for (const number of numbers) references.set(number, await start(runtime, number));
  let lookedAt = -1;
  for (let turn = 0; turn < 2_000; turn += 1) {
    await runtime.clock.settled();
    // Time alone does not give anybody something to do: only a change does.
    if (counts.write === lookedAt) {
      await runtime.clock.jumpToNext();
      continue;
    }
    let open = 0;
    for (const [number, reference] of references) {
      await tryTo(act(runtime, reference, number));
      const { state } = await runtime.store.onboardings.now(reference);
      if (state.stage !== 'CLOSED') open += 1;
    }
    if (open === 0) return;
    lookedAt = counts.write;
    await runtime.clock.settled();
  }
  throw new Error('The onboardings did not end');
}

try {
  const folder = openDataFolder(orders.folder);
  const registryFile = join(orders.folder, 'registry.json');
  writeRegistry(
    registryFile,
    Array.from({ length: orders.onboardings }, (_, index) => sirenOf(index + 1)),
  );
  const capacity = { customers: 8, points: 100, complex: 2 };
  const runtime = await startRuntime({
    dataFolder: folder,
    from: new Date('2026-11-23T08:00:00Z'),
    timeScale: 0,
    platform: samplePlatform,
    calendar: ['2027-01-12', '2027-01-19', '2027-02-02'].map((day) => waveOf(day, capacity)),
    registryFile,
    ...(orders.dynamoDbPort === undefined ? {} : { ports: { dynamoDb: orders.dynamoDbPort } }),
    hooks: {
      onWrite: () => dieAt('write', orders.killAtWrite),
      afterTask: () => dieAt('task', orders.killAtTask),
    },
  });
  await play(runtime);
  await runtime.close();
  folder.close();
  process.stdout.write(`${JSON.stringify(counts)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
