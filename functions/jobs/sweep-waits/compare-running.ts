import type { RunningExecution } from '../../platform/workflow.ts';
import { judgeRunning, subjectOf } from './findings.ts';
import { pageSize, type Sweep, type SweepDependencies } from './sweep.ts';

/** Compares running executions with the stored state of their onboardings. */
export async function compareRunning(
  { store }: Pick<SweepDependencies, 'store'>,
  sweep: Sweep,
  executions: readonly RunningExecution[],
): Promise<void> {
  for (let from = 0; from < executions.length; from += pageSize) {
    const some = executions.slice(from, from + pageSize);
    const references = some.flatMap(({ name }) => subjectOf(name)?.reference ?? []);
    const { onboardings, unreadable } = await store.sweeps.read([...new Set(references)]);
    await sweep.takeUnreadable(unreadable);
    const unknown = new Set(unreadable);
    for (const execution of some) {
      const reference = subjectOf(execution.name)?.reference ?? '';
      if (unknown.has(reference)) continue;
      await sweep.take(judgeRunning(execution, onboardings.get(reference), sweep.now));
    }
  }
}
