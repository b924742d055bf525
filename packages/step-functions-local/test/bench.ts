import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { machineArn } from '../src/arn.ts';
import type { Edge } from '../src/engine-options.ts';
import type { StatusChange } from '../src/execution.ts';
import {
  type LocalStepFunctions,
  type StepFunctionsOptions,
  startStepFunctions,
} from '../src/start-step-functions.ts';
import { createClock, type ManualClock } from './manual-clock.ts';

export const start = new Date('2026-11-23T08:00:00Z');

export const clientOf = (endpoint: string): SFNClient =>
  new SFNClient({
    endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

type Invoke = StepFunctionsOptions['invoke'];

export interface Bench extends AsyncDisposable {
  readonly clock: ManualClock;
  readonly server: LocalStepFunctions;
  readonly client: SFNClient;
  readonly edges: Edge[];
  readonly entered: string[];
  readonly changes: StatusChange[];
  /** Starts an execution and waits until nothing moves; gives its ARN. */
  start(input?: unknown, options?: { machine?: string; name?: string }): Promise<string>;
  describe(arn: string): Promise<DescribeExecutionCommandOutput>;
  history(arn: string): Promise<HistoryEvent[]>;
}

/** A server with one machine called `machine` (and others), on a clock that stands still. */
export async function openBench(
  definition: unknown,
  invoke: Invoke = async () => ({}),
  rest: Partial<StepFunctionsOptions> & { readonly clock?: ManualClock } = {},
): Promise<Bench> {
  const clock = rest.clock ?? createClock({ start, timeScale: 0 });
  const edges: Edge[] = [];
  const entered: string[] = [];
  const changes: StatusChange[] = [];
  const server = await startStepFunctions({
    invoke,
    onEdge: (edge) => void edges.push(edge),
    onStateEntered: (_, state) => void entered.push(state),
    onStatusChange: (change) => void changes.push(change),
    ...rest,
    clock,
    definitions: { machine: definition, ...rest.definitions },
  });
  const client = clientOf(server.endpoint);
  return {
    clock,
    server,
    client,
    edges,
    entered,
    changes,
    async start(input = {}, { machine = 'machine', name } = {}) {
      const command = new StartExecutionCommand({
        stateMachineArn: machineArn(machine),
        input: JSON.stringify(input),
        name,
      });
      const { executionArn = '' } = await client.send(command);
      await clock.settled();
      return executionArn;
    },
    describe: (executionArn) => client.send(new DescribeExecutionCommand({ executionArn })),
    async history(executionArn) {
      const { events = [] } = await client.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
      );
      return events;
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await server.close();
      clock.stop();
    },
  };
}

export const invokeTask = (rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'work', 'Payload.$': '$' },
  End: true,
  ...rest,
});

export const tokenTask = (rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } },
  TimeoutSeconds: 3_000_000,
  End: true,
  ...rest,
});

export class NamedError extends Error {
  override readonly name: string;

  constructor(name: string, message = '') {
    super(message);
    this.name = name;
  }
}

/** The token inside a payload of `tokenTask`. */
export function tokenOf(payload: unknown): string {
  if (
    typeof payload === 'object' &&
    payload !== null &&
    'token' in payload &&
    typeof payload.token === 'string'
  ) {
    return payload.token;
  }
  throw new Error('This payload holds no token');
}

/** An `invoke` that keeps the tokens it is given, and answers what a function would. */
export function collectTokens(): { tokens: string[]; invoke: Invoke } {
  const tokens: string[] = [];
  return {
    tokens,
    invoke: async (_, payload) => {
      tokens.push(tokenOf(payload));
      return {};
    },
  };
}
