import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { forEachTask, needsOf, type TaskName, tasks, waitOf } from '../../../workflows/tasks.ts';
import { platformFile } from '../function-bundles.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { WorkflowAddress } from './onboarding-workflow.ts';
import { type FunctionDefaults, StandardFunction } from './standard-function.ts';

export interface TaskFunctionsProps {
  readonly defaults: FunctionDefaults;
  readonly table: OnboardingTable;
  readonly workflow: WorkflowAddress;
  readonly linkKey: IKey;
  readonly registry: { readonly url: string; readonly userAgent: string };
}

/** Shorter than the shortest task time-out in the workflow. */
const timeout = Duration.seconds(30);

/** One function for each task of the workflow, bundled from the task's folder. */
export class TaskFunctions extends Construct {
  readonly byTask: Readonly<Record<TaskName, StandardFunction>>;

  constructor(scope: Construct, id: string, props: TaskFunctionsProps) {
    super(scope, id);
    this.byTask = forEachTask((task) => this.make(task, props));
  }

  private make(task: TaskName, props: TaskFunctionsProps): StandardFunction {
    const { defaults, table, workflow, linkKey, registry } = props;
    const taskFunction = new StandardFunction(this, task, {
      defaults,
      folder: tasks[task].folder,
      description: `Task ${task} of the onboarding workflow`,
      memory: 512,
      timeout,
    });
    const needs = new Set(needsOf(task));
    table.grantWrite(taskFunction);
    // A waiting task completes itself when the decision has already been made.
    if (waitOf(task) !== undefined) workflow.grantSendTaskSuccess(taskFunction);
    if (needs.has('platform')) setPlatformFile(taskFunction);
    if (needs.has('links')) grantGenerateMac(taskFunction, linkKey);
    if (needs.has('registry')) {
      setRegistry(taskFunction, registry);
    }
    return taskFunction;
  }
}

/** Points a function to the file with the operator's services, sites and dates. */
export function setPlatformFile(reader: StandardFunction): void {
  reader.setting('PLATFORM_CONFIGURATION', platformFile);
}

/** Points a function to the public register. */
export function setRegistry(
  asker: StandardFunction,
  { url, userAgent }: TaskFunctionsProps['registry'],
): void {
  asker.setting('REGISTRY_URL', url);
  asker.setting('REGISTRY_USER_AGENT', userAgent);
}

/** Lets a function compute personal links, the only use of the key. */
export function grantGenerateMac(grantee: StandardFunction, key: IKey): void {
  grantee.setting('LINK_KEY_ID', key.keyId);
  grantee.allow(['kms:GenerateMac'], [key.keyArn]);
}

/** Folders of all tasks. */
export const taskFolders: readonly string[] = Object.values(tasks).map(({ folder }) => folder);
