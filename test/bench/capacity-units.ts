import type { Item } from 'dynalite/db/index.js';
import { indexes } from '../../functions/store/keys.ts';
import { itemSize } from '../../infra/local/dynamodb/item-size.ts';
import type { WrittenKey } from '../../infra/local/dynamodb/writes.ts';

/** Bytes of one write unit and of one read unit. */
const writeUnit = 1024;
const readUnit = 4096;
/** What DynamoDB adds to each entry of an index; counts towards its size. */
const indexOverhead = 100;

function units(bytes: number, unit: number): number {
  return Math.max(1, Math.ceil(bytes / unit));
}

/** What a keys-only index holds of an item; undefined when the item has no entry in it. */
function projected(item: Item | undefined, pk: string, sk: string): Item | undefined {
  const [partition, sort] = [item?.[pk], item?.[sk]];
  if (item === undefined || partition === undefined || sort === undefined) return undefined;
  const { pk: tablePk, sk: tableSk } = item;
  return {
    ...(tablePk === undefined ? {} : { pk: tablePk }),
    ...(tableSk === undefined ? {} : { sk: tableSk }),
    [pk]: partition,
    [sk]: sort,
  };
}

function indexUnits(before: Item | undefined, after: Item | undefined, pk: string, sk: string): number {
  const [old, next] = [projected(before, pk, sk), projected(after, pk, sk)];
  if (JSON.stringify(old) === JSON.stringify(next)) return 0;
  const size = (entry: Item | undefined): number =>
    entry === undefined ? 0 : units(itemSize(entry) + indexOverhead, writeUnit);
  // A changed key is a deletion and an insertion.
  return size(old) + size(next);
}

/**
 * Write units of one changed item: the larger of its sizes before and after, in kB rounded up, twice in a transaction,
 * and each index entry put or deleted, once: indexes are written after the transaction.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function writeUnits({ before, after, transactional }: WrittenKey): number {
  const size = Math.max(...[before, after].map((item) => (item === undefined ? 0 : itemSize(item))));
  const base = units(size, writeUnit) * (transactional ? 2 : 1);
  return Object.values(indexes).reduce((sum, { pk, sk }) => sum + indexUnits(before, after, pk, sk), base);
}

/**
 * Read units of items read in one request: together rounded up to 4 kB, half when the read may be stale.
 * A request that finds nothing counts as one unit of its kind.
 */
export function readUnits(items: readonly Item[], consistent: boolean): number {
  const bytes = items.reduce((sum, item) => sum + itemSize(item), 0);
  return units(bytes, readUnit) * (consistent ? 1 : 0.5);
}
