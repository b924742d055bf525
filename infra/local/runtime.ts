import type { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDb, WrittenKey } from '@onboarding/dynamodb-local';
import type { LocalStepFunctions } from '@onboarding/step-functions-local';
import type { ApplicationDependencies } from '../../functions/application/dependencies.ts';
import { randomIds } from '../../functions/platform/ids.ts';
import type { Links } from '../../functions/platform/links.ts';
import { jsonLogger, type Logger } from '../../functions/platform/log.ts';
import { startEngine } from './engine.ts';
import type { EventPage } from './event-page.ts';
import { createJobs } from './jobs.ts';
import { keptClock } from './kept-clock.ts';
import type { Mailbox } from './mailbox.ts';
import type { RegistryStub } from './registry-stub.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { type Schedules, startSchedules, type Upkeep } from './schedules.ts';
import { startServices, tableName } from './services.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type { RuntimeHooks, RuntimeOptions } from './runtime-options.ts';

/** The whole local system except its pages. */
export interface Runtime extends ApplicationDependencies, Upkeep {
  readonly clock: VirtualClock;
  readonly logger: Logger;
  readonly links: Links;
  readonly mailbox: Mailbox;
  readonly events: EventPage;
  readonly registry: RegistryStub;
  readonly dynamoDb: DynamoDb;
  readonly stepFunctions: LocalStepFunctions;
  readonly sfn: SFNClient;
  readonly executionArnOf: (reference: string, run: number) => string;
  readonly tableName: string;
  readonly retentionDays: number;
  close(): Promise<void>;
}

/** Starts all services on loopback and resumes the unfinished work of an earlier process. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { platform, retentionDays = 365, ids = randomIds } = options;
  const { clock, save } = keptClock(options);
  const logger = jsonLogger(options.log ?? (() => undefined));
  let schedules: Schedules | undefined;

  const services = await startServices(options, clock, (written) => {
    save();
    options.hooks?.onWrite?.(written);
    schedules?.tableWritten();
    if (written.some(isOutboxEntry)) schedules?.outboxWritten();
  });
  const { watch, ...engine } = await startEngine(options, { ...services, clock, logger, platform });
  const { store } = services;
  const commands: ApplicationDependencies = { store, clock, ids, workflow: engine.workflow, platform };
  for (const wave of options.calendar) await store.waves.create(wave);

  const jobs = createJobs(options, { ...services, ...commands, watch, logger, retentionDays });
  schedules = startSchedules(clock, jobs.dispatch, jobs.gates, jobs.upkeep);
  // Sends entries that an earlier process left in the outbox.
  schedules.outboxWritten();

  return {
    ...services,
    ...engine,
    ...commands,
    ...jobs.upkeep,
    clock,
    logger,
    tableName,
    retentionDays,
    close: async () => {
      schedules.stop();
      clock.stop();
      save();
      await engine.close();
      await services.close();
    },
  };
}

/** True if a write adds or changes an entry of the outbox. */
function isOutboxEntry({ key, kind }: WrittenKey): boolean {
  return key['pk']?.S === 'OUTBOX' && kind !== 'delete';
}
