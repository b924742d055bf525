import type { Retrier } from './definition-schema.ts';
import type { Json } from './json.ts';
import type { Path } from './path.ts';
import type { EvaluationContext, Expression } from './template.ts';

export interface Machine {
  readonly name: string;
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  readonly timeoutSeconds: number | undefined;
}

/** `undefined` replaces the state's input with the result, `null` drops the result. */
export type ResultPath = Path | null | undefined;

export interface Catcher {
  readonly names: readonly string[];
  readonly next: string;
  readonly resultPath: ResultPath;
}

export interface Choice {
  readonly test: (evaluation: EvaluationContext) => boolean;
  readonly next: string;
}

/** `next` is `undefined` in a state that ends the run or chooses for itself. */
export type State = { readonly next: string | undefined } & (
  | {
      readonly type: 'Task';
      /** Goes on when its task token is completed, not when its function answers. */
      readonly waitsForToken: boolean;
      readonly parameters: Expression;
      readonly resultSelector: Expression | undefined;
      readonly resultPath: ResultPath;
      readonly timeoutSeconds: number | undefined;
      readonly heartbeatSeconds: number | undefined;
      readonly retry: readonly Retrier[];
      readonly catchers: readonly Catcher[];
    }
  | {
      readonly type: 'Pass';
      readonly parameters: Expression | undefined;
      readonly result: Json | undefined;
      readonly resultPath: ResultPath;
    }
  | {
      readonly type: 'Choice';
      readonly choices: readonly Choice[];
      readonly otherwise: string | undefined;
    }
  | { readonly type: 'Succeed'; readonly outputPath: Path | undefined }
  | { readonly type: 'Fail'; readonly error: string | undefined; readonly cause: string | undefined }
);

export type StateOf<T extends State['type']> = Extract<State, { type: T }>;
