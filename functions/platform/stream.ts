import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';

const text = z.object({ S: z.string() });
const streamEvent = z.object({
  Records: z.array(
    z.object({
      dynamodb: z.object({ Keys: z.object({ pk: text, sk: text }), SequenceNumber: z.string() }),
    }),
  ),
});

interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** One change of the table: of an item, and its place in the stream. */
export interface StreamRecord {
  readonly key: ItemKey;
  readonly sequenceNumber: string;
}

/** The records of a call by the table's stream; undefined for a call by a schedule or by hand. */
export function streamRecordsOf(event: unknown): readonly StreamRecord[] | undefined {
  const parsed = z.safeParse(streamEvent, event);
  if (!parsed.success) return undefined;
  return parsed.data.Records.map(({ dynamodb: { Keys, SequenceNumber } }) => ({
    key: { pk: Keys.pk.S, sk: Keys.sk.S },
    sequenceNumber: SequenceNumber,
  }));
}

/**
 * Tells Lambda which records to bring again; it leaves the others alone:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function batchItemFailures(records: readonly StreamRecord[], again: readonly ItemKey[]) {
  const failed = new Set(again.map(({ pk, sk }) => `${pk}\n${sk}`));
  return records
    .filter(({ key }) => failed.has(`${key.pk}\n${key.sk}`))
    .map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber }));
}

/** Milliseconds that a call keeps to end what it has begun and to answer. */
const toEnd = 15_000;

/** Milliseconds that a call of a function may still begin work. */
export function remainingOf(context: Pick<Context, 'getRemainingTimeInMillis'>): () => number {
  return () => context.getRemainingTimeInMillis() - toEnd;
}
