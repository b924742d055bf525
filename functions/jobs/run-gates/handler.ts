import type { ApplicationDependencies } from '../../application/dependencies.ts';
import { type GatesRun, runGates } from '../../application/run-gates.ts';
import { platformFromEnvironment } from '../../platform/environment.ts';
import { randomIds } from '../../platform/ids.ts';
import { workflowFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';

let dependencies: ApplicationDependencies | undefined;

/** In AWS: called by schedules at each hour of the go/no-go, Europe/Paris. */
export async function handler(): Promise<GatesRun> {
  dependencies ??= {
    ...storeFromEnvironment(),
    ids: randomIds,
    workflow: workflowFromEnvironment(),
    platform: platformFromEnvironment(),
  };
  return runGates(dependencies);
}
