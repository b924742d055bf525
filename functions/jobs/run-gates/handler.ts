import type { UpkeepDependencies } from '../../application/ask-registry-again.ts';
import { type GatesRun, runGates } from '../../application/run-gates.ts';
import { platformFromEnvironment, registryFromEnvironment } from '../../platform/environment.ts';
import { randomIds } from '../../platform/ids.ts';
import type { Workflow } from '../../platform/workflow.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';

class WorkflowOutOfReachError extends Error {
  override readonly name = 'WorkflowOutOfReachError';
}

async function refuse(): Promise<never> {
  throw new WorkflowOutOfReachError('Gates start and complete nothing themselves: the outbox does');
}

/** The function has no right to call the workflow, and its client would be a third of its code. */
const workflow: Workflow = { start: refuse, complete: refuse, heartbeat: refuse };

let dependencies: UpkeepDependencies | undefined;

/** In AWS: called by schedules at each hour of the go/no-go, Europe/Paris. */
export async function handler(): Promise<GatesRun> {
  dependencies ??= {
    ...storeFromEnvironment(),
    ids: randomIds,
    workflow,
    platform: platformFromEnvironment(),
    register: registryFromEnvironment(),
  };
  return runGates(dependencies);
}
