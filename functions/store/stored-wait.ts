import type { Wait } from '../domain/onboarding/state.ts';
import { indexKeys, keys } from './keys.ts';
import { fromWait } from './stored-onboarding.ts';
import type { Condition, Item, Write } from './table.ts';
import { putIf } from './writes.ts';

/** The item of a wait. */
export function waitRecord(reference: string, wait: Wait): Item {
  return {
    ...keys.wait(reference),
    ...fromWait(wait),
    // A decided wait is no longer open: it leaves the list of waits by date.
    ...(wait.decision === undefined ? indexKeys.due(wait.until, reference) : {}),
  };
}

/**
 * The condition that nothing has happened to a wait since it was read. Tokens and signs of life are stored without a
 * change of the onboarding, so its version does not show it: a decision written over a token it has not read would
 * leave that token uncompleted.
 */
export function waitUnchanged(wait: Wait | undefined): Condition {
  if (wait === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const optional = (field: 'token' | 'decision') =>
    wait[field] === undefined ? `attribute_not_exists(#${field})` : `#${field} = :${field}`;
  return {
    ConditionExpression: `#id = :id AND #activeAt = :activeAt AND #until = :until AND ${optional('token')} AND ${optional('decision')}`,
    ExpressionAttributeNames: {
      '#id': 'id',
      '#activeAt': 'activeAt',
      '#until': 'until',
      '#token': 'token',
      '#decision': 'decision',
    },
    ExpressionAttributeValues: {
      ':id': wait.id,
      ':activeAt': wait.activeAt,
      ':until': wait.until,
      ...(wait.token === undefined ? {} : { ':token': wait.token }),
      ...(wait.decision === undefined ? {} : { ':decision': wait.decision }),
    },
  };
}

/** Puts a wait, provided that nothing has happened to it since it was read. */
export function waitWrite(reference: string, wait: Wait, before: Wait | undefined): Write {
  return putIf('wait', waitRecord(reference, wait), waitUnchanged(before));
}
