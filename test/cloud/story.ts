import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { inject } from 'vitest';
import { secretiveAnswers, secretiveIntake } from '../support/canaries.ts';
import { act, start, until } from './deployed.ts';
import { sirens } from './registry-file.ts';

/** What the people of the trial do, in words; and what Step Functions says about it. */

const { language: _, owner: __, team: ___, ...intake } = secretiveIntake;
let used = 0;

/** A prospect nobody has spoken of yet. @returns its reference */
export function prospect(): Promise<string> {
  const siren = sirens[used] ?? '';
  used += 1;
  return start({ ...intake, siren });
}

export async function invited(): Promise<string> {
  const reference = await prospect();
  await until(reference, 'INVITED');
  return reference;
}

export function answer(reference: string) {
  return act('POST', `/api/onboardings/${reference}/answers`, secretiveAnswers);
}

/** The site's first wave, which has to be a pilot; too small for the customers of this trial. */
export function addPilot(cutover: string) {
  const capacity = { customers: 1, points: 1, complex: 0 };
  return act('POST', '/api/waves', { site: 'paris', kind: 'PILOT', state: 'PLANNED', cutover, capacity });
}

/** A wave in Paris with so many places, and room for anybody otherwise. */
export function addWave(cutover: string, customers: number) {
  const capacity = { customers, points: 10_000, complex: 100 };
  // Far more than half as large again as the pilot before it.
  const growthReason = 'a trial of room';
  return act('POST', '/api/waves', { site: 'paris', kind: 'MIGRATION', cutover, capacity, growthReason });
}

export async function stepFunctions<T>(use: (client: SFNClient) => Promise<T>): Promise<T> {
  const client = new SFNClient({});
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

function executionArn(reference: string, run = 1): string {
  const machine = inject('cloud').outputs.StateMachineArn;
  return `${machine.replace(':stateMachine:', ':execution:')}:${reference}-${run}`;
}

/** How a run of an onboarding stands, and what it gave: the first unless told otherwise. */
export function runOf(reference: string, run?: number) {
  return stepFunctions(async (client) => {
    const { status, output } = await client.send(
      new DescribeExecutionCommand({ executionArn: executionArn(reference, run) }),
    );
    return { status, output: output === undefined ? undefined : JSON.parse(output) };
  });
}

/** Stops the first run, as only people do. */
export function stop(reference: string) {
  return stepFunctions((client) =>
    client.send(new StopExecutionCommand({ executionArn: executionArn(reference) })),
  );
}

/** The end of a run, which goes on for a moment after the onboarding has come to its end. */
export async function endOf(reference: string, run?: number) {
  for (;;) {
    const seen = await runOf(reference, run);
    if (seen.status !== 'RUNNING') return seen;
    await pause(200);
  }
}

/** Names of the states that a run has entered, in their order. */
export async function statesOf(reference: string, run?: number): Promise<readonly string[]> {
  const events = await historyOf(executionArn(reference, run));
  return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
}

export function historyOf(arn: string) {
  return stepFunctions(async (client) => {
    const { events = [] } = await client.send(
      new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1_000 }),
    );
    return events;
  });
}

/** The definition that new runs follow. */
export function definition() {
  return stepFunctions(async (client) => {
    const { definition: found } = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn: inject('cloud').outputs.StateMachineArn }),
    );
    return found;
  });
}

/** Every execution of the workflow. */
export function executions() {
  return stepFunctions(async (client) => {
    const { executions: found = [] } = await client.send(
      new ListExecutionsCommand({
        stateMachineArn: inject('cloud').outputs.StateMachineArn,
        maxResults: 1_000,
      }),
    );
    return found.flatMap(({ executionArn: arn }) => arn ?? []);
  });
}
