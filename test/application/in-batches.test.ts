import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inBatches } from '../../functions/application/in-batches.ts';

it('acts on every item, on no more at once than the size of a batch', async () => {
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

it('finishes the batch of a failed item before it throws, and starts no other batch', async () => {
  const done: number[] = [];
  const acting = inBatches([1, 2, 3, 4], 2, async (item) => {
    if (item === 1) throw new RangeError('the first fails');
    await turn();
    done.push(item);
  });
  await expect(acting).rejects.toThrow(RangeError);
  expect(done).toEqual([2]);
});
