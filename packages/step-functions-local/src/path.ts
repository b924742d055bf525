import { isJsonObject, type Json } from './json.ts';
import { StateError } from './state-error.ts';

export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError';
}

/** A parsed JSONPath that names one field: a reference path of the Amazon States Language without list indices. */
export interface Path {
  readonly text: string;
  /** True when it starts with `$$`. */
  readonly onContext: boolean;
  readonly keys: readonly string[];
}

const shape = /^(\$\$?)((?:\.[\p{L}_][\p{L}\p{N}_-]*)*)$/u;

/** Reads `$`, `$.a.b` and `$$.a.b`; throws `PathSyntaxError` for anything else. */
export function parsePath(text: string): Path {
  const match = shape.exec(text);
  if (match === null) {
    throw new PathSyntaxError(`"${text}" is not supported; write a path of field names such as $.a.b`);
  }
  const [, root, rest = ''] = match;
  return { text, onContext: root === '$$', keys: rest.split('.').slice(1) };
}

const fieldOf = (value: Json | undefined, key: string): Json | undefined =>
  isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** The value at the path; `undefined` when there is none. */
export const readPath = (path: Path, root: Json): Json | undefined =>
  path.keys.reduce<Json | undefined>(fieldOf, root);

/**
 * A copy of `root` with `value` at the path; objects that are missing on the way are made. Throws
 * States.ResultPathMatchFailure when something on the way is neither an object nor absent.
 */
export function writePath(path: Path, root: Json, value: Json): Json {
  return place(path, path.keys, root, value);
}

function place(path: Path, keys: readonly string[], node: Json | undefined, value: Json): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (node !== undefined && !isJsonObject(node)) {
    throw new StateError(
      'States.ResultPathMatchFailure',
      `Unable to apply ReferencePath ${path.text} to input ${JSON.stringify(node)}`,
    );
  }
  return { ...node, [key]: place(path, rest, fieldOf(node, key), value) };
}
