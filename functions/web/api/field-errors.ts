import type * as z from 'zod/mini';
import type { FieldProblem } from '../../domain/input/field-problem.ts';
import { fieldProblem, type ProblemCode, shownFieldName } from '../../domain/input/problem-texts.ts';
import { isFields, ownValue } from '../../domain/input/read-input.ts';
import { unknownNames } from '../../domain/input/unknown-names.ts';
import type { Text } from '../../domain/text.ts';

/** A problem at one place of a request. */
export interface PlacedProblem {
  /** JSON pointer (RFC 6901) into the body, or `/` and the name of a parameter. */
  readonly pointer: string;
  readonly code: string;
  readonly message: Text;
}

/** Maximum number of problems in one response. */
export const problemsShown = 100;

/** One more shows that there are more than a response has. */
const problemsPlaced = problemsShown + 1;

type Step = string | number;

export function pointerTo(steps: readonly PropertyKey[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Names that the domain uses for the input as a whole when it is not an object. */
const wholes = ['record', 'answers'];

/** Finds a field of an object by its shown name. */
type FindField = (fields: Readonly<Record<string, unknown>>, shown: string) => string | undefined;

/** Goes through an object's names once, and no further than it must, however many are asked for. */
function fieldFinder(): FindField {
  const known = new Map<object, { readonly names: Map<string, string>; readonly left: Iterator<string> }>();
  return (fields, shown) => {
    if (Object.hasOwn(fields, shown)) return shown;
    const seen = known.get(fields) ?? { names: new Map(), left: Object.keys(fields).values() };
    known.set(fields, seen);
    const { names, left } = seen;
    while (!names.has(shown)) {
      const next = left.next();
      if (next.done === true) return undefined;
      const name = shownFieldName(next.value);
      // Of names that look alike the first counts.
      if (!names.has(name)) names.set(name, next.value);
    }
    return names.get(shown);
  };
}

/**
 * The steps to a field named by the domain, such as `E2[1].to`. Field names of the sender may contain dots or brackets,
 * so the input is searched for the whole name first.
 */
function stepsTo(field: string, sent: unknown, find: FindField): readonly Step[] {
  const own = isFields(sent) ? find(sent, field) : undefined;
  if (own !== undefined) return [own];
  const [whole, name, index] = /^\.?([^.[\]]+)|^\[([0-9]+)\]/.exec(field) ?? [];
  if (whole === undefined || (!isFields(sent) && wholes.includes(field))) return [];
  const step = name ?? Number(index);
  const inside = Array.isArray(sent) ? sent[Number(step)] : isFields(sent) && ownValue(sent, String(step));
  return [step, ...stepsTo(field.slice(whole.length).replace(/^\./, ''), inside, find)];
}

/**
 * Adds pointers into the input to problems found by the domain, as many as a response has and one more; `under` is the
 * location of the input in the body.
 */
export function placed(
  problems: readonly FieldProblem[],
  sent: unknown,
  under: readonly Step[] = [],
): readonly PlacedProblem[] {
  const find = fieldFinder();
  return problems.slice(0, problemsPlaced).map(({ field, code, message }) => ({
    pointer: pointerTo([...under, ...stepsTo(field, sent, find)]),
    code,
    message,
  }));
}

function valueAt(sent: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isFields(value) ? ownValue(value, String(step)) : undefined;
  }, sent);
}

/** A problem at one place, with the text that the forms use. */
export function problemAt(path: readonly PropertyKey[], code: ProblemCode, accepted = ''): PlacedProblem {
  const name = shownFieldName(path.filter((step) => typeof step === 'string').join('.'));
  const shown = name === '' ? { fr: 'Corps', en: 'Body' } : { fr: name, en: name };
  return { pointer: pointerTo(path), code, message: fieldProblem(name, shown, code, accepted).message };
}

/** Problems for the unknown fields of an object. */
export function unknownFields(
  fields: Readonly<Record<string, unknown>>,
  known: readonly string[],
): readonly PlacedProblem[] {
  return unknownNames(fields, (name) => known.includes(name)).map((name) =>
    problemAt([name], 'unknown_field'),
  );
}

function outOfBounds(path: readonly PropertyKey[], fr: string, en: string): PlacedProblem {
  const name = shownFieldName(path.map(String).join('.'));
  return {
    pointer: pointerTo(path),
    code: 'out_of_bounds',
    message: { fr: `${name} : ${fr} ; corrigez cette valeur.`, en: `${name}: ${en}; correct this value.` },
  };
}

const wrongTypes: Readonly<Record<string, ProblemCode>> = {
  object: 'not_an_object',
  array: 'not_a_list',
  string: 'not_a_string',
  number: 'not_an_integer',
  int: 'not_an_integer',
};

type Issue = z.core.$ZodIssue;

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>, sent: unknown): PlacedProblem {
  const { path, origin, minimum } = issue;
  if (origin === 'string' || origin === 'array' || origin === 'object') return problemAt(path, 'empty');
  const negative = minimum === 0 && Number(valueAt(sent, path)) < 0;
  return negative
    ? problemAt(path, 'negative')
    : outOfBounds(path, `${minimum} au minimum`, `minimum ${minimum}`);
}

function tooBig({ path, origin, maximum }: Extract<Issue, { code: 'too_big' }>): PlacedProblem {
  return origin === 'string'
    ? outOfBounds(path, `${maximum} caractères au maximum`, `maximum ${maximum} characters`)
    : outOfBounds(path, `${maximum} au maximum`, `maximum ${maximum}`);
}

function problemsOf(issue: Issue, sent: unknown): readonly PlacedProblem[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, problemsPlaced).map((key) => problemAt([...path, key], 'unknown_field'));
    case 'invalid_type':
      if (path.length > 0 && valueAt(sent, path) === null) return [problemAt(path, 'empty')];
      if (path.length > 0 && valueAt(sent, path) === undefined) return [problemAt(path, 'missing')];
      return [problemAt(path, wrongTypes[issue.expected] ?? 'unknown_option', issue.expected)];
    case 'invalid_value':
      if (valueAt(sent, path) === undefined) return [problemAt(path, 'missing')];
      return [problemAt(path, 'unknown_option', issue.values.map(String).join(', '))];
    case 'invalid_union': {
      if (path.length > 0 && valueAt(sent, path) === null) return [problemAt(path, 'empty')];
      if (valueAt(sent, path) === undefined) return [problemAt(path, 'missing')];
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
      return [problemAt(path, 'unknown_option', options.map(String).join(', '))];
    }
    case 'too_small':
      return [tooSmall(issue, sent)];
    case 'too_big':
      return [tooBig(issue)];
    case 'invalid_format':
      return [problemAt(path, issue.format === 'date' ? 'not_a_date' : 'not_text')];
    case 'custom':
      return [problemAt(path, 'not_plain_text')];
    default:
      return [problemAt(path, 'not_text')];
  }
}

/**
 * Keeps the first problem of each place, and drops problems inside a place that already has one. Stops at as many as a
 * response has and one more.
 */
export function onePerPlace(problems: Iterable<PlacedProblem>): readonly PlacedProblem[] {
  const seen = new Set<string>();
  const kept: PlacedProblem[] = [];
  for (const problem of problems) {
    const steps = problem.pointer.split('/');
    if (steps.some((_, index) => seen.has(steps.slice(0, index + 1).join('/')))) continue;
    seen.add(problem.pointer);
    kept.push(problem);
    if (kept.length === problemsPlaced) break;
  }
  return kept;
}

function* eachProblem(issues: readonly Issue[], sent: unknown): Generator<PlacedProblem> {
  for (const issue of issues) yield* problemsOf(issue, sent);
}

/** The problems found by a schema, one for each place, as many as a response has and one more. */
export function problemsFound(issues: readonly Issue[], sent: unknown): readonly PlacedProblem[] {
  return onePerPlace(eachProblem(issues, sent));
}
