import { findIntrinsic } from './intrinsics.ts';
import { isJsonObject, type Json } from './json.ts';
import { type Path, PathSyntaxError, parsePath, readPath } from './path.ts';
import { runtimeError } from './state-error.ts';

/** What a running state can see: its data and the context object, built only when asked for. */
export interface Sight {
  readonly data: Json;
  readonly context: () => Json;
}

export type Expression = (sight: Sight) => Json;

/** Which `$$` paths may be read here; returns the reason of a refusal. */
export type ContextRule = (path: Path) => string | undefined;

/** Reads what stands at the path, or fails the run with States.Runtime. */
export function readSight(path: Path, sight: Sight): Json {
  const value = findSight(path, sight);
  if (value === undefined) {
    throw runtimeError(
      `The JSONPath '${path.text}' could not be found in the input '${JSON.stringify(sight.data)}'`,
    );
  }
  return value;
}

export const findSight = (path: Path, sight: Sight): Json | undefined =>
  readPath(path, path.onContext ? sight.context() : sight.data);

const tokenShape =
  /\s*(?:(States\.[A-Za-z0-9]+)\s*\(|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)|(true|false|null)\b|(\$[^,()\s]*)|([(),]))/y;

/** Compiles what stands behind a key ending in `.$`: a path, a context path or an intrinsic call. */
export function compileExpression(text: string, rule: ContextRule): Expression {
  if (text.startsWith('$')) return compilePath(text, rule);
  const reader = new ExpressionReader(text, rule);
  const expression = reader.readCall();
  reader.expectEnd();
  return expression;
}

function compilePath(text: string, rule: ContextRule): Expression {
  const path = parsePath(text);
  const refusal = path.onContext ? rule(path) : undefined;
  if (refusal !== undefined) throw new PathSyntaxError(refusal);
  return (sight) => readSight(path, sight);
}

class ExpressionReader {
  readonly #text: string;
  readonly #rule: ContextRule;
  #at = 0;

  constructor(text: string, rule: ContextRule) {
    this.#text = text;
    this.#rule = rule;
  }

  readCall(): Expression {
    const match = this.#next();
    const name = match[1];
    if (name === undefined) throw this.#refuse();
    return this.#readArguments(name);
  }

  expectEnd(): void {
    if (this.#text.slice(this.#at).trim() !== '') throw this.#refuse();
  }

  #refuse(): PathSyntaxError {
    return new PathSyntaxError(`"${this.#text}" is neither a path nor a supported intrinsic call`);
  }

  #next(): RegExpExecArray {
    tokenShape.lastIndex = this.#at;
    const match = tokenShape.exec(this.#text);
    if (match === null) throw this.#refuse();
    this.#at = tokenShape.lastIndex;
    return match;
  }

  #readArguments(name: string): Expression {
    const intrinsic = findIntrinsic(name);
    if (intrinsic === undefined) throw new PathSyntaxError(`unknown intrinsic ${name}`);
    const values: Expression[] = [];
    let match = this.#next();
    while (match[6] !== ')') {
      values.push(this.#readValue(match));
      match = this.#next();
      if (match[6] === ',') match = this.#next();
      else if (match[6] !== ')') throw this.#refuse();
    }
    if (values.length < intrinsic.least || values.length > intrinsic.most) {
      throw new PathSyntaxError(`${name} does not take ${values.length} arguments`);
    }
    return (sight) => intrinsic.apply(values.map((value) => value(sight)));
  }

  #readValue(match: RegExpExecArray): Expression {
    const [, name, text, number, word, path] = match;
    if (name !== undefined) return this.#readArguments(name);
    if (path !== undefined) return compilePath(path, this.#rule);
    const value = literal(text, number, word);
    if (value === undefined) throw this.#refuse();
    return () => value;
  }
}

function literal(text?: string, number?: string, word?: string): Json | undefined {
  // Escaped braces stay escaped: States.Format reads them.
  if (text !== undefined) return text.replaceAll("\\'", "'");
  if (number !== undefined) return Number(number);
  if (word === 'null') return null;
  return word === undefined ? undefined : word === 'true';
}

/** A refusal inside a payload template, by where it stands. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly field: string;

  constructor(field: string, problem: string) {
    super(problem);
    this.field = field;
  }
}

/** Compiles Parameters, ResultSelector or ItemSelector; throws `TemplateError`. */
export function compileTemplate(template: Json, field: string, rule: ContextRule): Expression {
  if (Array.isArray(template)) {
    const items = template.map((item, index) => compileTemplate(item, `${field}[${index}]`, rule));
    return (sight) => items.map((item) => item(sight));
  }
  if (!isJsonObject(template)) return () => template;
  const fields = Object.entries(template).map(([key, value]) => compileField(key, value, field, rule));
  return (sight) => Object.fromEntries(fields.map(([key, value]) => [key, value(sight)]));
}

function compileField(
  key: string,
  value: Json,
  field: string,
  rule: ContextRule,
): readonly [string, Expression] {
  const here = `${field}.${key}`;
  if (!key.endsWith('.$')) return [key, compileTemplate(value, here, rule)];
  if (typeof value !== 'string') throw new TemplateError(here, 'must be a path or an intrinsic call');
  try {
    return [key.slice(0, -2), compileExpression(value, rule)];
  } catch (cause) {
    if (cause instanceof PathSyntaxError) throw new TemplateError(here, cause.message);
    throw cause;
  }
}
