import type { Key } from './keys.ts';
import { othersOf } from './other-attributes.ts';
import type { Condition, Item, Write } from './table.ts';

/** Puts an item on a condition; `guards` names what a failed condition means. */
export function putIf(guards: string, item: Item, condition: Condition): Write {
  return { guards, item: { Put: { TableName: '', Item: { ...othersOf(item), ...item }, ...condition } } };
}

export function putNew(guards: string, item: Item): Write {
  return putIf(guards, item, { ConditionExpression: 'attribute_not_exists(pk)' });
}

export function putAnyway(item: Item): Write {
  return { guards: 'unconditional', item: { Put: { TableName: '', Item: { ...othersOf(item), ...item } } } };
}

/** Removes an item on a condition. */
export function removeIf(guards: string, key: Key, condition: Condition): Write {
  return { guards, item: { Delete: { TableName: '', Key: key, ...condition } } };
}

export function removeAnyway(key: Key): Write {
  return { guards: 'unconditional', item: { Delete: { TableName: '', Key: key } } };
}

/** Writes nothing; fails when there is such an item. */
export function requireMissing(guards: string, key: Key): Write {
  return {
    guards,
    item: { ConditionCheck: { TableName: '', Key: key, ConditionExpression: 'attribute_not_exists(pk)' } },
  };
}

export const exists: Condition = { ConditionExpression: 'attribute_exists(pk)' };
