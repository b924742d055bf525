import { unlessUnreadable } from '../store/unreadable.ts';

/**
 * Changes of different onboardings that a job makes at the same time. One after the other it would open 4,000 go/no-go
 * decisions in the time that a job has; more at once would come near what the outbox takes (docs/scale.md).
 */
export const changesAtOnce = 10;

/**
 * The same for changes that send customers back to be placed: each takes room in the same few waves, and transactions
 * on one wave come one after the other.
 */
export const placementsAtOnce = 2;

/**
 * Acts on the items in batches of `size`. A failure does not cancel the rest of its batch; the batches after it are not
 * begun. An item that this release cannot read is no failure: it is left out.
 *
 * @throws what the first item of a batch that failed has thrown
 */
export async function inBatches<T>(
  items: AsyncIterable<T> | Iterable<T>,
  size: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  async function run(batch: readonly T[]): Promise<void> {
    const acts = batch.map((item) => unlessUnreadable(() => act(item)));
    const failed = (await Promise.allSettled(acts)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    await run(batch);
    batch = [];
  }
  await run(batch);
}
