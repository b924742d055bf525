import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, Item, WrittenKey } from '@onboarding/dynamodb-local';
import * as z from 'zod';
import { laneOf } from '../../functions/store/keys.ts';
import { type KeyUnits, readUnits, storedBytes, writeUnits } from './capacity-units.ts';

const key = z.object({ pk: z.string() });
const input = z.object({
  ConsistentRead: z.boolean().optional(),
  Key: key.optional(),
  IndexName: z.string().optional(),
  ExpressionAttributeValues: z.object({ ':pk': z.string().optional() }).optional(),
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(key) })).optional(),
});
type ReadRequest = z.infer<typeof input>;
/** The document client answers with plain values: their sizes are those of what is stored. */
function stored(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(stored) };
  if (typeof value === 'object' && value !== null) return { M: storedItem(value) };
  return { NULL: true };
}

function storedItem(plain: object): Item {
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, stored(value)]));
}

const item = z.record(z.string(), z.unknown()).transform(storedItem);
const output = z.object({
  Item: item.optional(),
  Items: z.array(item).optional(),
  Responses: z.record(z.string(), z.array(item)).optional(),
});

export interface Units {
  readonly write: number;
  readonly read: number;
  readonly requests: number;
  /** Bytes that are stored now and were not before, entries of indexes included. */
  readonly stored: number;
}

/** True for a change that leaves something to send. */
export function isNewOutboxEntry({ key, before, after }: WrittenKey): boolean {
  return laneOf(key['pk']?.S ?? '') !== undefined && before === undefined && after !== undefined;
}

/** Adds up what DynamoDB would bill. */
export interface Meter {
  onWrite(written: readonly WrittenKey[]): void;
  watch(client: DynamoDBClient): void;
  /** Turns counting on or off: the runner's own reads are not counted. */
  count(on: boolean): void;
  total(): Units;
}

/** Units of one read request, by the keys that give them; a batch is billed item by item. */
function unitsOf(request: ReadRequest, answer: unknown): readonly KeyUnits[] {
  const { ConsistentRead, Key, IndexName, ExpressionAttributeValues, RequestItems } = request;
  const { Item: single, Items: list, Responses: batch } = output.parse(answer);
  if (batch !== undefined) {
    const found = Object.values(batch).flat();
    const [wanted] = Object.values(RequestItems ?? {});
    return found.map((each, index) => ({
      partition: wanted?.Keys[index]?.pk ?? '',
      units: readUnits([each], false),
    }));
  }
  const units = readUnits(single === undefined ? (list ?? []) : [single], ConsistentRead === true);
  const partition = Key?.pk ?? ExpressionAttributeValues?.[':pk'] ?? '';
  return [{ ...(IndexName === undefined ? {} : { index: IndexName }), partition, units }];
}

const reads = new Set(['GetItemCommand', 'QueryCommand', 'BatchGetItemCommand']);

/** Adds up what is written and read; `onRead` hears of each read by its keys. */
export function createMeter(onRead: (read: readonly KeyUnits[]) => void = () => undefined): Meter {
  let write = 0;
  let read = 0;
  let requests = 0;
  let stored = 0;
  let counting = true;
  return {
    count: (on) => {
      counting = on;
    },
    onWrite: (written) => {
      if (!counting) return;
      requests += 1;
      for (const change of written) {
        write += writeUnits(change);
        stored += storedBytes(change.after) - storedBytes(change.before);
      }
    },
    watch: (client) => {
      client.middlewareStack.add(
        (next, context) => async (args) => {
          const result = await next(args);
          if (counting && reads.has(context.commandName ?? '')) {
            const units = unitsOf(input.parse(args.input), result.output);
            requests += 1;
            for (const { units: taken } of units) read += taken;
            onRead(units);
          }
          return result;
        },
        { step: 'initialize', name: 'meter' },
      );
    },
    total: () => ({ write, read, requests, stored }),
  };
}
