import { executionArn } from './arn.ts';
import { createThread, type Execution, listOfChild, noTimer } from './execution.ts';
import type { StoredExecution } from './journal.ts';
import { parseJson } from './json.ts';
import type { Machine } from './machine.ts';
import type { CataloguedMachine } from './machine-catalogue.ts';

/** A Standard execution lives a year: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const longestRun = 365 * 86_400_000;

/** When the run as a whole times out, in milliseconds since 1970. */
export const deadlineOf = (timeoutSeconds: number | undefined, from: number): number =>
  from + Math.min((timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000, longestRun);

/** An execution that has not yet entered a state. */
export function newExecution(
  id: number,
  { machine, stored }: CataloguedMachine,
  { name, input, now }: { name: string; input: string; now: number },
): Execution {
  return {
    id,
    facts: {
      arn: executionArn(machine.name, name),
      name,
      machine: machine.name,
      definition: stored.hash,
      input,
      status: 'RUNNING',
      startDate: now,
      stopDate: null,
      deadline: deadlineOf(machine.timeoutSeconds, now),
      output: null,
      error: null,
      cause: null,
      redriveCount: 0,
      redriveDate: null,
      nextFrame: 1,
    },
    machine,
    input: parseJson(input),
    events: [],
    threads: new Map(),
    unsent: [],
    transitions: 0,
    invocations: 0,
    cancelTimer: noTimer,
    emission: Promise.resolve(),
  };
}

/** An execution as the journal left it, its threads hung below each other again. */
export function restoreExecution(stored: StoredExecution, machine: Machine): Execution {
  const { facts, frames, counts, events, unsent } = stored;
  const execution: Execution = {
    id: stored.x,
    facts,
    machine,
    input: parseJson(facts.input),
    events,
    threads: new Map(),
    unsent,
    transitions: counts[0],
    invocations: counts[1],
    cancelTimer: noTimer,
    emission: Promise.resolve(),
  };
  for (const frame of frames) {
    const parent = frame.parent === null ? undefined : execution.threads.get(frame.parent);
    const list = parent === undefined ? machine : listOfChild(parent, frame.index);
    const thread = createThread(frame, list, parent);
    execution.threads.set(frame.id, thread);
    parent?.children.set(frame.index, thread);
    if (parent !== undefined && frame.phase === 'done') parent.finishedChildren += 1;
    facts.nextFrame = Math.max(facts.nextFrame, frame.id + 1);
  }
  return execution;
}
