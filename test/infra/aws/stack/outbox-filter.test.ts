import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { batchItemFailures, streamRecordsOf } from '../../../../functions/platform/stream.ts';
import {
  earlierOutbox,
  type Key,
  keys,
  laneOf,
  type OutboxLane,
  outboxLanes,
  partitionsOf,
} from '../../../../functions/store/keys.ts';
import { templateOf } from './synthesised.ts';

const { ofType } = templateOf();

const rule = z.union([z.string(), z.strictObject({ prefix: z.string() })]);
const pattern = z.strictObject({
  eventName: z.array(rule),
  dynamodb: z.strictObject({ Keys: z.strictObject({ pk: z.strictObject({ S: z.array(rule) }) }) }),
});
const mapping = z.object({
  FunctionName: z.object({ Ref: z.string() }),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).length(1) }),
});
const functionOf: Readonly<Record<OutboxLane, RegExp>> = { dispatch: /dispatchoutbox/, mail: /sendmail/ };

/** The stream's filter of the function that sends a lane, as the template has it. */
function filterOf(lane: OutboxLane): z.infer<typeof pattern> {
  const found = ofType('AWS::Lambda::EventSourceMapping')
    .map(([, { Properties }]) => mapping.parse(Properties))
    .find(({ FunctionName }) => functionOf[lane].test(FunctionName.Ref));
  return pattern.parse(JSON.parse(found?.FilterCriteria.Filters[0]?.Pattern ?? '{}'));
}

function matches(rules: readonly z.infer<typeof rule>[], value: string): boolean {
  return rules.some((each) => (typeof each === 'string' ? each === value : value.startsWith(each.prefix)));
}

/** A record of the table's stream, which has keys only. */
function recordOf(eventName: string, { pk, sk }: Key) {
  return { eventName, dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, SequenceNumber: '1' } };
}

/** The functions whose filter lets a record pass. */
function calledBy(eventName: string, key: Key): readonly OutboxLane[] {
  return outboxLanes.filter((lane) => {
    const { eventName: names, dynamodb } = filterOf(lane);
    return matches(names, eventName) && matches(dynamodb.Keys.pk.S, key.pk);
  });
}

const at = '2026-11-23T08:00:00.000Z';
const references = Array.from({ length: 60 }, (_, number) => `REF${number}`);

describe('the filter of the stream', () => {
  it.each(outboxLanes)(
    'lets each entry of lane %s pass, new and written to again, to its function only',
    (lane) => {
      for (const reference of references) {
        const key = keys.outbox(lane, at, reference, 1);
        expect(calledBy('INSERT', key)).toEqual([lane]);
        // The sweeper writes to an entry that no one has sent.
        expect(calledBy('MODIFY', key)).toEqual([lane]);
        expect(calledBy('REMOVE', key)).toEqual([]);
        expect(laneOf(key.pk), 'the local runtime reports it to the same function').toBe(lane);
        expect(partitionsOf(lane), 'the schedule looks for it').toContain(key.pk);
      }
      const used = new Set(references.map((reference) => keys.outbox(lane, at, reference, 1).pk));
      expect(used.size, 'the entries are spread over all shards').toBe(8);
    },
  );

  it('lets entries of the earlier release pass, and nothing that was set aside', () => {
    expect(calledBy('INSERT', { pk: earlierOutbox, sk: `${at}#REF1#1` })).toEqual(['dispatch']);
    for (const lane of outboxLanes) {
      const key = keys.setAside(lane, 'REF1', 1);
      expect([calledBy('INSERT', key), laneOf(key.pk)]).toEqual([[], undefined]);
    }
  });

  it.each([
    keys.state('REF1'),
    keys.wait('REF1'),
    keys.mail('ada@client.example', 'REF1'),
    keys.name('Outbox', 'REF1'),
    keys.wave('paris', 'paris-2027-03-09'),
    keys.sweepPlace(),
  ])('lets no other item pass: $pk', (key) => {
    expect([calledBy('INSERT', key), calledBy('MODIFY', key)]).toEqual([[], []]);
  });
});

describe('a record of the stream', () => {
  const key = keys.outbox('mail', at, 'REF1', 1);

  it('is read by the functions as its key, and asked for again by its number', () => {
    const records = streamRecordsOf({ Records: [recordOf('INSERT', key)] });
    expect(records).toEqual([{ key, sequenceNumber: '1' }]);
    expect(batchItemFailures(records ?? [], [key])).toEqual([{ itemIdentifier: '1' }]);
    expect(batchItemFailures(records ?? [], [])).toEqual([]);
  });

  it.each([{}, null, { Records: 'none' }, 'schedule'])('is not seen in another call: %j', (event) => {
    expect(streamRecordsOf(event)).toBeUndefined();
  });
});
