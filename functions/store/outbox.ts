import * as z from 'zod/mini';
import { conditionCodes } from '../domain/classification/outcomes.ts';
import { checkpoints } from '../domain/onboarding/lifecycle.ts';
import { businessEvents, type Message, mailTemplates } from '../domain/onboarding/messages.ts';
import { type Key, keys } from './keys.ts';
import { ConditionFailedError, cursorAfter, type Table } from './table.ts';

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), run: z.int(), resumeAt: z.enum(checkpoints) }),
  z.object({ kind: z.literal('wake') }),
  z.object({
    kind: z.literal('mail'),
    template: z.enum(mailTemplates),
    to: z.enum(['customer', 'owner', 'operators']),
    lost: z.optional(
      z.object({ site: z.string(), cutover: z.string(), by: z.enum(['silence', 'platform']) }),
    ),
    conditions: z.optional(z.array(z.enum(conditionCodes))),
  }),
  z.object({
    kind: z.literal('event'),
    type: z.enum(businessEvents),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  }),
  z.object({ kind: z.literal('offer_places') }),
  z.object({ kind: z.literal('keep_group_order') }),
]);

const entry = z.object({
  pk: z.string(),
  sk: z.string(),
  reference: z.string(),
  version: z.int(),
  at: z.iso.datetime(),
  messages: z.array(message),
  sent: z.optional(z.array(z.int())),
});

/** The messages of one change that are not sent yet. */
export interface OutboxEntry {
  readonly key: Key;
  readonly reference: string;
  /** Version of the onboarding the change made: with the reference it is part of each message's id. */
  readonly version: number;
  readonly at: string;
  readonly messages: readonly Message[];
  /** Which of the messages were sent although others could not be: their places in `messages`. */
  readonly sent: readonly number[];
}

export interface Outbox {
  /** The oldest entries, up to `limit`; with `after`, those behind that one. */
  pending(limit: number, after?: OutboxEntry): Promise<readonly OutboxEntry[]>;
  /** Records which messages of an entry are sent; no effect if the entry is done meanwhile. */
  keep(entry: OutboxEntry, sent: readonly number[]): Promise<void>;
  /** Writes to an entry, so that the stream triggers the dispatcher; no effect if the entry is done meanwhile. */
  nudge(entry: OutboxEntry, at: string): Promise<void>;
  /** Removes an entry once all its messages are sent. */
  done(entry: OutboxEntry): Promise<void>;
}

export function createOutbox(table: Table): Outbox {
  return {
    pending: async (limit, after) => {
      const { items } = await table.query(keys.outbox('', '', 0).pk, {
        limit,
        consistent: true,
        ...(after === undefined ? {} : { cursor: cursorAfter(after.key) }),
      });
      return items.map((item) => {
        const { pk, sk, sent, ...rest } = z.parse(entry, item);
        return { key: { pk, sk }, ...rest, sent: sent ?? [] };
      });
    },
    keep: async ({ key, reference, version, at, messages }, sent) => {
      await table.putIf(
        { ...key, reference, version, at, messages, sent: [...sent] },
        { ConditionExpression: 'attribute_exists(pk)' },
      );
    },
    nudge: async ({ key }, at) => {
      try {
        await table.write([
          {
            guards: 'outbox',
            item: {
              Update: {
                TableName: '',
                Key: { ...key },
                // Only this attribute: the dispatcher may be writing the others.
                UpdateExpression: 'SET nudgedAt = :at',
                ConditionExpression: 'attribute_exists(pk)',
                ExpressionAttributeValues: { ':at': at },
              },
            },
          },
        ]);
      } catch (error) {
        if (!(error instanceof ConditionFailedError)) throw error;
      }
    },
    done: ({ key }) => table.delete(key),
  };
}
