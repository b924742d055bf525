import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { isTaskName, type TaskName } from './tasks.ts';

/** A workflow file names something that does not exist. */
export class WorkflowFileError extends Error {
  override readonly name = 'WorkflowFileError';
}

/** What most tasks try again, for the placeholder `StandardRetry`; the state of a task that differs lists its own. */
const standardRetry = readFileSync(new URL('standard-retry.json', import.meta.url), 'utf8');

interface Placeholders {
  /** What `FunctionName` is to be for a task: a function's ARN in AWS, its folder on one machine. */
  readonly functionName: (task: TaskName) => string;
  /** AWS partition of the resource ARNs: `aws`, `aws-eusc`. */
  readonly partition: string;
}

/**
 * Reads a workflow file and fills in its placeholders: the one definition that is validated, run on one machine and
 * deployed. One that an earlier release began executions with is read from where it is kept.
 *
 * @throws WorkflowFileError when a placeholder is no task.
 */
export function loadWorkflow(
  file: 'onboarding.asl.json' | URL,
  placeholders: Placeholders,
): Record<string, unknown> {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
    .replaceAll(/"\$\{StandardRetry\}"/g, () => standardRetry)
    .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      if (!isTaskName(name))
        throw new WorkflowFileError(`${file} names the task ${name}, which does not exist`);
      return placeholders.functionName(name);
    })
    .replaceAll('arn:aws:', `arn:${placeholders.partition}:`);
  return z.parse(z.record(z.string(), z.unknown()), JSON.parse(text));
}
