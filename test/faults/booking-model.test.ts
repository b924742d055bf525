import { it } from 'vitest';
import { followModel } from '../application/booking-commands.ts';

const sequences = Number(process.env['MODEL_SEQUENCES'] ?? 300);
/** Another one each time: a failure names it. */
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 2 ** 31);

it(`places, waves and the waiting list follow a model of them in ${sequences} sequences from seed ${seed}`, async () => {
  await followModel({ seed, numRuns: sequences });
});
