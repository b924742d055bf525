import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  ListExecutionsCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { executionName } from '../domain/onboarding/execution-name.ts';
import type { Checkpoint } from '../domain/onboarding/lifecycle.ts';

/** The workflow engine as used by the functions. Outputs contain only outcome codes. */
export interface Workflow {
  /** Starts a run; starting the same run again has no effect. */
  start(reference: string, run: number, resumeAt: Checkpoint): Promise<void>;
  /** Completes a wait with an outcome. False if the wait had ended already, which is no error for the person who acted. */
  complete(token: string, outcome: string): Promise<boolean>;
  /** Sends a heartbeat for a wait. False if the wait had ended already. */
  heartbeat(token: string): Promise<boolean>;
}

/** An execution as described by Step Functions. */
export interface ExecutionSeen {
  /** RUNNING, PENDING_REDRIVE, SUCCEEDED, FAILED, TIMED_OUT or ABORTED. */
  readonly status: string;
  readonly endedAt?: Date;
  readonly redriveCount: number;
  /** Name of the error of one that failed. */
  readonly error?: string;
}

export interface RunningExecution {
  readonly name: string;
  readonly startedAt?: Date;
}

/** Lists and describes executions, with permissions that tasks do not have. */
export interface ExecutionWatch {
  /** The execution of a run; undefined if Step Functions has none (it deletes executions 90 days after their end). */
  describe(reference: string, run: number): Promise<ExecutionSeen | undefined>;
  /** A page of the running executions. */
  running(limit: number, cursor?: string): Promise<{ items: readonly RunningExecution[]; cursor?: string }>;
}

/** True if the wait is over: timed out, completed, or its execution has ended. */
function isOver(error: unknown): boolean {
  return error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;
}

async function unlessOver(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (isOver(error)) return false;
    throw error;
  }
}

export function createWorkflow(client: SFNClient, stateMachineArn: string): Workflow {
  return {
    start: async (reference, run, resumeAt) => {
      try {
        await client.send(
          new StartExecutionCommand({
            stateMachineArn,
            name: executionName(reference, run),
            input: JSON.stringify({ reference, run, resumeAt }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
    complete: (taskToken, outcome) =>
      unlessOver(() =>
        client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ outcome }) })),
      ),
    heartbeat: (taskToken) => unlessOver(() => client.send(new SendTaskHeartbeatCommand({ taskToken }))),
  };
}

/** Removes the version or alias from a state machine ARN: execution ARNs do not contain it. */
function machineArn(stateMachineArn: string): string {
  return stateMachineArn.split(':').slice(0, 7).join(':');
}

export function createExecutionWatch(client: SFNClient, stateMachineArn: string): ExecutionWatch {
  const machine = machineArn(stateMachineArn);
  const executions = machine.replace(':stateMachine:', ':execution:');
  return {
    describe: async (reference, run) => {
      try {
        const { status, stopDate, redriveCount, error } = await client.send(
          new DescribeExecutionCommand({ executionArn: `${executions}:${executionName(reference, run)}` }),
        );
        return {
          status: status ?? 'UNKNOWN',
          redriveCount: redriveCount ?? 0,
          ...(stopDate === undefined ? {} : { endedAt: stopDate }),
          ...(error === undefined ? {} : { error }),
        };
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
    running: async (limit, cursor) => {
      const { executions: found = [], nextToken } = await client.send(
        new ListExecutionsCommand({
          stateMachineArn: machine,
          statusFilter: 'RUNNING',
          maxResults: limit,
          ...(cursor === undefined ? {} : { nextToken: cursor }),
        }),
      );
      return {
        items: found.map(({ name, startDate }) => ({
          name: name ?? '',
          ...(startDate === undefined ? {} : { startedAt: startDate }),
        })),
        ...(nextToken === undefined ? {} : { cursor: nextToken }),
      };
    },
  };
}
