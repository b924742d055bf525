import type { Clock } from './clock.ts';
import type { StatusChange } from './execution.ts';

/** A transition that was taken; `via` is `Next`, `Choice[0]`, `Default`, `Catch[0]` or `Retry[0]`. */
export interface Edge {
  readonly machine: string;
  readonly execution: string;
  readonly from: string;
  readonly to: string;
  readonly via: string;
}

export interface EngineOptions {
  readonly clock: Clock;
  /** Calls the function; what it throws reaches `Retry` and `Catch` by the error's `name`. */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  /** Called at least once per change, also across a crash, in order per execution. */
  readonly onStatusChange?: ((change: StatusChange) => void | Promise<void>) | undefined;
  readonly onStateEntered?: ((execution: string, state: string, machine: string) => void) | undefined;
  readonly onEdge?: ((edge: Edge) => void) | undefined;
  /**
   * Called once when the journal cannot be written, before anything that is not in it is answered. What this process
   * holds in memory is then ahead of the journal, and nothing is answered any more: end the process.
   */
  readonly onJournalFailure?: ((failure: Error) => void) | undefined;
  /** Receives the faults that have no caller. */
  readonly report?: ((fault: unknown) => void) | undefined;
  /** Spreads retries under JitterStrategy FULL. */
  readonly random?: (() => number) | undefined;
}
