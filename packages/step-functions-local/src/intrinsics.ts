import { isJsonObject, type Json, parseJson } from './json.ts';
import { describeJson, StateError } from './state-error.ts';

const failure = (reason: string): StateError => new StateError('States.IntrinsicFailure', reason);

interface Intrinsic {
  readonly least: number;
  readonly most: number;
  readonly apply: (values: readonly Json[]) => Json;
}

function textAt(name: string, values: readonly Json[], at: number): string {
  const value = values[at];
  if (typeof value !== 'string')
    throw failure(`${name} expects a text, not ${JSON.stringify(value ?? null)}`);
  return value;
}

function numberAt(name: string, values: readonly Json[], at: number): number {
  const value = values[at];
  if (typeof value !== 'number')
    throw failure(`${name} expects a number, not ${JSON.stringify(value ?? null)}`);
  return value;
}

function listAt(name: string, values: readonly Json[], at: number): Json[] {
  const value = values[at];
  if (!Array.isArray(value)) throw failure(`${name} expects a list, not ${JSON.stringify(value ?? null)}`);
  return value;
}

function format(values: readonly Json[]): Json {
  const rest = values.slice(1);
  let used = 0;
  const text = textAt('States.Format', values, 0).replaceAll(/\\([{}\\'])|\{\}/g, (whole, escaped) => {
    if (escaped !== undefined) return escaped;
    const value = rest[used];
    used += 1;
    if (value === undefined) throw failure(`States.Format has too few arguments for ${whole}`);
    return describeJson(value);
  });
  if (used !== rest.length) throw failure('States.Format has more arguments than places');
  return text;
}

function stringToJson(values: readonly Json[]): Json {
  const text = textAt('States.StringToJson', values, 0);
  try {
    return parseJson(text);
  } catch (cause) {
    throw failure(`States.StringToJson cannot read its text: ${String(cause)}`);
  }
}

function arrayGetItem(values: readonly Json[]): Json {
  const item = listAt('States.ArrayGetItem', values, 0)[numberAt('States.ArrayGetItem', values, 1)];
  if (item === undefined) throw failure('States.ArrayGetItem reads beyond the end of its list');
  return item;
}

function jsonMerge(values: readonly Json[]): Json {
  const [left, right, deep] = values;
  if (!isJsonObject(left) || !isJsonObject(right) || deep !== false) {
    throw failure('States.JsonMerge expects two objects and false');
  }
  return { ...left, ...right };
}

/** Only functions whose answer follows from their arguments: after a crash the payload is computed again and must be the same. */
const intrinsics: Readonly<Record<string, Intrinsic>> = {
  'States.Format': { least: 1, most: Number.POSITIVE_INFINITY, apply: format },
  'States.StringToJson': { least: 1, most: 1, apply: stringToJson },
  'States.JsonToString': { least: 1, most: 1, apply: (values) => JSON.stringify(values[0] ?? null) },
  'States.JsonMerge': { least: 3, most: 3, apply: jsonMerge },
  'States.Array': { least: 0, most: Number.POSITIVE_INFINITY, apply: (values) => [...values] },
  'States.ArrayLength': {
    least: 1,
    most: 1,
    apply: (values) => listAt('States.ArrayLength', values, 0).length,
  },
  'States.ArrayGetItem': { least: 2, most: 2, apply: arrayGetItem },
  'States.MathAdd': {
    least: 2,
    most: 2,
    apply: (values) => numberAt('States.MathAdd', values, 0) + numberAt('States.MathAdd', values, 1),
  },
};

/** The function by its full name; `undefined` for one this interpreter does not know. */
export function findIntrinsic(name: string): Intrinsic | undefined {
  return Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
}
