import type { AttributeValue, Item } from 'dynalite/db/index.js';

/** The largest item DynamoDB stores: 400 kB, names included. */
export const MAX_ITEM_BYTES = 400 * 1024;
/** The most all items of one transaction may weigh together: 4 MB. */
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

const utf8 = (text: string): number => Buffer.byteLength(text, 'utf8');
const binary = (base64: string): number => Buffer.byteLength(base64, 'base64');
const sum = <Value>(values: readonly Value[] | undefined, size: (value: Value) => number): number =>
  (values ?? []).reduce((total, value) => total + size(value), 0);

/** One byte for every two significant digits, one more, and one for a minus sign. */
function numberSize(value: string): number {
  const digits = value.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1 + (value.startsWith('-') ? 1 : 0);
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return utf8(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return binary(value.B);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.L !== undefined) return 3 + sum(value.L, (element) => 1 + valueSize(element));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return sum(value.SS, utf8) + sum(value.NS, numberSize) + sum(value.BS, binary);
}

/**
 * The size of an item in bytes, as it counts towards DynamoDB's limit of 400 kB.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSize(item: Item): number {
  return Object.entries(item).reduce((total, [name, value]) => total + utf8(name) + valueSize(value), 0);
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_NESTING = 32;
export const NESTED_TOO_DEEP =
  'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';

/** Whether a value has more than 32 levels, itself included. Looks no deeper than that. */
export function isNestedTooDeep(value: AttributeValue, level = 1): boolean {
  if (level > MAX_NESTING) return true;
  const within = value.L ?? (value.M === undefined ? [] : Object.values(value.M));
  return within.some((inner) => isNestedTooDeep(inner, level + 1));
}
