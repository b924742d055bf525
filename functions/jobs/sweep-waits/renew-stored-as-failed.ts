import { pageSize, type SweepDependencies } from './sweep.ts';

/**
 * Rewrites onboardings that an earlier release stored with the stage FAILED, so that the list of their stage has
 * them.
 */
export async function renewStoredAsFailed({
  store,
  pages,
}: Pick<SweepDependencies, 'store' | 'pages'>): Promise<void> {
  for (let page = 0; page < pages.onboardings; page += 1) {
    const { items } = await store.lists.storedAsFailed({ limit: pageSize });
    for (const { reference } of items) await store.onboardings.renew(reference);
    if (items.length === 0) break;
  }
}
