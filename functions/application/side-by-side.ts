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
 * Acts on each item, `atOnce` of them at a time. One that fails keeps no other of its group from its end; the groups
 * after it are not begun.
 *
 * @throws what the first of a group that failed has thrown
 */
export async function sideBySide<T>(
  items: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  async function together(group: readonly T[]): Promise<void> {
    const failed = (await Promise.allSettled(group.map(act))).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < atOnce) continue;
    await together(group);
    group = [];
  }
  await together(group);
}
