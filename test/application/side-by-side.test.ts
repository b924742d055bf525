import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inBatches } from '../../functions/application/in-batches.ts';

it('acts on every item, never on more than so many at a time', async () => {
  let under = 0;
  let most = 0;
  const done: number[] = [];
  await inBatches([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    under += 1;
    most = Math.max(most, under);
    await turn();
    under -= 1;
    done.push(item);
  });
  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('lets the others of a group end before it tells of one that failed, and begins no group after it', async () => {
  const done: number[] = [];
  const acting = inBatches([1, 2, 3, 4], 2, async (item) => {
    if (item === 1) throw new RangeError('the first fails');
    await turn();
    done.push(item);
  });
  await expect(acting).rejects.toThrow(RangeError);
  expect(done).toEqual([2]);
});
