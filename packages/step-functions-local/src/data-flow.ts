import type { Retrier } from './definition-schema.ts';
import type { Execution } from './execution.ts';
import type { Json } from './json.ts';
import type { Catcher, ResultPath, StateOf } from './machine.ts';
import { writePath } from './path.ts';
import { covers, errorOutput, type StateError } from './state-error.ts';
import type { EvaluationContext } from './template.ts';

/** What the present state's paths read: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function evaluationOf({ facts, frame }: Execution): EvaluationContext {
  return {
    data: frame.input,
    context: () => ({
      Execution: { Id: facts.arn, Name: facts.name, StartTime: new Date(facts.startDate).toISOString() },
      Task: { Token: frame.token },
    }),
  };
}

export function placeResult(path: ResultPath, input: Json, result: Json): Json {
  if (path === null) return input;
  return path === undefined ? result : writePath(path, input, result);
}

/** The output of a task: ResultSelector, then ResultPath onto the state's input. */
export function outputOf(state: StateOf<'Task'>, evaluation: EvaluationContext, result: Json): Json {
  const { resultSelector, resultPath } = state;
  const chosen = resultSelector === undefined ? result : resultSelector({ ...evaluation, data: result });
  return placeResult(resultPath, evaluation.data, chosen);
}

const defaultAttempts = 3;

/** The first retrier that covers the error, if it has an attempt left; later ones are not asked. */
export function findRetry(
  state: StateOf<'Task'>,
  used: readonly number[],
  error: StateError,
): { index: number; retrier: Retrier } | undefined {
  const index = state.retry.findIndex(({ ErrorEquals }) => covers(ErrorEquals, error));
  const retrier = state.retry[index];
  if (retrier === undefined || (used[index] ?? 0) >= (retrier.MaxAttempts ?? defaultAttempts))
    return undefined;
  return { index, retrier };
}

/** Milliseconds before the attempt after `used` earlier ones; `random` (0 to 1) spreads it under JitterStrategy FULL. */
export function retryPause(retrier: Retrier, used: number, random: () => number): number {
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used;
  const seconds = Math.min(grown, retrier.MaxDelaySeconds ?? 99_999_999);
  return Math.round(1000 * (retrier.JitterStrategy === 'FULL' ? seconds * random() : seconds));
}

export function findCatch(
  state: StateOf<'Task'>,
  error: StateError,
): { index: number; catcher: Catcher } | undefined {
  const index = state.catchers.findIndex(({ names }) => covers(names, error));
  const catcher = state.catchers[index];
  return catcher === undefined ? undefined : { index, catcher };
}

export const caughtOutput = (catcher: Catcher, input: Json, error: StateError): Json =>
  placeResult(catcher.resultPath, input, errorOutput(error));
