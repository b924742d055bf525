import type { EngineOptions } from './engine-options.ts';
import type { Execution, Status } from './execution.ts';
import type { Json } from './json.ts';
import type { Ledger } from './ledger.ts';
import type { StateOf } from './machine.ts';
import type { StateError } from './state-error.ts';

/** How an execution ends. */
export interface Ending {
  readonly status: Exclude<Status, 'RUNNING'>;
  readonly output?: string;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** What the parts of the engine need of each other; the engine connects them. */
export interface EngineServices {
  readonly options: EngineOptions;
  readonly ledger: Ledger;
  now(): number;
  /** Does one step of an execution and saves it. */
  advance(execution: Execution, work: () => void): void;
  end(execution: Execution, ending: Ending): void;
  /** Calls the function of a task. */
  schedule(execution: Execution, state: StateOf<'Task'>): void;
  /** Sets the one timer of the present state to the earliest of its instants. */
  arm(execution: Execution): void;
  /** Takes timer and token away; an answer still to come is then ignored. */
  release(execution: Execution): void;
  /** Does the work of the present state again, after a pause. */
  perform(execution: Execution): void;
  /** Leaves a task with its result. */
  finish(execution: Execution, result: Json): void;
  /** Leaves a task by its Retry or its Catch, or fails the execution. */
  failState(execution: Execution, error: StateError): void;
  /** Receives a fault that has no caller. */
  report(fault: unknown): void;
}
