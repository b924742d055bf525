import { machineArn } from './arn.ts';
import type { Retrier } from './definition-schema.ts';
import type { Execution, Thread } from './execution.ts';
import type { Json, JsonObject } from './json.ts';
import type { Catcher, State } from './machine.ts';
import { type Path, writePath } from './path.ts';
import { covers, errorOutput, type StateError } from './state-error.ts';
import { readSight, type Sight } from './template.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

/** The context object `$$`: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextOf(execution: Execution, thread: Thread): Json {
  const { facts, input } = execution;
  const { frame } = thread;
  return {
    Execution: {
      Id: facts.arn,
      Input: input,
      Name: facts.name,
      StartTime: iso(facts.startDate),
      RedriveCount: facts.redriveCount,
    },
    State: {
      Name: frame.state,
      EnteredTime: iso(frame.enteredAt),
      RetryCount: frame.retries.reduce((sum, count) => sum + count, 0),
    },
    StateMachine: { Id: machineArn(facts.machine), Name: facts.machine },
    ...(frame.token === null ? {} : { Task: { Token: frame.token } }),
    ...mapContext(thread),
  };
}

function mapContext(thread: Thread): JsonObject {
  for (let at: Thread = thread; at.parent !== undefined; at = at.parent) {
    const { items } = at.parent.frame;
    if (items === null) continue;
    return { Map: { Item: { Index: at.frame.index, Value: items[at.frame.index] ?? null } } };
  }
  return {};
}

export function select(path: Path | null | undefined, sight: Sight): Json {
  if (path === undefined) return sight.data;
  return path === null ? {} : readSight(path, sight);
}

/** What a state works on: InputPath, then Parameters. */
export function effectiveInput(state: State, sight: Sight): Json {
  const selected = select(state.inputPath, sight);
  return state.parameters === undefined ? selected : state.parameters({ ...sight, data: selected });
}

/** What a state gives on: ResultSelector, then ResultPath onto the raw input, then OutputPath. */
export function outputOf(state: State, raw: Sight, result: Json): Json {
  const chosen = state.resultSelector === undefined ? result : state.resultSelector({ ...raw, data: result });
  const placed = placeAt(state.resultPath, raw.data, chosen);
  return select(state.outputPath, { ...raw, data: placed });
}

function placeAt(path: Path | null | undefined, raw: Json, value: Json): Json {
  if (path === null) return raw;
  return path === undefined ? value : writePath(path, raw, value);
}

const defaultAttempts = 3;

/** The first retrier that covers the error, if it still has an attempt left; later ones are not asked. */
export function findRetry(
  state: State,
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

export function findCatch(state: State, error: StateError): { index: number; catcher: Catcher } | undefined {
  const index = state.catchers.findIndex(({ names }) => covers(names, error));
  const catcher = state.catchers[index];
  return catcher === undefined ? undefined : { index, catcher };
}

export const caughtOutput = (catcher: Catcher, raw: Json, error: StateError): Json =>
  placeAt(catcher.resultPath, raw, errorOutput(error));
