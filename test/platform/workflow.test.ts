import {
  ExecutionAlreadyExists,
  InvalidToken,
  SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { executionName } from '../../functions/domain/onboarding/execution-name.ts';
import { createWorkflow } from '../../functions/platform/workflow.ts';

const arn = 'arn:aws:states:eu-west-3:000000000000:stateMachine:onboarding';

/** A client that sends nothing: each call is kept, and fails when told to. */
function workflowFailingWith(error?: Error) {
  const calls: { name: string; input: unknown }[] = [];
  const client = new SFNClient({
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      calls.push({ name: String(context.commandName), input: args.input });
      if (error !== undefined) throw error;
      return { output: { $metadata: {} }, response: {} };
    },
    { step: 'initialize', priority: 'high' },
  );
  return { workflow: createWorkflow(client, arn), calls };
}

const said = { $metadata: {}, message: 'said by the service' };
const late = [new TaskTimedOut(said), new TaskDoesNotExist(said), new InvalidToken(said)];

describe('the workflow client', () => {
  it.each(late)('treats a late callback ($name) as no error', async (error) => {
    const { workflow } = workflowFailingWith(error);
    expect(await workflow.complete('a token', 'ANSWERED')).toBe(false);
    expect(await workflow.heartbeat('a token')).toBe(false);
  });

  it('rethrows any other error', async () => {
    const { workflow } = workflowFailingWith(new Error('no network'));
    await expect(workflow.complete('a token', 'ANSWERED')).rejects.toThrow('no network');
    await expect(workflow.heartbeat('a token')).rejects.toThrow('no network');
    await expect(workflow.start('REF', 1, 'QUALIFY')).rejects.toThrow('no network');
  });

  it('starts a run once, under its name, with ids and codes only', async () => {
    const again = workflowFailingWith(new ExecutionAlreadyExists(said));
    await again.workflow.start('REF', 2, 'REASSESS');
    const input = z.object({ name: z.string(), input: z.string(), stateMachineArn: z.string() });
    const sent = input.parse(again.calls[0]?.input);
    expect(sent).toMatchObject({ name: executionName('REF', 2), stateMachineArn: arn });
    expect(JSON.parse(sent.input)).toEqual({ reference: 'REF', run: 2, resumeAt: 'REASSESS' });
  });

  it('completes a wait with an outcome code only', async () => {
    const { workflow, calls } = workflowFailingWith();
    expect(await workflow.complete('a token', 'ANSWERED')).toBe(true);
    expect(await workflow.heartbeat('a token')).toBe(true);
    expect(calls).toEqual([
      {
        name: 'SendTaskSuccessCommand',
        input: { taskToken: 'a token', output: '{"outcome":"ANSWERED"}' },
      },
      { name: 'SendTaskHeartbeatCommand', input: { taskToken: 'a token' } },
    ]);
  });
});
