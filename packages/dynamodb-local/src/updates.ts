import { type AttributeValue, type Item, validationError } from 'dynalite/db/index.js';
import {
  type LegacyUpdate,
  type Path,
  type UpdateSection,
  type UpdateValue,
  validateAttributeValue,
} from 'dynalite/validations/index.js';
import { typeOf, valueAt } from './conditions.ts';

/** What becomes of the value at a path; nothing: it is removed. */
interface Change {
  readonly path: Path;
  readonly to: (old: AttributeValue | undefined) => AttributeValue | undefined;
}

const WRONG_OPERAND = 'An operand in the update expression has an incorrect data type';
const WRONG_ATTRIBUTE = 'Type mismatch for attribute to update';

/**
 * An item after an update expression: every path and position in it means the item as it was before. Nothing
 * when there was no item and the update only takes away.
 * @throws a ValidationException
 */
export function updatedBy(
  sections: readonly UpdateSection[],
  before: Item | undefined,
  key: Item,
): Item | undefined {
  const old = before ?? key;
  const changes = sections.map((section): Change => {
    const { path, type, val } = section;
    if (type === 'remove' || val === undefined) return { path, to: () => undefined };
    const value = resolve(val, old);
    if (type === 'set') return { path, to: () => value };
    return { path, to: (was) => (type === 'add' ? added : without)(was, value, WRONG_OPERAND) };
  });
  return changed(
    before,
    key,
    changes,
    sections.some(({ type }) => type === 'set' || type === 'add'),
  );
}

/** The same for updates as requests had them before there were expressions. */
export function updatedByLegacy(
  updates: { readonly [attribute: string]: LegacyUpdate },
  before: Item | undefined,
  key: Item,
): Item | undefined {
  const changes = Object.entries(updates).map(([attribute, { Action, Value }]): Change => {
    const to = (old: AttributeValue | undefined): AttributeValue | undefined => {
      if (Value === undefined || Action === undefined || Action === 'PUT') return Value;
      return (Action === 'ADD' ? added : without)(old, Value, WRONG_ATTRIBUTE);
    };
    return { path: [attribute], to };
  });
  return changed(
    before,
    key,
    changes,
    Object.values(updates).some(({ Action }) => Action !== 'DELETE'),
  );
}

function changed(before: Item | undefined, key: Item, changes: readonly Change[], gives: boolean) {
  if (before === undefined && changes.length > 0 && !gives) return undefined;
  return apply({ M: before ?? key }, changes).M;
}

/** Applies changes, none of which is at or below the path of another. */
function apply(value: AttributeValue | undefined, changes: readonly Change[]): AttributeValue {
  const steps = Map.groupBy(changes, ({ path: [step] }) => step);
  const after = ([step, group]: [Path[number] | undefined, readonly Change[]]) => {
    const inner = step === undefined ? undefined : valueAt({ '': value ?? {} }, ['', step]);
    const [leaf] = group;
    if (leaf?.path.length === 1) return { step, value: leaf.to(inner) };
    return {
      step,
      value: apply(
        inner,
        group.map(({ path, to }) => ({ path: path.slice(1), to })),
      ),
    };
  };
  const [firstStep] = steps.keys();
  if (firstStep === undefined) return value ?? {};
  if (typeof firstStep === 'string' ? value?.M === undefined : value?.L === undefined) {
    throw validationError('The document path provided in the update expression is invalid for update');
  }
  const results = [...steps].map(after);
  return value?.M !== undefined ? { M: mapWith(value.M, results) } : { L: listWith(value?.L ?? [], results) };
}

interface Result {
  readonly step: Path[number] | undefined;
  readonly value: AttributeValue | undefined;
}

function mapWith(map: Item, results: readonly Result[]): Item {
  const entries = new Map(Object.entries(map));
  for (const { step, value } of results) {
    if (value === undefined) entries.delete(String(step));
    else entries.set(String(step), value);
  }
  return Object.fromEntries(entries);
}

/** What is set beyond the end comes behind it, in the order of the positions. */
function listWith(list: readonly AttributeValue[], results: readonly Result[]): AttributeValue[] {
  const set = new Map(results.map(({ step, value }) => [Number(step), value]));
  const kept = list.map((old, position) => (set.has(position) ? set.get(position) : old));
  const beyond = [...set].filter(([position]) => position >= list.length).sort(([a], [b]) => a - b);
  return [...kept, ...beyond.map(([, value]) => value)].filter((value) => value !== undefined);
}

const isPath = (value: UpdateValue): value is Path => Array.isArray(value);

function resolve(value: UpdateValue, item: Item): AttributeValue {
  if (isPath(value)) {
    const found = valueAt(item, value);
    if (found !== undefined) return found;
    throw validationError('The provided expression refers to an attribute that does not exist in the item');
  }
  if (!('type' in value)) return value;
  const [first, second] = value.args;
  if (value.name === 'if_not_exists') {
    return (isPath(first) ? valueAt(item, first) : undefined) ?? resolve(second, item);
  }
  const [left, right] = [resolve(first, item), resolve(second, item)];
  if (value.type === 'function') {
    if (left.L === undefined || right.L === undefined) throw validationError(WRONG_OPERAND);
    return { L: [...left.L, ...right.L] };
  }
  if (left.N === undefined || right.N === undefined) throw validationError(WRONG_OPERAND);
  return sum(left.N, value.type === 'add' ? right.N : negative(right.N));
}

/** A number plus another, a set with more members, or (in legacy updates only) a list with more elements. */
function added(old: AttributeValue | undefined, more: AttributeValue, mismatch: string): AttributeValue {
  if (old === undefined) return more;
  if (typeOf(old) !== typeOf(more)) throw validationError(mismatch);
  if (old.N !== undefined && more.N !== undefined) return sum(old.N, more.N);
  if (old.L !== undefined && more.L !== undefined) return { L: [...old.L, ...more.L] };
  return ofSet(old, (members, others) => [...new Set([...members, ...others])], more);
}

/** A set without some members; nothing without the last. */
function without(old: AttributeValue | undefined, members: AttributeValue, mismatch: string) {
  if (old === undefined) return undefined;
  if (typeOf(old) !== typeOf(members)) throw validationError(mismatch);
  const left = ofSet(old, (all, gone) => all.filter((member) => !gone.includes(member)), members);
  return (left.SS ?? left.NS ?? left.BS)?.length === 0 ? undefined : left;
}

function ofSet(
  { SS, NS, BS }: AttributeValue,
  combine: (members: readonly string[], others: readonly string[]) => readonly string[],
  other: AttributeValue,
): AttributeValue {
  if (SS !== undefined) return { SS: combine(SS, other.SS ?? []) };
  if (NS !== undefined) return { NS: combine(NS, other.NS ?? []) };
  return { BS: combine(BS ?? [], other.BS ?? []) };
}

const negative = (number: string): string => (number.startsWith('-') ? number.slice(1) : `-${number}`);

/** @throws a ValidationException: more than 38 digits, or too large or small */
function sum(left: string, right: string): AttributeValue {
  const decimals = (number: string): number => number.split('.')[1]?.length ?? 0;
  const scale = Math.max(decimals(left), decimals(right));
  const scaled = (number: string): bigint =>
    BigInt(number.replace('.', '') + '0'.repeat(scale - decimals(number)));
  const total = scaled(left) + scaled(right);
  const digits = String(total < 0n ? -total : total).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  // dynalite brings a number it finds valid into the form in which it is kept.
  const value = { N: `${total < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}` };
  const message = validateAttributeValue(value);
  if (message !== undefined) throw validationError(message);
  return value;
}
