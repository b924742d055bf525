import * as z from 'zod';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration.ts';
import type { Clock } from '../../functions/platform/clock.ts';
import type { Links } from '../../functions/platform/links.ts';
import type { Logger } from '../../functions/platform/log.ts';
import type { Registry } from '../../functions/platform/registry.ts';
import type { TaskHandler } from '../../functions/platform/task.ts';
import type { Workflow } from '../../functions/platform/workflow.ts';
import type { Store } from '../../functions/store/store.ts';
import { forEachTask, type TaskName, tasks } from '../../workflows/tasks.ts';

export interface TaskDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly workflow: Workflow;
  readonly links: Links;
  readonly platform: PlatformConfiguration;
}

const taskModule = z.object({
  createHandler: z.custom<(dependencies: TaskDependencies) => TaskHandler>(
    (value) => typeof value === 'function',
  ),
});

/** All tasks of the workflow, loaded from their folders at the first call with the dependencies of the local system. */
export function createTasks(dependencies: TaskDependencies): Readonly<Record<TaskName, TaskHandler>> {
  return forEachTask((task) => {
    let made: Promise<TaskHandler> | undefined;
    async function make(): Promise<TaskHandler> {
      const file = new URL(`../../functions/tasks/${tasks[task].folder}/handler.ts`, import.meta.url);
      return taskModule.parse(await import(file.href)).createHandler(dependencies);
    }
    return async (payload, context) => {
      made ??= make();
      return (await made)(payload, context);
    };
  });
}
