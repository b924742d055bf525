import * as z from 'zod';
import { largeWave, openLargeWaves } from '../../test/support/large-waves.ts';
import { startTrial } from '../../test/support/trial.ts';
import { listCustomers } from '../../test/support/waiting-customers.ts';

/** The page that has most to show may cost this much more with many than with few. */
export const largestWavePageRatio = 2;
const sizes = { few: 100, many: 12_000 } as const;
const rounds = 15;
/** Requests of one round: a single one is too short to be measured. */
const perRound = 10;

/** What a page of the waves costs with 12,000 booked or waiting, and with 100. */
export const wavePageCost = z.object({
  page: z.string(),
  requestsOfFew: z.number(),
  requestsOfMany: z.number(),
  /** CPU time with many, divided by that with few, in one run. */
  ratio: z.number(),
});
export type WavePageCost = z.infer<typeof wavePageCost>;

async function openWith(size: number) {
  const trial = await startTrial();
  const { bench, fill, operator } = await openLargeWaves(trial);
  const wave = largeWave('2027-03-09', size);
  await fill(wave, 'WAVE_CONFIRMED');
  await listCustomers(bench, 20_001, 20_000 + size);
  const pages = new Map([
    ['/waves/{id}', `/waves/${wave.id}`],
    ['/waves/{id}/go-no-go', `/waves/${wave.id}/go-no-go`],
    ['/waves', '/waves?view=month&from=2027-02-01&to=2027-06-30'],
    ['/waves/waiting-list', '/waves/waiting-list'],
  ]);
  async function ask(page: string): Promise<void> {
    const answer = await operator.get(pages.get(page) ?? page);
    if (answer.status !== 200) throw new Error(`${page} answered ${answer.status}`);
    await answer.text();
  }
  return {
    pages: [...pages.keys()],
    requestsOf: async (page: string) => (await bench.costOf(() => ask(page))).requests,
    /** CPU time of one request, in microseconds. */
    cpuOf: async (page: string) => {
      const before = process.cpuUsage();
      for (let times = 0; times < perRound; times += 1) await ask(page);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / perRound;
    },
    close: () => Promise.all([bench.close(), trial.close()]),
  };
}

/** Measures both sizes in turn, and takes the best round of each: other work on the machine only adds to one. */
export async function measureWavePages(): Promise<readonly WavePageCost[]> {
  const [few, many] = [await openWith(sizes.few), await openWith(sizes.many)];
  const found: WavePageCost[] = [];
  for (const page of few.pages) {
    const best = { few: Number.POSITIVE_INFINITY, many: Number.POSITIVE_INFINITY };
    for (let round = 0; round < rounds; round += 1) {
      best.few = Math.min(best.few, await few.cpuOf(page));
      best.many = Math.min(best.many, await many.cpuOf(page));
    }
    found.push({
      page,
      requestsOfFew: await few.requestsOf(page),
      requestsOfMany: await many.requestsOf(page),
      ratio: Math.round((best.many / best.few) * 100) / 100,
    });
  }
  await Promise.all([few.close(), many.close()]);
  return found;
}
