import { existsSync, readdirSync, readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { loadWorkflow } from '../../workflows/load.ts';
import { tasks } from '../../workflows/tasks.ts';
import { workflow, workflowDefinition, workflowStates, workflowTasks } from '../support/workflow-file.ts';

const functionsFolder = new URL('../../functions/', import.meta.url);

describe('The workflow file', () => {
  test('is valid Amazon States Language', () => {
    const { isValid, errors } = validate(workflowDefinition, { checkPaths: true, checkArn: true });
    expect(errors).toEqual([]);
    expect(isValid).toBe(true);
  });

  test('names tasks that exist, and every task', () => {
    const named = workflowTasks.map(([, { Parameters }]) => Parameters?.FunctionName ?? '');
    expect([...new Set(named)].toSorted()).toEqual(Object.keys(tasks).toSorted());
  });

  test('stands on resources of the partition it is loaded for', () => {
    const text = JSON.stringify(
      loadWorkflow('onboarding.asl.json', { functionName: (task) => task, partition: 'aws-eusc' }),
    );
    expect(text).toContain('arn:aws-eusc:states:::');
    expect(text).not.toContain('arn:aws:');
  });

  test.each(workflowStates)(
    'says what "%s" is for, in a name that reads and a comment',
    (name, { Comment }) => {
      expect(Comment ?? '').toMatch(/^[A-Z].*\.$/);
      expect(name).toMatch(/^[A-Z][a-z]+( [a-z/-]+)*\??$/);
    },
  );

  test.each(workflowTasks)('gives "%s" a name that begins with a verb', (name) => {
    const verbs = [
      'Ask',
      'Assign',
      'Book',
      'Close',
      'Continue',
      'Hand',
      'Invite',
      'Qualify',
      'Schedule',
      'Wait',
    ];
    expect(verbs).toContain(name.split(' ')[0]);
  });

  test.each(workflowTasks)('bounds the time and the tries of "%s"', (_, { TimeoutSeconds, Retry = [] }) => {
    expect(TimeoutSeconds).toBeGreaterThan(0);
    const retried = Retry.filter(({ MaxAttempts }) => MaxAttempts > 0).flatMap(
      ({ ErrorEquals }) => ErrorEquals,
    );
    expect(retried).toContain('Lambda.TooManyRequestsException');
    expect(retried).not.toContain('States.ALL');
    expect(retried).not.toContain('States.Timeout');
  });

  test.each(workflowTasks)('catches named time-outs only in "%s"', (_, { Catch = [], Resource = '' }) => {
    const caught = Catch.flatMap(({ ErrorEquals }) => ErrorEquals);
    const timeouts = ['States.Timeout', 'States.HeartbeatTimeout'];
    expect(caught.filter((name) => !timeouts.includes(name))).toEqual([]);
    // A wait turns when its time is up; anything else that takes too long has failed.
    expect(caught.includes('States.Timeout')).toBe(Resource.endsWith('.waitForTaskToken'));
  });

  test('ends every run within the year that Step Functions allows', () => {
    expect(workflow.TimeoutSeconds).toBe(365 * 86_400);
  });
});

describe('A task of the workflow', () => {
  test.each(Object.entries(tasks))('%s has its own folder with a handler', (_, { folder }) => {
    expect(existsSync(new URL(`tasks/${folder}/handler.ts`, functionsFolder))).toBe(true);
  });

  test('shares its folder with no other, and none stands outside the list', () => {
    const folders: readonly string[] = Object.values(tasks).map(({ folder }) => folder);
    expect(new Set(folders).size).toBe(folders.length);
    const callable = readdirSync(functionsFolder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('/handler.ts'))
      .filter((file) => readFileSync(new URL(file, functionsFolder), 'utf8').includes('createTask('))
      .map((file) => file.replace('tasks/', '').replace('/handler.ts', ''));
    expect(callable.toSorted()).toEqual(folders.toSorted());
  });

  test('is made by the one-machine runtime from its own folder', async () => {
    for (const { folder } of Object.values(tasks)) {
      const made: unknown = await import(new URL(`tasks/${folder}/handler.ts`, functionsFolder).href);
      expect(made).toMatchObject({ createHandler: expect.any(Function), handler: expect.any(Function) });
    }
  });
});
