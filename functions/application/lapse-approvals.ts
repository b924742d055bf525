import { lapseApproval } from '../domain/onboarding/transitions/approval-lapse.ts';
import type { ApprovalOf } from '../store/approvals.ts';
import { eachPage } from '../store/table.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';

/** Requests read at once, and pages of them in one call: the rest is for the next one. */
const pageSize = 100;
const pagesAtMost = 10;

/** Records the requests that no one agreed to in time. */
export async function lapseApprovals({
  store,
  clock,
}: Pick<ApplicationDependencies, 'store' | 'clock'>): Promise<number> {
  let lapsed = 0;
  const upTo = clock.now().toISOString();
  const pages = eachPage((page) => store.approvals.waiting({ limit: pageSize, upTo, ...page }), {
    most: pagesAtMost,
  });
  for await (const { items } of pages) {
    await inBatches(items, changesAtOnce, async ({ state }: ApprovalOf) => {
      const recorded = await unlessUnreadable(() =>
        changeOnboarding(store, state.reference, (snapshot) => lapseApproval(snapshot, clock.now())),
      );
      if (recorded === true) lapsed += 1;
    });
  }
  return lapsed;
}
