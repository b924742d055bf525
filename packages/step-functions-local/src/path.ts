import { isJsonObject, type Json } from './json.ts';
import { StateError } from './state-error.ts';

/** `*` stands for every item of a list or every field of an object. */
type Segment = { readonly key: string } | { readonly index: number } | '*';

export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError';
}

/** A parsed JSONPath of the kind the Amazon States Language calls a path, or a reference path when it names one node. */
export interface Path {
  readonly text: string;
  /** True when it starts with `$$`. */
  readonly onContext: boolean;
  readonly segments: readonly Segment[];
}

const segmentShape = /\.([\p{L}_][\p{L}\p{N}_-]*|\*)|\[(?:(\d+)|(\*)|'([^']*)'|"([^"]*)")\]/uy;

/** Reads `$`, `$.a.b`, `$['a b'][0]`, `$.list[*].id` and the same on `$$`; throws `PathSyntaxError` for anything else. */
export function parsePath(text: string): Path {
  if (!text.startsWith('$')) throw new PathSyntaxError(`"${text}" is not a path`);
  const onContext = text.startsWith('$$');
  const segments: Segment[] = [];
  segmentShape.lastIndex = onContext ? 2 : 1;
  while (segmentShape.lastIndex < text.length) {
    const from = segmentShape.lastIndex;
    const match = segmentShape.exec(text);
    if (match === null) throw new PathSyntaxError(`"${text}" is not supported from "${text.slice(from)}" on`);
    segments.push(readSegment(match));
  }
  return { text, onContext, segments };
}

function readSegment(match: RegExpExecArray): Segment {
  const [, dotted, index, star, single, double] = match;
  if (index !== undefined) return { index: Number(index) };
  if (star !== undefined || dotted === '*') return '*';
  return { key: dotted ?? single ?? double ?? '' };
}

export const isReferencePath = (path: Path): boolean =>
  !path.onContext && path.segments.every((segment) => segment !== '*');

function step(value: Json | undefined, segment: Exclude<Segment, '*'>): Json | undefined {
  if ('index' in segment) return Array.isArray(value) ? value[segment.index] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, segment.key) ? value[segment.key] : undefined;
}

function each(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

/** The value at the path; `undefined` when nothing is there. A path with `*` always gives a list. */
export function readPath(path: Path, root: Json): Json | undefined {
  let many: Json[] | undefined;
  let one: Json | undefined = root;
  for (const segment of path.segments) {
    if (segment === '*') {
      many = (many ?? (one === undefined ? [] : [one])).flatMap(each);
    } else if (many === undefined) {
      one = step(one, segment);
    } else {
      many = many.map((value) => step(value, segment)).filter((value) => value !== undefined);
    }
  }
  return many ?? one;
}

/**
 * A copy of `root` with `value` at the reference path, objects on the way made where they lack.
 * Throws States.ResultPathMatchFailure when something on the way is neither an object nor absent.
 */
export function writePath(path: Path, root: Json, value: Json): Json {
  return place(path, 0, root, value);
}

function place(path: Path, depth: number, node: Json | undefined, value: Json): Json {
  const segment = path.segments[depth];
  if (segment === undefined) return value;
  if (segment !== '*' && 'key' in segment && (node === undefined || isJsonObject(node))) {
    const here = node === undefined ? undefined : step(node, segment);
    return { ...node, [segment.key]: place(path, depth + 1, here, value) };
  }
  if (segment !== '*' && 'index' in segment && Array.isArray(node) && segment.index < node.length) {
    const here = node[segment.index];
    return node.with(segment.index, place(path, depth + 1, here, value));
  }
  throw new StateError(
    'States.ResultPathMatchFailure',
    `Unable to apply ReferencePath ${path.text} to input ${JSON.stringify(node ?? null)}`,
  );
}
