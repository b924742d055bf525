import type { Test } from './choice-rules.ts';
import type { Retrier } from './definition-schema.ts';
import type { Json } from './json.ts';
import type { Path } from './path.ts';
import type { Expression } from './template.ts';

export interface StateList {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface Machine extends StateList {
  readonly name: string;
  readonly timeoutSeconds: number | undefined;
}

/** `undefined` means the whole, `null` an empty object. */
export type Selection = Path | null | undefined;

export interface Catcher {
  readonly names: readonly string[];
  readonly next: string;
  readonly resultPath: Path | null | undefined;
}

export interface Base {
  readonly inputPath: Selection;
  readonly outputPath: Selection;
  /** `undefined` ends the list of states. */
  readonly next: string | undefined;
  readonly parameters: Expression | undefined;
  readonly resultSelector: Expression | undefined;
  readonly resultPath: Path | null | undefined;
  readonly retry: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

export type TaskKind = 'lambdaInvoke' | 'lambdaToken' | 'lambdaFunction' | 'startExecution';

export type State = Base &
  (
    | {
        readonly type: 'Task';
        readonly kind: TaskKind;
        readonly resource: string;
        readonly timeoutSeconds: number | undefined;
        readonly heartbeatSeconds: number | undefined;
      }
    | { readonly type: 'Pass'; readonly result: Json | undefined }
    | { readonly type: 'Wait'; readonly until: WaitUntil }
    | {
        readonly type: 'Choice';
        readonly choices: readonly { readonly test: Test; readonly next: string }[];
        readonly otherwise: string | undefined;
      }
    | { readonly type: 'Succeed' }
    | { readonly type: 'Fail'; readonly error: FailText; readonly cause: FailText }
    | { readonly type: 'Parallel'; readonly branches: readonly StateList[] }
    | {
        readonly type: 'Map';
        readonly itemsPath: Path | undefined;
        readonly itemSelector: Expression | undefined;
        readonly maxConcurrency: number;
        readonly processor: StateList;
      }
  );

export type FailText = string | Path | undefined;
export type WaitUntil = { readonly seconds: number | Path } | { readonly timestamp: number | Path };
export type StateOf<T extends State['type']> = Extract<State, { type: T }>;
