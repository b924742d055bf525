import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from 'dynalite/db/index.js';
import * as z from 'zod';
import type { WrittenKey } from '../../infra/local/dynamodb/writes.ts';
import { readUnits, writeUnits } from './capacity-units.ts';

const input = z.object({
  ConsistentRead: z.boolean().optional(),
  RequestItems: z.record(z.string(), z.object({ ConsistentRead: z.boolean().optional() })).optional(),
});
const item = z.custom<Item>((value) => typeof value === 'object' && value !== null);
const output = z.object({
  Item: item.optional(),
  Items: z.array(item).optional(),
  Responses: z.record(z.string(), z.array(item)).optional(),
});

export interface Units {
  readonly write: number;
  readonly read: number;
  readonly requests: number;
}

/** Adds up what DynamoDB would bill. */
export interface Meter {
  onWrite(written: readonly WrittenKey[]): void;
  watch(client: DynamoDBClient): void;
  /** Counts from now on, or not: what a runner reads for itself is nobody's cost. */
  count(on: boolean): void;
  total(): Units;
}

/** Units of one read request; a batch is billed item by item. */
function unitsOf(request: unknown, answer: unknown): number {
  const { ConsistentRead } = input.parse(request);
  const { Item: single, Items: list, Responses: batch } = output.parse(answer);
  if (batch !== undefined) {
    return Object.values(batch)
      .flat()
      .reduce((sum, each) => sum + readUnits([each], false), 0);
  }
  return readUnits(single === undefined ? (list ?? []) : [single], ConsistentRead === true);
}

const reads = new Set(['GetItemCommand', 'QueryCommand', 'BatchGetItemCommand']);

export function createMeter(): Meter {
  let write = 0;
  let read = 0;
  let requests = 0;
  let counting = true;
  return {
    count: (on) => {
      counting = on;
    },
    onWrite: (written) => {
      if (!counting) return;
      requests += 1;
      for (const change of written) write += writeUnits(change);
    },
    watch: (client) => {
      client.middlewareStack.add(
        (next, context) => async (args) => {
          const result = await next(args);
          if (counting && reads.has(context.commandName ?? '')) {
            requests += 1;
            read += unitsOf(args.input, result.output);
          }
          return result;
        },
        { step: 'initialize', name: 'meter' },
      );
    },
    total: () => ({ write, read, requests }),
  };
}
