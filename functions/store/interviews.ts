import * as z from 'zod/mini';
import type { Interview } from '../domain/onboarding/interviews.ts';
import { keys } from './keys.ts';
import { withOthers } from './other-attributes.ts';
import { type Item, type Table, type Write, written } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';
import { putAnyway } from './writes.ts';

const instant = z.iso.datetime();

const interviewItem = z.object({
  id: z.string(),
  by: z.string(),
  operator: z.string(),
  name: z.string(),
  role: z.string(),
  on: z.string(),
  startedAt: instant,
  firstAnswerAt: z.optional(instant),
});

function toInterview(item: Item): Interview {
  return withOthers(z.parse(interviewItem, item), item, interviewItem.shape);
}

/** Part of a change, whose version guards it. */
export function interviewWrite(reference: string, interview: Interview): Write {
  return putAnyway({ ...keys.interview(reference, interview.id), ...interview });
}

/** The conversations in which operators have entered answers; erased with the onboarding. */
export interface Interviews {
  /** All of an onboarding, in the order in which they began. */
  of(reference: string): Promise<readonly Interview[]>;
  get(reference: string, id: string): Promise<Interview | undefined>;
  /** Notes the first answer of one; nothing happens when that is noted, or when it is erased. */
  noteFirstAnswer(reference: string, id: string, at: string): Promise<void>;
}

export function createInterviews(table: Table, note: NoteUnreadable): Interviews {
  const read = (items: readonly Item[]) => readEach(items, toInterview, note).items;
  return {
    of: async (reference) => {
      const { pk, prefix } = keys.interviews(reference);
      const number = ({ id }: Interview) => Number(id.slice(1));
      return read(await table.queryAll(pk, { prefix, consistent: true })).toSorted(
        (one, other) => number(one) - number(other),
      );
    },
    get: async (reference, id) => {
      const item = await table.get(keys.interview(reference, id));
      return item === undefined ? undefined : read([item])[0];
    },
    noteFirstAnswer: async (reference, id, at) => {
      const item = {
        Update: {
          TableName: '',
          Key: { ...keys.interview(reference, id) },
          UpdateExpression: 'SET firstAnswerAt = :at',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(firstAnswerAt)',
          ExpressionAttributeValues: { ':at': at },
        },
      };
      await written(table, [{ guards: 'interview', item }]);
    },
  };
}
