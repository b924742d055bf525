import { it } from 'vitest';
import { followModel } from './booking-commands.ts';

/** A failure is made as short as possible by `npm run test:faults`, given its seed. */
const sequences = 6;

it(`places, waves and the waiting list follow a model of them in ${sequences} sequences of commands`, async () => {
  await followModel({ seed: 20_261_127, numRuns: sequences, endOnFailure: true });
}, 180_000);
