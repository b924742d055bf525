import * as z from 'zod';
import type { Json } from './json.ts';
import { type Path, PathSyntaxError, parsePath } from './path.ts';
import { runtimeError } from './state-error.ts';
import { findSight, readSight, type Sight, TemplateError } from './template.ts';

export type Test = (sight: Sight) => boolean;

/** Compares what the variable holds with the operand. */
type Comparison = (value: Json, operand: Json) => boolean;

type Relation = (order: number) => boolean;
const relations: Readonly<Record<string, Relation>> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThan: (order) => order > 0,
  GreaterThanEquals: (order) => order >= 0,
};

const timestampShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970 of an RFC 3339 instant with a capital T and a zone; `undefined` for anything else. */
export function readTimestamp(value: Json): number | undefined {
  if (typeof value !== 'string' || !timestampShape.test(value)) return undefined;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : instant;
}

const texts = (left: Json, right: Json): number | undefined => {
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  if (left === right) return 0;
  return left < right ? -1 : 1;
};
const numbers = (left: Json, right: Json): number | undefined =>
  typeof left === 'number' && typeof right === 'number' ? left - right : undefined;
const instants = (left: Json, right: Json): number | undefined => {
  const from = readTimestamp(left);
  const to = readTimestamp(right);
  return from === undefined || to === undefined ? undefined : from - to;
};

function comparisonsOf(
  kind: string,
  compare: (left: Json, right: Json) => number | undefined,
): [string, Comparison][] {
  return Object.entries(relations).map(([relation, holds]) => [
    `${kind}${relation}`,
    (value, operand) => {
      const order = compare(value, operand);
      return order !== undefined && holds(order);
    },
  ]);
}

const escapeForRegExp = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');

/** `*` stands for any run of characters, `\*` for a star. */
function matches(value: Json, pattern: Json): boolean {
  if (typeof value !== 'string' || typeof pattern !== 'string') return false;
  const source = pattern.replaceAll(/\\([*\\])|(\*)|([\s\S])/g, (_, escaped, star, plain) =>
    star === undefined ? escapeForRegExp(escaped ?? plain) : '[\\s\\S]*',
  );
  return new RegExp(`^${source}$`).test(value);
}

const comparisons = new Map<string, Comparison>([
  ...comparisonsOf('String', texts),
  ...comparisonsOf('Numeric', numbers),
  ...comparisonsOf('Timestamp', instants),
  ['BooleanEquals', (value, operand) => typeof value === 'boolean' && value === operand],
  ['StringMatches', matches],
]);

const typeTests = new Map<string, (value: Json) => boolean>([
  ['IsNull', (value) => value === null],
  ['IsString', (value) => typeof value === 'string'],
  ['IsNumeric', (value) => typeof value === 'number'],
  ['IsBoolean', (value) => typeof value === 'boolean'],
  ['IsTimestamp', (value) => readTimestamp(value) !== undefined],
]);

const ruleSchema = z.record(z.string(), z.json());

/** Compiles one test of a choice rule; throws `TemplateError` for an operator or operand it does not know. */
export function compileTest(raw: unknown, field: string, outermost: boolean): Test {
  const rule = ruleSchema.safeParse(raw);
  if (!rule.success) throw new TemplateError(field, 'must be an object');
  const allowed = outermost ? ['Variable', 'Next', 'Comment'] : ['Variable'];
  const [operator, second] = Object.keys(rule.data).filter((key) => !allowed.includes(key));
  if (operator === undefined) throw new TemplateError(field, 'has no operator');
  if (second !== undefined)
    throw new TemplateError(`${field}.${second}`, `is not supported next to ${operator}`);
  const operand = rule.data[operator] ?? null;
  const here = `${field}.${operator}`;
  if (operator === 'And' || operator === 'Or' || operator === 'Not') return combine(operator, operand, here);
  return compileOperator(
    compileVariable(rule.data['Variable'] ?? null, `${field}.Variable`),
    operator,
    operand,
    here,
  );
}

function combine(operator: 'And' | 'Or' | 'Not', operand: Json, field: string): Test {
  if (operator === 'Not') {
    const inner = compileTest(operand, field, false);
    return (sight) => !inner(sight);
  }
  if (!Array.isArray(operand) || operand.length === 0)
    throw new TemplateError(field, 'must be a list of rules');
  const tests = operand.map((item, index) => compileTest(item, `${field}[${index}]`, false));
  return operator === 'And'
    ? (sight) => tests.every((test) => test(sight))
    : (sight) => tests.some((test) => test(sight));
}

function compileVariable(value: Json, field: string): Path {
  if (typeof value !== 'string') throw new TemplateError(field, 'must be a path');
  try {
    return parsePath(value);
  } catch (cause) {
    if (cause instanceof PathSyntaxError) throw new TemplateError(field, cause.message);
    throw cause;
  }
}

function compileOperator(variable: Path, operator: string, operand: Json, field: string): Test {
  const typeTest = typeTests.get(operator);
  if (operator === 'IsPresent' || typeTest !== undefined) {
    if (typeof operand !== 'boolean') throw new TemplateError(field, 'must be true or false');
    if (typeTest === undefined) return (sight) => (findSight(variable, sight) !== undefined) === operand;
    return (sight) => typeTest(readVariable(variable, sight)) === operand;
  }
  const compare = comparisons.get(operator);
  if (compare !== undefined) {
    checkOperand(operator, operand, field);
    return (sight) => compare(readVariable(variable, sight), operand);
  }
  const onPath = operator.endsWith('Path') ? comparisons.get(operator.slice(0, -4)) : undefined;
  if (onPath === undefined || operator === 'StringMatchesPath')
    throw new TemplateError(field, 'is not supported');
  const other = compileVariable(operand, field);
  return (sight) => onPath(readVariable(variable, sight), readSight(other, sight));
}

function checkOperand(operator: string, operand: Json, field: string): void {
  const fits =
    (operator.startsWith('String') && typeof operand === 'string') ||
    (operator.startsWith('Numeric') && typeof operand === 'number') ||
    (operator.startsWith('Boolean') && typeof operand === 'boolean') ||
    (operator.startsWith('Timestamp') && readTimestamp(operand) !== undefined);
  if (!fits) throw new TemplateError(field, `cannot compare with ${JSON.stringify(operand)}`);
}

function readVariable(path: Path, sight: Sight): Json {
  const value = findSight(path, sight);
  if (value !== undefined) return value;
  throw runtimeError(
    `Invalid path '${path.text}': The choice state's condition path references an invalid value.`,
  );
}
