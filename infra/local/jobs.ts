import type { ApplicationDependencies } from '../../functions/application/dependencies.ts';
import { keepPlaces } from '../../functions/application/keep-places.ts';
import type { Relay } from '../../functions/application/relay-outbox.ts';
import { type GatesRun, runGates } from '../../functions/application/run-gates.ts';
import { createRetention } from '../../functions/jobs/apply-retention/handler.ts';
import { createDispatcher } from '../../functions/jobs/dispatch-outbox/handler.ts';
import { createMailRelay } from '../../functions/jobs/send-mail/handler.ts';
import { createSweeper } from '../../functions/jobs/sweep-waits/handler.ts';
import { errorName, type Logger } from '../../functions/platform/log.ts';
import { emfMetrics } from '../../functions/platform/metrics.ts';
import type { OutboxLane } from '../../functions/store/keys.ts';
import type { Engine } from './engine.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import type { Upkeep } from './schedules.ts';
import type { Services } from './services.ts';

/** What AWS starts by streams and schedules. */
interface Jobs {
  readonly relays: Readonly<Record<OutboxLane, Relay>>;
  readonly gates: () => Promise<GatesRun>;
  readonly upkeep: Upkeep;
}

interface JobDependencies
  extends ApplicationDependencies,
    Pick<Services, 'links' | 'mailbox' | 'events'>,
    Pick<Engine, 'watch' | 'register'> {
  readonly logger: Logger;
  /** Days that personal data is kept after an onboarding was closed. */
  readonly retentionDays: number;
}

/** Does what is due on places, and says when something is due next. */
async function placesOf({ store, clock, logger }: JobDependencies): Promise<Date | undefined> {
  await keepPlaces({ store, clock }, (error, onboardingId) =>
    logger.log('sweep_failed', { onboardingId, kind: 'places', error: errorName(error) }),
  );
  const next = await store.places.nextDue();
  return next === undefined ? undefined : new Date(next);
}

/** Where the pages are unless it is said otherwise. */
export const defaultUrl = 'http://127.0.0.1:3000';

/** Creates the jobs with the services and the addresses of the local system. */
export function createJobs(
  options: Pick<RuntimeOptions, 'timeScale' | 'publicUrl' | 'onMetric'>,
  dependencies: JobDependencies,
): Jobs {
  const { mailbox, events, clock } = dependencies;
  const metrics = emfMetrics(options.onMetric ?? (() => undefined), clock);
  const publicUrl = options.publicUrl ?? defaultUrl;
  return {
    relays: {
      dispatch: createDispatcher({ ...dependencies, metrics, bus: events }),
      mail: createMailRelay({
        ...dependencies,
        mailer: mailbox,
        mail: {
          publicUrl,
          operators: 'operations@platform.example',
          onCall: 'on-call@platform.example',
        },
      }),
    },
    gates: () => runGates(dependencies),
    upkeep: {
      sweep: createSweeper({
        ...dependencies,
        metrics,
        bus: events,
        pages: { executions: 5, onboardings: 50 },
      }),
      places: () => placesOf(dependencies),
      applyRetention: createRetention({ ...dependencies, metrics }),
      timeScale: options.timeScale,
    },
  };
}
