import { type AttributeValue, type Item, toRangeStr } from 'dynalite/db/index.js';

/** The attribute's name, then names and positions within it. */
export type Path = readonly (string | number)[];
export type FunctionName =
  | 'attribute_exists'
  | 'attribute_not_exists'
  | 'attribute_type'
  | 'begins_with'
  | 'contains'
  | 'size';
export interface Call {
  readonly type: 'function';
  readonly name: FunctionName;
  readonly args: readonly Operand[];
}
export type Operand = Path | AttributeValue | Call;
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A condition as a tree, in the shape that dynalite reads key conditions from. */
export type Condition =
  | { readonly type: 'and' | 'or' | 'not'; readonly args: readonly Condition[] }
  | { readonly type: Comparator | 'between' | 'in'; readonly args: readonly Operand[] }
  | Call;

export const isPath = (operand: Operand): operand is Path => Array.isArray(operand);
export const isCall = (operand: Operand): operand is Call => 'type' in operand;
export const typeOf = (value: AttributeValue): string => Object.keys(value)[0] ?? '';

/** The value at a path, if the item has one. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let found: AttributeValue | undefined = { M: item };
  for (const step of path) {
    const parent: AttributeValue | undefined = found;
    if (typeof step === 'number') found = parent?.L?.[step];
    else found = parent?.M !== undefined && Object.hasOwn(parent.M, step) ? parent.M[step] : undefined;
  }
  return found;
}

/** Equal in type and value. Sets are equal in any order; what is missing equals nothing, not even itself. */
export function equal(left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined || typeOf(left) !== typeOf(right)) return false;
  if (left.L !== undefined) {
    return left.L.length === right.L?.length && left.L.every((value, n) => equal(value, right.L?.[n]));
  }
  if (left.M !== undefined && right.M !== undefined) {
    const names = Object.keys(left.M);
    const other = right.M;
    return (
      names.length === Object.keys(other).length &&
      names.every((name) => equal(left.M?.[name], Object.hasOwn(other, name) ? other[name] : undefined))
    );
  }
  const [members, others] = [setOf(left), setOf(right)];
  if (members === undefined) return scalarOf(left) === scalarOf(right);
  return members.length === others?.length && members.every((member) => others.includes(member));
}

const setOf = (value: AttributeValue): readonly string[] | undefined => value.SS ?? value.NS ?? value.BS;
const scalarOf = (value: AttributeValue): string | boolean | undefined =>
  value.S ?? value.N ?? value.B ?? value.BOOL ?? value.NULL;

/** Below, at or above 0, as `left` is less than, equal to or greater than `right`; nothing if neither. */
export function order(left: AttributeValue | undefined, right: AttributeValue | undefined) {
  if (left === undefined || right === undefined) return undefined;
  const type = typeOf(left);
  if (type !== typeOf(right) || !['S', 'N', 'B'].includes(type)) return undefined;
  const [first, second] = [toRangeStr(left), toRangeStr(right)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/** Whether an item meets a condition. What is compared with a missing or unlike value is false, but for `<>`. */
export function meets(item: Item, condition: Condition): boolean {
  switch (condition.type) {
    case 'and':
      return condition.args.every((part) => meets(item, part));
    case 'or':
      return condition.args.some((part) => meets(item, part));
    case 'not':
      return !condition.args.every((part) => meets(item, part));
    case 'function':
      return holds(item, condition);
    default: {
      const [first, ...others] = condition.args.map((operand) => operandIn(item, operand));
      return compares(condition.type, first, others);
    }
  }
}

function operandIn(item: Item, operand: Operand): AttributeValue | undefined {
  if (isPath(operand)) return valueAt(item, operand);
  return isCall(operand) ? sizeOf(item, operand) : operand;
}

function sizeOf(item: Item, { args: [of] }: Call): AttributeValue | undefined {
  const value = of === undefined ? undefined : operandIn(item, of);
  if (value === undefined) return undefined;
  const size =
    value.S?.length ??
    (value.B === undefined ? undefined : Buffer.from(value.B, 'base64').length) ??
    (setOf(value) ?? value.L)?.length ??
    (value.M === undefined ? undefined : Object.keys(value.M).length);
  return size === undefined ? undefined : { N: String(size) };
}

type Maybe = AttributeValue | undefined;

function compares(type: Comparator | 'between' | 'in', first: Maybe, [second, third, ...rest]: Maybe[]) {
  const than = order(first, second);
  switch (type) {
    case '=':
      return equal(first, second);
    case '<>':
      return !equal(first, second);
    case '<':
      return than !== undefined && than < 0;
    case '<=':
      return than !== undefined && than <= 0;
    case '>':
      return than !== undefined && than > 0;
    case '>=':
      return than !== undefined && than >= 0;
    case 'between': {
      const upper = order(first, third);
      return than !== undefined && upper !== undefined && than >= 0 && upper <= 0;
    }
    case 'in':
      return [second, third, ...rest].some((one) => equal(first, one));
  }
}

function holds(item: Item, { name, args }: Call): boolean {
  const [value, other] = args.map((operand) => operandIn(item, operand));
  if (name === 'attribute_exists') return value !== undefined;
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined || other === undefined) return false;
  if (name === 'attribute_type') return typeOf(value) === other.S;
  return name === 'begins_with' ? begins(value, other) : contains(value, other);
}

function begins(value: AttributeValue, start: AttributeValue): boolean {
  if (value.S !== undefined && start.S !== undefined) return value.S.startsWith(start.S);
  if (value.B === undefined || start.B === undefined) return false;
  const [bytes, first] = [Buffer.from(value.B, 'base64'), Buffer.from(start.B, 'base64')];
  return bytes.subarray(0, first.length).equals(first);
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.L !== undefined) return value.L.some((element) => equal(element, part));
  if (part.S !== undefined) return value.S?.includes(part.S) ?? value.SS?.includes(part.S) ?? false;
  if (part.N !== undefined) return value.NS?.includes(part.N) ?? false;
  if (part.B === undefined) return false;
  if (value.B === undefined) return value.BS?.includes(part.B) ?? false;
  return Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
}

/** A condition on one attribute as requests had them before there were expressions. */
export interface LegacyCondition {
  readonly ComparisonOperator?: string;
  readonly AttributeValueList?: readonly AttributeValue[];
  readonly Value?: AttributeValue;
  readonly Exists?: boolean;
}
const LEGACY_COMPARATORS = {
  EQ: '=',
  NE: '<>',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  BETWEEN: 'between',
  IN: 'in',
} as const;
const isComparator = (name: string): name is keyof typeof LEGACY_COMPARATORS =>
  Object.hasOwn(LEGACY_COMPARATORS, name);

/** The same as a tree; `OR` asks for one of the conditions, anything else for all. */
export function legacyTree(
  conditions: { readonly [attribute: string]: LegacyCondition },
  operator: string | undefined,
): Condition {
  return {
    type: operator === 'OR' ? 'or' : 'and',
    args: Object.entries(conditions).map(([attribute, condition]) => legacyPart([attribute], condition)),
  };
}

function legacyPart(path: Path, condition: LegacyCondition): Condition {
  const call = (name: FunctionName, ...args: Operand[]): Call => ({
    type: 'function',
    name,
    args: [path, ...args],
  });
  const { Exists, Value, ComparisonOperator: operator = Exists === false ? 'NULL' : 'EQ' } = condition;
  const values = condition.AttributeValueList ?? (Value === undefined ? [] : [Value]);
  if (isComparator(operator)) return { type: LEGACY_COMPARATORS[operator], args: [path, ...values] };
  switch (operator) {
    case 'NULL':
      return call('attribute_not_exists');
    case 'NOT_NULL':
      return call('attribute_exists');
    case 'BEGINS_WITH':
      return call('begins_with', ...values);
    case 'CONTAINS':
      return call('contains', ...values);
    default:
      return {
        type: 'and',
        args: [call('attribute_exists'), { type: 'not', args: [call('contains', ...values)] }],
      };
  }
}
