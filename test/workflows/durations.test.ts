import { describe, expect, it } from 'vitest';
import {
  longestRunDays,
  placeDays,
  renewalInterval,
  silenceDays,
  taskTimeoutSeconds,
  waitDurations,
} from '../../functions/domain/onboarding/durations.ts';
import { waitKinds } from '../../functions/domain/onboarding/lifecycle.ts';
import { day, second } from '../../functions/domain/time.ts';
import { isTaskName, waitOf } from '../../workflows/tasks.ts';
import { workflow, workflowTasks } from '../support/workflow-file.ts';

const seconds = (days: number): number => (days * day) / second;

/** What the code says of the time-out and the heartbeat of a task's state. */
function expectedOf(functionName: string) {
  if (!isTaskName(functionName)) throw new Error(`There is no task ${functionName}`);
  const wait = waitOf(functionName);
  if (wait === undefined) return { TimeoutSeconds: taskTimeoutSeconds, HeartbeatSeconds: undefined };
  const { renewal, longest } = waitDurations[wait];
  return longest === undefined
    ? { TimeoutSeconds: seconds(renewal), HeartbeatSeconds: undefined }
    : { TimeoutSeconds: seconds(longest), HeartbeatSeconds: seconds(renewal) };
}

describe('The durations of the workflow file', () => {
  it.each(workflowTasks)('equal those of the code in "%s"', (_, state) => {
    const { TimeoutSeconds, HeartbeatSeconds, Parameters } = state;
    expect({ TimeoutSeconds, HeartbeatSeconds }).toEqual(expectedOf(Parameters?.FunctionName ?? ''));
  });

  it('cover every wait', () => {
    const found = workflowTasks.flatMap(([, { Parameters }]) => {
      const name = Parameters?.FunctionName ?? '';
      return isTaskName(name) ? (waitOf(name) ?? []) : [];
    });
    expect([...new Set(found)].toSorted()).toEqual(waitKinds.toSorted());
  });

  it('wait with a token exactly where the contract names a wait', () => {
    for (const [, { Resource = '', Parameters }] of workflowTasks) {
      const name = Parameters?.FunctionName ?? '';
      expect(Resource.endsWith('.waitForTaskToken')).toBe(isTaskName(name) && waitOf(name) !== undefined);
    }
  });

  it('end a run when the code says', () => {
    expect(workflow.TimeoutSeconds).toBe(seconds(longestRunDays));
  });
});

describe('The durations of the code', () => {
  it('let silence end on a renewal of its wait, so that no one is told late', () => {
    expect((silenceDays.answers * day) % renewalInterval('answers')).toBe(0);
    expect((silenceDays.reassessment * day) % renewalInterval('reassessment')).toBe(0);
  });

  it('hold a place for as long as the wait for its confirmation lasts', () => {
    expect(placeDays.held * day).toBe(renewalInterval('confirmation'));
  });
});
