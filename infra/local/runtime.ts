import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { type DynamoDb, startDynamoDb, type WrittenKey } from '@onboarding/dynamodb-local';
import {
  type Edge,
  executionArn,
  type LocalStepFunctions,
  machineArn,
  startStepFunctions,
} from '@onboarding/step-functions-local';
import type { Context } from 'aws-lambda';
import type { ApplicationDependencies } from '../../functions/application/dependencies.ts';
import { runGates } from '../../functions/application/run-gates.ts';
import { executionName } from '../../functions/domain/onboarding/execution-name.ts';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration.ts';
import type { Wave } from '../../functions/domain/waves/wave.ts';
import { createRetention } from '../../functions/jobs/apply-retention/handler.ts';
import { createDispatcher } from '../../functions/jobs/dispatch-outbox/handler.ts';
import { createHandler as recordExecutionStatus } from '../../functions/jobs/record-execution-status/handler.ts';
import { createSweeper } from '../../functions/jobs/sweep-waits/handler.ts';
import { type Ids, randomIds } from '../../functions/platform/ids.ts';
import { keyedLinks, type Links } from '../../functions/platform/links.ts';
import { jsonLogger, type Logger } from '../../functions/platform/log.ts';
import { emfMetrics } from '../../functions/platform/metrics.ts';
import { createRegistry } from '../../functions/platform/registry.ts';
import { createExecutionWatch, createWorkflow } from '../../functions/platform/workflow.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { createStore } from '../../functions/store/store.ts';
import { loadWorkflow } from '../../workflows/load.ts';
import { isTaskName, type TaskName } from '../../workflows/tasks.ts';
import type { DataFolder } from './data-folder.ts';
import { type EventPage, openEventPage } from './event-page.ts';
import { inProcess } from './in-process-client.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { type RegistryStub, startRegistryStub } from './registry-stub.ts';
import { startSchedules, type Upkeep } from './schedules.ts';
import { createTable } from './table.ts';
import { createTasks } from './tasks.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const tableName = 'onboarding';
const machine = 'onboarding';
const region = 'eu-west-3';
/** In the local system a function has the name of its task. */
const workflowHere = { functionName: (task: TaskName) => task, partition: 'aws' };
/** Credentials that the SDK requires and the local services do not check. */
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export interface RuntimeOptions {
  /** Without it no data outlives the process. */
  readonly dataFolder?: DataFolder;
  /** Start of the clock, unless the data folder contains a later time. */
  readonly from: Date;
  /** Simulated seconds a real second; with 0 the clock moves only by jumps. */
  readonly timeScale: number;
  /** The clock only jumps until `clock.run()` is called. */
  readonly held?: boolean;
  /** The clock runs no farther by itself. */
  readonly until?: Date;
  readonly platform: PlatformConfiguration;
  /** Waves to add to the calendar; existing ones are not changed. */
  readonly calendar: readonly Wave[];
  readonly registryFile: string;
  /** The workflow definition of new runs; default the current file. */
  readonly definition?: Record<string, unknown>;
  readonly publicUrl?: string;
  readonly ports?: { readonly dynamoDb?: number; readonly stepFunctions?: number };
  readonly ids?: Ids;
  readonly log?: (line: string) => void;
  /** Receives metrics, one line each; without it they are dropped. */
  readonly onMetric?: (line: string) => void;
  /** Days that personal data is kept after an onboarding was closed. */
  readonly retentionDays?: number;
  readonly hooks?: RuntimeHooks;
}

/** Hooks for tests and benchmarks. */
export interface RuntimeHooks {
  readonly onWrite?: (written: readonly WrittenKey[]) => void;
  readonly onClient?: (client: DynamoDBClient) => void;
  readonly onEdge?: (edge: Edge) => void;
  /** Called around each task; its exceptions become those of the task. */
  readonly beforeTask?: (task: TaskName, payload: unknown) => void | Promise<void>;
  readonly afterTask?: (task: TaskName, payload: unknown) => void | Promise<void>;
}

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

/** Keeps the clock with the data, so that it never goes back after a restart. */
function keptClock(options: RuntimeOptions) {
  const file = options.dataFolder?.file('clock.json');
  const kept =
    file !== undefined && existsSync(file) ? Date.parse(JSON.parse(readFileSync(file, 'utf8'))) : 0;
  const start = new Date(Math.max(options.from.getTime(), kept));
  const { timeScale, held = false, until } = options;
  const clock = createVirtualClock({
    start,
    timeScale,
    held,
    ...(until === undefined ? {} : { end: until }),
  });
  let saved = 0;
  const save = (): void => {
    const now = clock.now().getTime();
    if (file === undefined || now - saved < 1_000) return;
    saved = now;
    writeFileSync(`${file}.new`, JSON.stringify(new Date(now)));
    renameSync(`${file}.new`, file);
  };
  return {
    // Also keeps a jump over days without writes.
    clock: {
      ...clock,
      jumpTo: async (instant) => {
        await clock.jumpTo(instant);
        save();
      },
      jumpToNext: async () => {
        const reached = await clock.jumpToNext();
        save();
        return reached;
      },
    } satisfies VirtualClock,
    save,
  };
}

/** Creates the key of the personal links once and keeps it in the data folder. */
function linkKey(folder: DataFolder | undefined): Uint8Array {
  const file = folder?.file('link.key');
  if (file === undefined) return randomBytes(32);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}

function lambdaContext(functionName: string): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region}:000000000000:function:${functionName}`,
    memoryLimitInMB: '256',
    awsRequestId: 'local',
    logGroupName: functionName,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => 60_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

/** Starts all services on loopback and resumes the unfinished work of an earlier process. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { dataFolder, platform, hooks } = options;
  const { clock, save } = keptClock(options);
  const logger = jsonLogger(options.log ?? (() => undefined));
  let outboxWritten = (): void => undefined;
  let tableWritten = (): void => undefined;

  const dynamoDb = await startDynamoDb({
    folder: dataFolder?.path,
    port: options.ports?.dynamoDb,
    onWrite: (written) => {
      save();
      hooks?.onWrite?.(written);
      tableWritten();
      if (written.some(({ key, kind }) => key['pk']?.S === 'OUTBOX' && kind !== 'delete')) outboxWritten();
    },
  });
  const client = new DynamoDBClient({
    ...{ endpoint: dynamoDb.endpoint, region, credentials },
    ...inProcess(dynamoDb.answer),
  });
  hooks?.onClient?.(client);
  await createTable(client, tableName);
  const store = createStore(documentClient(client), tableName, clock);

  const registry = await startRegistryStub({ file: options.registryFile });
  const links = keyedLinks(linkKey(dataFolder));
  const mailbox = openMailbox({
    clock,
    from: 'onboarding@platform.example',
    ...(dataFolder === undefined ? {} : { folder: dataFolder.file('mailbox') }),
  });
  const events = openEventPage(dataFolder?.file('events'));

  const record = recordExecutionStatus({ store, clock, logger });
  // Unfinished executions resume as soon as the engine starts; their tasks wait here until the functions are ready.
  const handlers = Promise.withResolvers<ReturnType<typeof createTasks>>();
  const stepFunctions = await startStepFunctions({
    clock,
    definitions: { [machine]: options.definition ?? loadWorkflow('onboarding.asl.json', workflowHere) },
    journalFile: dataFolder?.file('step-functions.journal'),
    port: options.ports?.stepFunctions,
    invoke: async (task, payload) => {
      if (!isTaskName(task)) throw new Error(`Unknown task: ${task}`);
      const handler = (await handlers.promise)[task];
      await hooks?.beforeTask?.(task, payload);
      const answer = await handler(payload, lambdaContext(task));
      await hooks?.afterTask?.(task, payload);
      return answer;
    },
    onStatusChange: async (change) => {
      await record(change, lambdaContext('record-execution-status'));
    },
    onEdge: hooks?.onEdge,
  });
  const sfn = new SFNClient({
    ...{ endpoint: stepFunctions.endpoint, region, credentials },
    ...inProcess(stepFunctions.answer),
  });
  const workflow = createWorkflow(sfn, machineArn(machine));

  handlers.resolve(
    createTasks({
      store,
      clock,
      logger,
      workflow,
      links,
      platform,
      registry: createRegistry(
        {
          baseUrl: registry.baseUrl,
          requestsPerSecond: 1_000,
          timeout: 1_000,
          userAgent: 'trusted-cloud-onboarding (local)',
        },
        clock,
        logger,
      ),
    }),
  );

  const commands: ApplicationDependencies = {
    store,
    clock,
    ids: options.ids ?? randomIds,
    workflow,
    platform,
  };
  for (const wave of options.calendar) await store.waves.create(wave);
  const retentionDays = options.retentionDays ?? 365;
  const metrics = emfMetrics(options.onMetric ?? (() => undefined), clock);
  const upkeep: Upkeep = {
    sweep: createSweeper({
      ...commands,
      logger,
      metrics,
      watch: createExecutionWatch(sfn, machineArn(machine)),
      bus: events,
      pages: { executions: 5, onboardings: 50 },
    }),
    applyRetention: createRetention({
      ...commands,
      logger,
      metrics,
      links,
      retentionDays,
    }),
    timeScale: options.timeScale,
  };
  const schedules = startSchedules(
    clock,
    createDispatcher({
      ...commands,
      logger,
      mailer: mailbox,
      bus: events,
      metrics,
      links,
      mail: {
        publicUrl: options.publicUrl ?? 'http://127.0.0.1:3000',
        operators: 'operations@platform.example',
      },
    }),
    () => runGates(commands),
    upkeep,
  );
  outboxWritten = schedules.outboxWritten;
  tableWritten = schedules.tableWritten;
  // Sends entries that an earlier process left in the outbox.
  outboxWritten();

  return {
    ...commands,
    ...upkeep,
    clock,
    logger,
    links,
    mailbox,
    events,
    registry,
    dynamoDb,
    stepFunctions,
    sfn,
    tableName,
    retentionDays,
    executionArnOf: (reference, run) => executionArn(machine, executionName(reference, run)),
    close: async () => {
      schedules.stop();
      clock.stop();
      save();
      await stepFunctions.close();
      sfn.destroy();
      client.destroy();
      await dynamoDb.close();
      await registry.close();
    },
  };
}
