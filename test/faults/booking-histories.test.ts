import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Counts, noCounts, openHistories } from '../support/booking-histories.ts';
import { openProgress } from './progress.ts';

/** Histories on one table: a new one for each would take longer than the history. */
const inBatch = 100;
const histories = Number(process.env['HISTORIES'] ?? 10_000);
/** Plays one seed alone: the seeds of its batch before it, which leave the customers that it begins with, and itself. */
const seedAlone = process.env['HISTORY_SEED'];
const progressFile =
  process.env['HISTORIES_PROGRESS'] ??
  join(import.meta.dirname, '../../.cache/faults/booking-histories.json');

const total: Counts = { ...noCounts };
afterAll(() => {
  process.stdout.write(`${JSON.stringify(total)}\n`);
});

/** Plays the histories from one seed up to another on a table of their own; gives the faults of each that has any. */
async function play(from: number, to: number): Promise<readonly string[]> {
  const played = await openHistories(total);
  const faults: string[] = [];
  try {
    for (let seed = from; seed <= to; seed += 1) {
      const found = await played.play(seed);
      // Whatever one fault leaves behind is no fault of the seeds after it.
      if (found.length > 0) return found.map((fault) => `HISTORY_SEED=${seed}: ${fault}`);
    }
    faults.push(...(await played.wrong()).map((fault) => `seeds ${from} to ${to}: ${fault}`));
  } finally {
    await played.close();
  }
  return faults;
}

describe.runIf(seedAlone !== undefined)('one history of bookings', () => {
  const seed = Number(seedAlone);
  it(`has an order that explains it, seed ${seed}`, async () => {
    const first = seed - ((seed - 1) % inBatch);
    expect(await play(first, seed)).toEqual([]);
  });
});

describe.runIf(seedAlone === undefined)(
  'histories of bookings by several at once, with deaths and repeats',
  () => {
    const batches = Array.from({ length: Math.ceil(histories / inBatch) }, (_, index) => index);
    const progress = openProgress(progressFile, batches.length);
    afterAll(() => {
      process.stdout.write(`${JSON.stringify(total)}\n`);
    });

    for (const batch of batches) {
      const [from, to] = [batch * inBatch + 1, Math.min(histories, (batch + 1) * inBatch)];
      it.skipIf(progress.passed.has(batch))(`${from} to ${to} have an order that explains them`, async () => {
        expect(await play(from, to)).toEqual([]);
        progress.pass(batch);
      });
    }
  },
);
