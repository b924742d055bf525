import { type Item, itemSize, type WrittenKey } from '@onboarding/dynamodb-local';
import { indexes } from '../../functions/store/keys.ts';

/** Bytes of one write unit and of one read unit. */
const writeUnit = 1024;
const readUnit = 4096;
/** What DynamoDB adds to each entry of an index, and to each item and entry where storage is counted. */
const overhead = 100;

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

/** Write units that one partition key of the table or of an index takes. */
export interface KeyUnits {
  /** Name of the index; absent for the table itself. */
  readonly index?: string;
  readonly partition: string;
  readonly units: number;
}

function indexUnits(
  { before, after }: WrittenKey,
  { name, pk, sk }: (typeof indexes)[keyof typeof indexes],
): readonly KeyUnits[] {
  const [old, next] = [projected(before, pk, sk), projected(after, pk, sk)];
  if (JSON.stringify(old) === JSON.stringify(next)) return [];
  // A changed key is a deletion and an insertion.
  return [old, next].flatMap((entry) =>
    entry === undefined
      ? []
      : [
          {
            index: name,
            partition: entry[pk]?.S ?? '',
            units: units(itemSize(entry) + overhead, writeUnit),
          },
        ],
  );
}

/**
 * Write units of one changed item by the partition keys that take them: the larger of its sizes before and after, in kB
 * rounded up, twice in a transaction, and each index entry put or deleted, once: indexes are written after the
 * transaction.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function writeUnitsByKey(change: WrittenKey): readonly KeyUnits[] {
  const { key, before, after, transactional } = change;
  const size = Math.max(...[before, after].map((item) => (item === undefined ? 0 : itemSize(item))));
  return [
    { partition: key['pk']?.S ?? '', units: units(size, writeUnit) * (transactional ? 2 : 1) },
    ...Object.values(indexes).flatMap((index) => indexUnits(change, index)),
  ];
}

/** Write units of one changed item. */
export function writeUnits(change: WrittenKey): number {
  return writeUnitsByKey(change).reduce((sum, { units: taken }) => sum + taken, 0);
}

/**
 * Read units of items read in one request: together rounded up to 4 kB, half when the read may be stale.
 * A request that finds nothing counts as one unit of its kind.
 */
export function readUnits(items: readonly Item[], consistent: boolean): number {
  const bytes = items.reduce((sum, item) => sum + itemSize(item), 0);
  return units(bytes, readUnit) * (consistent ? 1 : 0.5);
}

/** Bytes that an item and its index entries take of the table's storage. */
export function storedBytes(item: Item | undefined): number {
  if (item === undefined) return 0;
  return Object.values(indexes).reduce((sum, { pk, sk }) => {
    const entry = projected(item, pk, sk);
    return entry === undefined ? sum : sum + itemSize(entry) + overhead;
  }, itemSize(item) + overhead);
}
