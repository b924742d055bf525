import { SFNClient } from '@aws-sdk/client-sfn';
import {
  executionArn,
  type LocalStepFunctions,
  machineArn,
  startStepFunctions,
} from '@onboarding/step-functions-local';
import type { Context } from 'aws-lambda';
import { executionName } from '../../functions/domain/onboarding/execution-name.ts';
import { createHandler as recordExecutionStatus } from '../../functions/jobs/record-execution-status/handler.ts';
import { createRegistry, type Registry } from '../../functions/platform/registry.ts';
import {
  createExecutionWatch,
  createWorkflow,
  type ExecutionWatch,
  type Workflow,
} from '../../functions/platform/workflow.ts';
import { loadWorkflow } from '../../workflows/load.ts';
import { isTaskName, type TaskName } from '../../workflows/tasks.ts';
import { clientOf, region } from './aws-client.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import type { Services } from './services.ts';
import { createTasks, type TaskDependencies } from './tasks.ts';
import type { VirtualClock } from './virtual-clock.ts';

const machine = 'onboarding';
/** In the local system a function has the name of its task. */
const workflowHere = { functionName: (task: TaskName) => task, partition: 'aws' };

/** Step Functions in this process, with the tasks as its functions. */
export interface Engine {
  readonly stepFunctions: LocalStepFunctions;
  readonly sfn: SFNClient;
  readonly workflow: Workflow;
  readonly watch: ExecutionWatch;
  /** The client of the public register. */
  readonly register: Registry;
  readonly executionArnOf: (reference: string, run: number) => string;
  close(): Promise<void>;
}

interface EngineDependencies
  extends Pick<Services, 'store' | 'links' | 'registry'>,
    Pick<TaskDependencies, 'logger' | 'platform'> {
  readonly clock: VirtualClock;
}

/** Starts the engine on loopback, which resumes the unfinished executions of an earlier process. */
export async function startEngine(
  options: Pick<RuntimeOptions, 'dataFolder' | 'definition' | 'ports' | 'hooks' | 'onJournalFailure'>,
  dependencies: EngineDependencies,
): Promise<Engine> {
  const { dataFolder, definition, ports, hooks } = options;
  // Unfinished executions resume as soon as the engine starts; their calls wait here until the functions are ready.
  const ready = Promise.withResolvers<{
    readonly tasks: ReturnType<typeof createTasks>;
    readonly record: ReturnType<typeof recordExecutionStatus>;
  }>();
  const stepFunctions = await startStepFunctions({
    clock: dependencies.clock,
    definitions: { [machine]: definition ?? loadWorkflow('onboarding.asl.json', workflowHere) },
    journalFile: dataFolder?.file('step-functions.journal'),
    port: ports?.stepFunctions,
    invoke: async (task, payload) => {
      if (!isTaskName(task)) throw new Error(`Unknown task: ${task}`);
      const handler = (await ready.promise).tasks[task];
      await hooks?.beforeTask?.(task, payload);
      const answer = await handler(payload, lambdaContext(task));
      await hooks?.afterTask?.(task, payload);
      return answer;
    },
    onStatusChange: async (change) => {
      const { record } = await ready.promise;
      await record(change, lambdaContext('record-execution-status'));
    },
    onEdge: hooks?.onEdge,
    onJournalFailure: options.onJournalFailure,
  });
  const sfn = new SFNClient(clientOf(stepFunctions));
  const workflow = createWorkflow(sfn, machineArn(machine));
  const watch = createExecutionWatch(sfn, machineArn(machine));
  const register = registryOf(dependencies);
  ready.resolve({
    tasks: createTasks({ ...dependencies, workflow, registry: register }),
    record: recordExecutionStatus({ ...dependencies, watch }),
  });
  return {
    stepFunctions,
    sfn,
    workflow,
    watch,
    register,
    executionArnOf: (reference, run) => executionArn(machine, executionName(reference, run)),
    close: async () => {
      await stepFunctions.close();
      sfn.destroy();
    },
  };
}

function registryOf({ registry, clock, logger }: EngineDependencies): Registry {
  const settings = {
    baseUrl: registry.baseUrl,
    requestsPerSecond: 1_000,
    timeout: 1_000,
    userAgent: 'trusted-cloud-onboarding (local)',
  };
  return createRegistry(settings, clock, logger);
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
