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
  /** Custom metrics that all paths together add to. */
  funnelMetrics: count,
  visit: z.object({
    requests: count,
    writeUnits: count,
    readUnits: count,
    responseBytes: count,
    logBytes: count,
  }),
  quietRuns: z.array(z.object({ function: z.string(), readUnits: count, metrics: count })),
});

/** What the bench has counted, as far as money and scale depend on it. */
export type BenchResults = z.infer<typeof results>;
export type PathCounts = BenchResults['paths'][number];

/** Reads `bench/results.json`, which `npm run bench` writes. */
export function readBenchResults(): BenchResults {
  return results.parse(
    JSON.parse(readFileSync(new URL('../../bench/results.json', import.meta.url), 'utf8')),
  );
}
