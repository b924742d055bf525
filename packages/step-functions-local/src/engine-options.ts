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
  /** Receives the faults that have no caller, such as a journal that cannot be written. */
  readonly report?: ((fault: unknown) => void) | undefined;
  /** Spreads retries under JitterStrategy FULL. */
  readonly random?: (() => number) | undefined;
}
