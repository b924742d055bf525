import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { forEachTask, needsOf, type TaskName, tasks, waitOf } from '../../../workflows/tasks.ts';
import { platformFile } from '../function-bundles.ts';
import { type FunctionHouse, HouseFunction } from './house-function.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { WorkflowAddress } from './onboarding-workflow.ts';

export interface TaskFunctionsProps {
  readonly house: FunctionHouse;
  readonly table: OnboardingTable;
  readonly workflow: WorkflowAddress;
  readonly linkKey: IKey;
  readonly registry: { readonly url: string; readonly userAgent: string };
}

/** Longest a task may take: below the shortest time-out of a task in the workflow. */
const timeout = Duration.seconds(30);

/** One function for each task of the workflow, found by its folder. */
export class TaskFunctions extends Construct {
  readonly byTask: Readonly<Record<TaskName, HouseFunction>>;

  constructor(scope: Construct, id: string, props: TaskFunctionsProps) {
    super(scope, id);
    this.byTask = forEachTask((task) => this.make(task, props));
  }

  private make(task: TaskName, props: TaskFunctionsProps): HouseFunction {
    const { house, table, workflow, linkKey, registry } = props;
    const made = new HouseFunction(this, task, {
      house,
      folder: tasks[task].folder,
      description: `Task ${task} of the onboarding workflow`,
      memory: 512,
      timeout,
    });
    const needs = new Set(needsOf(task));
    table.write(made);
    // It ends its own wait when a decision is there already.
    if (waitOf(task) !== undefined) workflow.wake(made);
    if (needs.has('platform')) bindPlatform(made);
    if (needs.has('links')) bindLinks(made, linkKey);
    if (needs.has('registry')) {
      made.setting('REGISTRY_URL', registry.url);
      made.setting('REGISTRY_USER_AGENT', registry.userAgent);
    }
    return made;
  }
}

/** Lets a function read the operator's services, sites and dates. */
export function bindPlatform(reader: HouseFunction): void {
  reader.setting('PLATFORM_CONFIGURATION', platformFile);
}

/** Lets a function make personal links, which is all the key can be used for. */
export function bindLinks(maker: HouseFunction, key: IKey): void {
  maker.setting('LINK_KEY_ID', key.keyId);
  maker.allow(['kms:GenerateMac'], [key.keyArn]);
}

/** Folders of all tasks. */
export const taskFolders: readonly string[] = Object.values(tasks).map(({ folder }) => folder);
