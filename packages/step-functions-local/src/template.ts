import { isJsonObject, type Json } from './json.ts';
import { type Path, PathSyntaxError, parsePath, readPath } from './path.ts';
import { runtimeError } from './state-error.ts';

/** What the paths of a running state read: its data, and the context object `$$`, built only when asked for. */
export interface EvaluationContext {
  readonly data: Json;
  readonly context: () => Json;
}

export type Expression = (evaluation: EvaluationContext) => Json;

/** Gives the reason why a path of the context object is refused here. */
export type ContextRule = (path: Path) => string | undefined;

/** A part of a definition that is refused, by its field within the state. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  readonly field: string;

  constructor(field: string, problem: string) {
    super(problem);
    this.field = field;
  }
}

/** Throws `FieldError` for a path that is not supported, or not here. */
export function compilePath(text: string, field: string, rule: ContextRule): Path {
  try {
    const path = parsePath(text);
    const refusal = path.onContext ? rule(path) : undefined;
    if (refusal !== undefined) throw new PathSyntaxError(refusal);
    return path;
  } catch (cause) {
    if (cause instanceof PathSyntaxError) throw new FieldError(field, cause.message);
    throw cause;
  }
}

export const findValue = (path: Path, { data, context }: EvaluationContext): Json | undefined =>
  readPath(path, path.onContext ? context() : data);

/** Reads the value at the path; throws States.Runtime when there is none. */
export function readValue(path: Path, evaluation: EvaluationContext): Json {
  const value = findValue(path, evaluation);
  if (value !== undefined) return value;
  throw runtimeError(
    `The JSONPath '${path.text}' could not be found in the input '${JSON.stringify(evaluation.data)}'`,
  );
}

/** Compiles Parameters or ResultSelector; throws `FieldError`. */
export function compileTemplate(template: Json, field: string, rule: ContextRule): Expression {
  if (Array.isArray(template)) {
    const items = template.map((item, index) => compileTemplate(item, `${field}[${index}]`, rule));
    return (evaluation) => items.map((item) => item(evaluation));
  }
  if (!isJsonObject(template)) return () => template;
  const fields = Object.entries(template).map(([key, value]) => compileField(key, value, field, rule));
  return (evaluation) => Object.fromEntries(fields.map(([key, value]) => [key, value(evaluation)]));
}

function compileField(
  key: string,
  value: Json,
  parent: string,
  rule: ContextRule,
): readonly [string, Expression] {
  const field = `${parent}.${key}`;
  if (!key.endsWith('.$')) return [key, compileTemplate(value, field, rule)];
  if (typeof value !== 'string') throw new FieldError(field, 'must be a path');
  const path = compilePath(value, field, rule);
  return [key.slice(0, -2), (evaluation) => readValue(path, evaluation)];
}
