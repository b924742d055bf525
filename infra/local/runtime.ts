import type { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDb, WrittenKey } from '@onboarding/dynamodb-local';
import type { LocalStepFunctions } from '@onboarding/step-functions-local';
import type { ApplicationDependencies } from '../../functions/application/dependencies.ts';
import type { CustomerIdentity } from '../../functions/domain/onboarding/customer-identity.ts';
import type { Published } from '../../functions/domain/trust/publication.ts';
import { samplePublication } from '../../functions/domain/trust/sample-publication.ts';
import type { RenderDocument } from '../../functions/platform/document-renderer.ts';
import { randomIds } from '../../functions/platform/ids.ts';
import type { Links } from '../../functions/platform/links.ts';
import { jsonLogger, type Logger } from '../../functions/platform/log.ts';
import type { SealKey } from '../../functions/platform/seal-key.ts';
import { logUnreadable } from '../../functions/store/dependencies.ts';
import { type Key, laneOf } from '../../functions/store/keys.ts';
import { checkData } from './check-data.ts';
import { startEngine } from './engine.ts';
import type { EventPage } from './event-page.ts';
import { createJobs, defaultUrl } from './jobs.ts';
import { keptClock } from './kept-clock.ts';
import { localRenderer } from './local-renderer.ts';
import type { Mailbox } from './mailbox.ts';
import type { RegistryStub } from './registry-stub.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { type Schedules, startSchedules, type Upkeep } from './schedules.ts';
import { type Services, startServices, tableName } from './services.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type { RuntimeHooks, RuntimeOptions } from './runtime-options.ts';

/** The whole local system except its pages. */
export interface Runtime extends ApplicationDependencies, Upkeep {
  readonly clock: VirtualClock;
  readonly logger: Logger;
  readonly links: Links;
  readonly sealKey: SealKey;
  readonly renderDocument: RenderDocument;
  readonly mailbox: Mailbox;
  readonly events: EventPage;
  readonly registry: RegistryStub;
  readonly dynamoDb: DynamoDb;
  readonly stepFunctions: LocalStepFunctions;
  readonly sfn: SFNClient;
  readonly executionArnOf: (reference: string, run: number) => string;
  readonly tableName: string;
  readonly retentionDays: number;
  readonly customerIdentity: CustomerIdentity;
  readonly publication: () => Promise<Published>;
  close(): Promise<void>;
}

/** Entries of an earlier process that are sent at the start; the schedules find any others. */
const mostPending = 10_000;

/** Starts all services on loopback and resumes the unfinished work of an earlier process. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { platform, retentionDays = 365, ids = randomIds } = options;
  if (options.dataFolder !== undefined) checkData(options.dataFolder);
  const { clock, save } = keptClock(options);
  const logger = jsonLogger(options.log ?? (() => undefined));
  let schedules: Schedules | undefined;
  let erased = false;

  await using started = new AsyncDisposableStack();
  started.defer(() => clock.stop());
  const services = await startServices(
    options,
    clock,
    (written) => {
      save();
      erased ||= written.some(isErasure);
      if (erased) erased = !compacted(services);
      options.hooks?.onWrite?.(written);
      schedules?.tableWritten();
      schedules?.outboxWritten(written.flatMap(reportedKey));
      for (const due of written.flatMap(placeDueOf)) schedules?.placeWritten(due);
    },
    logUnreadable(logger),
  );
  started.defer(() => services.close());
  const { watch, register, ...engine } = await startEngine(options, { ...services, clock, logger, platform });
  started.defer(() => engine.close());
  const { store } = services;
  const commands: ApplicationDependencies = { store, clock, ids, workflow: engine.workflow, platform };
  for (const wave of options.calendar) await store.waves.create(wave);

  const jobs = createJobs(options, { ...services, ...commands, watch, register, logger, retentionDays });
  schedules = startSchedules(clock, jobs.relays, jobs.gates, jobs.upkeep);
  // In AWS the stream keeps its place; here it begins with all that an earlier process left in the outbox.
  schedules.outboxWritten((await store.outbox.pending(mostPending)).map(({ key }) => key));

  const running = started.move();
  return {
    ...services,
    ...engine,
    ...commands,
    ...jobs.upkeep,
    clock,
    logger,
    renderDocument: localRenderer({
      ...commands,
      logger,
      publicUrl: options.publicUrl ?? defaultUrl,
    }),
    tableName,
    retentionDays,
    customerIdentity: options.customerIdentity ?? 'link',
    // One machine keeps no backups and no logs.
    publication: async () => ({ ...samplePublication, retention: { closedOnboardingDays: retentionDays } }),
    close: async () => {
      schedules.stop();
      clock.stop();
      save();
      await running.disposeAsync();
    },
  };
}

/** True if a write finishes or checks an erasure. */
function isErasure({ after }: WrittenKey): boolean {
  const type = after?.['type']?.S;
  return type === 'PERSONAL_DATA_ERASED' || type === 'ERASURE_CHECKED';
}

/** Takes what was erased off the disk; false if the disk is full, and the next write tries again. */
function compacted({ dynamoDb }: Services): boolean {
  try {
    dynamoDb.compact();
    return true;
  } catch {
    return false;
  }
}

/** When something falls due on a place that was written. */
function placeDueOf({ after }: WrittenKey): readonly Date[] {
  const due = after?.['duePk']?.S === 'PLACES' ? after['dueSk']?.S : undefined;
  return due === undefined ? [] : [new Date(due.slice(0, due.indexOf('#')))];
}

/** The key that the table's stream reports for a write to the outbox, by the same rule as its filter in AWS. */
function reportedKey({ key, kind }: WrittenKey): readonly Key[] {
  const [pk, sk] = [key['pk']?.S, key['sk']?.S];
  if (kind === 'delete' || pk === undefined || sk === undefined || laneOf(pk) === undefined) return [];
  return [{ pk, sk }];
}
