import { readFileSync } from 'node:fs';
import * as z from 'zod';

const count = z.number().nonnegative();

const results = z.object({
  paths: z.array(
    z.object({
      path: z.string(),
      transitions: count,
      invocations: count,
      writeUnits: count,
      readUnits: count,
      outboxEntries: count,
      mails: count,
      events: count,
      logBytes: count,
      workflowLogBytes: count,
      historyEvents: count,
      metrics: count,
      storedBytes: count,
    }),
  ),
  /** Number of custom metrics that all paths together use. */
  funnelMetrics: count,
  visit: z.object({
    requests: count,
    writeUnits: count,
    readUnits: count,
    responseBytes: count,
    logBytes: count,
  }),
  waitingList: z.array(
    z.object({
      event: z.string(),
      waiting: count,
      offers: count,
      requests: count,
      readUnits: count,
      writeUnits: count,
      cpu: count,
    }),
  ),
  quietRuns: z.array(z.object({ function: z.string(), readUnits: count, metrics: count })),
});

/** The results of the bench that cost and scale depend on. */
export type BenchResults = z.infer<typeof results>;
export type PathCounts = BenchResults['paths'][number];

/** Reads `bench/results.json`, which `npm run bench` writes. */
export function readBenchResults(): BenchResults {
  return results.parse(
    JSON.parse(readFileSync(new URL('../../bench/results.json', import.meta.url), 'utf8')),
  );
}
