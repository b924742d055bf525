import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { Checkpoint } from '../domain/lifecycle.ts';

/** The workflow engine as the functions use it. Outputs hold outcome codes only. */
export interface Workflow {
  /** Starts a run; starting the same run again changes nothing. */
  start(reference: string, run: number, resumeAt: Checkpoint): Promise<void>;
  /** Ends a wait with an outcome. False when the wait had ended before: never an error to the person who acted. */
  complete(token: string, outcome: string): Promise<boolean>;
  /** Restarts the count towards the heartbeat time-out of a wait. False when the wait had ended before. */
  heartbeat(token: string): Promise<boolean>;
}

/** The wait is over: it timed out, was completed, or its execution has ended. */
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

/** The name of a run's execution; Step Functions refuses a second open one of the same name. */
export function executionName(reference: string, run: number): string {
  return `${reference}-${run}`;
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
