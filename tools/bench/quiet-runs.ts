import { runGates } from '../../functions/application/run-gates.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { createRetention } from '../../functions/jobs/apply-retention/handler.ts';
import { createDispatcher } from '../../functions/jobs/dispatch-outbox/handler.ts';
import { createLimits } from '../../functions/jobs/measure-limits/handler.ts';
import { createMailRelay } from '../../functions/jobs/send-mail/handler.ts';
import { emfMetrics } from '../../functions/platform/metrics.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { createMeter } from './meter.ts';
import { metricsOf } from './metric-lines.ts';

/** The cost of a scheduled function that finds nothing to do. */
export interface QuietRun {
  readonly function: string;
  readonly readUnits: number;
  /** Custom metrics it adds to. */
  readonly metrics: number;
}

/** Calls each scheduled function once, with the sample calendar and no onboarding. */
export async function measureQuietRuns(): Promise<readonly QuietRun[]> {
  const meter = createMeter();
  const lines: string[] = [];
  const runtime = await startRuntime({
    from: new Date('2026-11-23T08:00:00Z'),
    timeScale: 0,
    platform: samplePlatform,
    calendar: sampleCalendar(samplePlatform),
    registryFile: new URL('../../examples/registry.json', import.meta.url).pathname,
    onMetric: (line) => lines.push(line),
    hooks: { onClient: meter.watch },
  });
  const metrics = emfMetrics((line) => lines.push(line), runtime.clock);
  const callLasts = (): number => 60_000;
  const dispatcher = createDispatcher({ ...runtime, metrics, bus: runtime.events });
  const mails = createMailRelay({
    ...runtime,
    mailer: runtime.mailbox,
    mail: {
      publicUrl: 'http://127.0.0.1:3000',
      operators: 'operations@platform.example',
      onCall: 'on-call@platform.example',
    },
  });
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    'dispatch-outbox': () => dispatcher.due(callLasts),
    'send-mail': () => mails.due(callLasts),
    'run-gates': () => runGates(runtime),
    'sweep-waits': runtime.sweep,
    'measure-limits': createLimits({ ...runtime, metrics }),
    'apply-retention': createRetention({ ...runtime, metrics, retentionDays: 365 }),
  };
  try {
    const runs: QuietRun[] = [];
    for (const [name, call] of Object.entries(calls)) {
      const before = meter.total().read;
      lines.length = 0;
      await call();
      runs.push({
        function: name,
        readUnits: meter.total().read - before,
        metrics: new Set(lines.flatMap(metricsOf)).size,
      });
    }
    return runs;
  } finally {
    await runtime.close();
  }
}
