import * as z from 'zod';
import { openLargeWaves } from '../../test/support/large-waves.ts';
import { fillLists } from '../../test/support/many-onboardings.ts';
import { startTrial } from '../../test/support/trial.ts';

/** A page of a list may cost this much more with many onboardings than with few. */
export const largestListPageRatio = 2;
/** Requests of a page beside those of its session: two queries and one batch. */
export const mostListRequests = 3;
const sizes = { few: 1_000, many: 100_000 } as const;
const rounds = 15;
const perRound = 10;

/** What a list, a count or a search costs with 100,000 onboardings, and with 1,000. */
export const listPageCost = z.object({
  page: z.string(),
  requestsOfFew: z.number(),
  requestsOfMany: z.number(),
  /** CPU time with many, divided by that with few, in one run. */
  ratio: z.number(),
});
export type ListPageCost = z.infer<typeof listPageCost>;

/** Pages by their address; a search sends what it looks for. */
const pages: readonly (readonly [page: string, q?: string])[] = [
  ['/operations'],
  ['/operations?kind=review'],
  ['/operations?kind=failed_run'],
  ['/operations?error=data'],
  ['/operations?assigned=me'],
  ['/operations?assigned=none'],
  ['/operations?kind=stuck'],
  ['/operations?stage=ANSWERING'],
  ['/operations?followed=me'],
  ['/operations/search', 'organisme'],
  ['/operations/search', 'départ'],
  ['/operations/search', '900 000 007'],
  ['/operations/search', 'REF00007@client.example'],
];

async function openWith(size: number) {
  const trial = await startTrial();
  const { bench, operator } = await openLargeWaves(trial);
  await fillLists(bench, size);
  async function ask(page: string, q: string | undefined): Promise<void> {
    const answer = q === undefined ? await operator.get(page) : await operator.post(page, { q });
    if (answer.status !== 200) throw new Error(`${page} answered ${answer.status}`);
    await answer.text();
  }
  const blank = (await bench.costOf(() => ask('/operations/failures', undefined))).requests;
  const form = (await bench.costOf(() => ask('/operations/search', undefined))).requests;
  return {
    /** Requests beside those of the session; a search is sent from a page of its own. */
    requestsOf: async (page: string, q: string | undefined) =>
      (await bench.costOf(() => ask(page, q))).requests - blank - (q === undefined ? 0 : form),
    /** CPU time of one request, in microseconds. */
    cpuOf: async (page: string, q: string | undefined) => {
      const before = process.cpuUsage();
      for (let times = 0; times < perRound; times += 1) await ask(page, q);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / perRound;
    },
    close: () => Promise.all([bench.close(), trial.close()]),
  };
}

/** Measures both sizes in turn, and takes the best round of each: other work on the machine only adds to one. */
export async function measureListPages(): Promise<readonly ListPageCost[]> {
  const [few, many] = [await openWith(sizes.few), await openWith(sizes.many)];
  const found: ListPageCost[] = [];
  for (const [page, q] of pages) {
    const best = { few: Number.POSITIVE_INFINITY, many: Number.POSITIVE_INFINITY };
    for (let round = 0; round < rounds; round += 1) {
      best.few = Math.min(best.few, await few.cpuOf(page, q));
      best.many = Math.min(best.many, await many.cpuOf(page, q));
    }
    found.push({
      page: q === undefined ? page : `${page}: ${q}`,
      requestsOfFew: await few.requestsOf(page, q),
      requestsOfMany: await many.requestsOf(page, q),
      ratio: Math.round((best.many / best.few) * 100) / 100,
    });
  }
  await Promise.all([few.close(), many.close()]);
  return found;
}
