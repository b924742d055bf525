import * as z from 'zod/mini';
import { conditionCodes } from '../domain/classification/outcomes.ts';
import { checkpoints } from '../domain/onboarding/lifecycle.ts';
import {
  businessEvents,
  lostPlaceCauses,
  type Message,
  mailTemplates,
} from '../domain/onboarding/messages.ts';
import type { Key } from './keys.ts';
import { earlierCause } from './lost-place-causes.ts';
import type { Condition, Item } from './table.ts';

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), run: z.int(), resumeAt: z.enum(checkpoints) }),
  z.object({ kind: z.literal('wake') }),
  z.object({
    kind: z.literal('mail'),
    template: z.enum(mailTemplates),
    to: z.enum(['customer', 'person', 'owner', 'operators', 'on_call']),
    person: z.optional(z.string()),
    lost: z.optional(
      z.object({
        site: z.string(),
        cutover: z.string(),
        by: z.enum(lostPlaceCauses),
        /** In place of `by`, a cause that earlier releases do not know. */
        because: z.optional(z.enum(lostPlaceCauses)),
      }),
    ),
    cancels: z.optional(z.string()),
    conditions: z.optional(z.array(z.enum(conditionCodes))),
  }),
  z.object({
    kind: z.literal('event'),
    type: z.enum(businessEvents),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  }),
  z.object({ kind: z.literal('offer_places') }),
  z.object({ kind: z.literal('align_parts') }),
  z.object({ kind: z.literal('keep_group_order') }),
]);

/** A message that this release cannot read: a later one may have written it. */
interface UnknownMessage {
  readonly kind: 'unknown';
}
export type OutboxMessage = Message | UnknownMessage;
const unknownMessage: UnknownMessage = { kind: 'unknown' };

const places = z.array(z.int());
const entryItem = z.object({
  reference: z.string(),
  version: z.int(),
  at: z.iso.datetime(),
  messages: z.array(z.unknown()),
  places: z.optional(places),
  sent: z.optional(places),
});
const progress = z.object({ leaseUntil: z.optional(z.iso.datetime()), tries: z.optional(z.int()) });

/** The messages of one change that one function sends, and that are not sent yet. */
export interface OutboxEntry {
  readonly key: Key;
  readonly reference: string;
  /** Version of the onboarding the change made: with the reference it is part of each message's id. */
  readonly version: number;
  readonly at: string;
  readonly messages: readonly OutboxMessage[];
  /** The place of each message among all messages of its change: part of its id. */
  readonly places: readonly number[];
  /** Places of the messages that were sent although others could not be. */
  readonly sent: readonly number[];
  /** Until then the entry belongs to whoever sends it, or rests after a try that failed. Absent in earlier entries. */
  readonly leaseUntil?: string;
  /** Tries that failed or were begun by a claim. */
  readonly tries: number;
  /** No one has claimed it yet or recorded a try. */
  readonly isNew: boolean;
  /** As it is stored, with what this release does not know. */
  readonly item: Item;
}

function toMessage(value: unknown): OutboxMessage {
  const parsed = z.safeParse(message, value);
  if (!parsed.success) return unknownMessage;
  const { data } = parsed;
  if (data.kind !== 'mail' || data.lost === undefined) return data;
  const { because, by, ...place } = data.lost;
  return { ...data, lost: { ...place, by: because ?? by } };
}

/** A message as it is stored. */
export function fromMessage(given: Message): unknown {
  if (given.kind !== 'mail' || given.lost === undefined) return given;
  const { by, ...place } = given.lost;
  const known = earlierCause(by);
  return { ...given, lost: { ...place, by: known, ...(known === by ? {} : { because: by }) } };
}

/** Reads an entry message by message: what this release does not know stops none of the others. */
export function toEntry(item: Item): OutboxEntry {
  const key = { pk: String(item['pk']), sk: String(item['sk']) };
  const known = z.safeParse(progress, item);
  const { leaseUntil, tries = 0 } = known.success ? known.data : {};
  const isNew = item['tries'] === undefined;
  const common = { key, item, tries, isNew, ...(leaseUntil === undefined ? {} : { leaseUntil }) };
  const parsed = z.safeParse(entryItem, item);
  if (parsed.success) {
    const { reference, version, at, messages, sent = [], places = [...messages.keys()] } = parsed.data;
    return { ...common, reference, version, at, messages: messages.map(toMessage), places, sent };
  }
  // It cannot be sent, but it can be set aside: what is missing, its key says.
  const [at = '', reference = '', version = ''] = key.sk.split('#');
  const said = { at, reference, version: Number(version) || 0, ...readable(item) };
  return { ...common, ...said, messages: [unknownMessage], places: [0], sent: [] };
}

function readable({ at, reference, version }: Item) {
  return {
    ...(typeof at === 'string' ? { at } : {}),
    ...(typeof reference === 'string' ? { reference } : {}),
    ...(typeof version === 'number' ? { version } : {}),
  };
}

/** The condition that no one has taken an entry or recorded a try since it was read. */
export function unchanged({ item }: OutboxEntry): Condition {
  const same = (name: 'leaseUntil' | 'tries') =>
    item[name] === undefined ? `attribute_not_exists(${name})` : `${name} = :${name}`;
  const values = Object.fromEntries(
    (['leaseUntil', 'tries'] as const).flatMap((name) =>
      item[name] === undefined ? [] : [[`:${name}`, item[name]]],
    ),
  );
  return {
    ConditionExpression: `attribute_exists(pk) AND ${same('leaseUntil')} AND ${same('tries')}`,
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}
