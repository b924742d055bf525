import type { Context } from 'aws-lambda';
import { batchItemFailures, remainingOf, streamRecordsOf } from '../platform/stream.ts';
import type { Relay } from './relay-outbox.ts';

/**
 * Answers a call of a function that relays the outbox: by the table's stream the entries that it reports, by a schedule
 * or by hand those that are due. Only the records that came to nothing are brought again.
 */
export async function relayCall(
  relay: Relay,
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) {
  const remaining = remainingOf(context);
  const records = streamRecordsOf(event);
  if (records === undefined) {
    const { sent, left } = await relay.due(remaining);
    return { sent, left };
  }
  const { again, ...run } = await relay.records(
    records.map(({ key }) => key),
    remaining,
  );
  return { ...run, batchItemFailures: batchItemFailures(records, again) };
}
