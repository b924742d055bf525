import type { Stage } from '../domain/onboarding/lifecycle.ts';
import { type Key, keys } from './keys.ts';
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

/** The condition that an onboarding has not changed since a version of it was read. */
export function ofVersion(version: number): Condition {
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
}

/** Writes nothing; the guard `state` fails when the onboarding has changed since this version of it. */
export function requireVersion(reference: string, version: number): Write {
  return {
    guards: 'state',
    item: { ConditionCheck: { TableName: '', Key: keys.state(reference), ...ofVersion(version) } },
  };
}

/** Writes nothing; fails when the onboarding is in another stage. */
export function requireStage(reference: string, stage: Stage): Write {
  return {
    guards: 'state',
    item: {
      ConditionCheck: {
        TableName: '',
        Key: keys.state(reference),
        ConditionExpression: 'stage = :stage',
        ExpressionAttributeValues: { ':stage': stage },
      },
    },
  };
}

export const exists: Condition = { ConditionExpression: 'attribute_exists(pk)' };
