import { type OperatorWork, workKinds } from '../domain/onboarding/operator-work.ts';
import { earlierWorkLists, indexKeys, keys, referenceOf } from './keys.ts';
import { cursorAfter, type IndexEntry, type Item, type Page, pageAt, type Table } from './table.ts';

const workPk = indexKeys.work({ kind: 'review', due: '' }, '').duePk;
const waitsPk = indexKeys.due('', '').duePk;

/** An entry of the operators' work list: the onboarding itself is not read. */
export interface WorkEntry extends Pick<OperatorWork, 'kind' | 'due'> {
  readonly reference: string;
  readonly listed: IndexEntry;
}

export interface WorkPage {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Only what is due up to an instant (ISO 8601). */
  readonly upTo?: string;
}

/** What operators have to do, over all onboardings. Each of these is one query. */
export interface WorkList {
  /** The first to be due first. */
  entries(page: WorkPage): Promise<Page<WorkEntry>>;
  /** The cursor that leads to what follows an entry. */
  cursorAfter(entry: WorkEntry): string;
  /** References of onboardings with an open wait that should have been renewed or ended by an instant. */
  pastWaits(until: string, limit: number): Promise<readonly string[]>;
  /** References of the onboardings that an operator follows, up to `limit`; by the identity provider's name for the person. */
  followedBy(subject: string, limit: number): Promise<readonly string[]>;
  /** Onboardings that become theirs to look at and from when (ISO 8601), the first `limit`. */
  becoming(limit: number): Promise<readonly { readonly reference: string; readonly from: string }[]>;
  /**
   * Lists here what an earlier release listed elsewhere, up to `limit` from each of its lists.
   *
   * @returns how many entries there were.
   */
  relist(limit: number): Promise<number>;
}

function toEntry(entry: IndexEntry): readonly WorkEntry[] {
  const [due = '', , written = 'failed_run'] = entry.sort.split('#');
  // The release before listed failed runs alone; what a later one lists is not for this one.
  const kind = workKinds.find((known) => known === written);
  if (kind === undefined) return [];
  return [{ kind, due, reference: referenceOf(entry.key), listed: entry }];
}

export function createWorkList(table: Table): WorkList {
  /** Moves an item of an earlier list to this one, unless it has changed meanwhile. */
  async function relistItem({ key, sort }: IndexEntry): Promise<void> {
    const item = await table.get(key);
    if (item === undefined || item['duePk'] === workPk) return;
    const [due = ''] = sort.split('#');
    const reference = referenceOf(key);
    const isApproval = key.sk === keys.approval('').sk;
    const listed = isApproval
      ? indexKeys.approval(due, reference)
      : indexKeys.work({ kind: 'erasure', due }, reference);
    await table.putIf({ ...item, ...listed }, sameAs(item));
  }

  return {
    entries: async ({ limit, cursor, upTo }) => {
      const { items, ...rest } = await table.entriesOf('byDue', workPk, {
        limit,
        ...pageAt(cursor),
        // The instant comes before the reference in the key: `$` lets in those due at this very one.
        ...(upTo === undefined ? {} : { upTo: `${upTo}$` }),
      });
      return { items: items.flatMap(toEntry), ...rest };
    },
    cursorAfter: ({ listed }) => cursorAfter('byDue', workPk, listed),
    pastWaits: async (until, limit) => {
      const { items } = await table.queryIndex('byDue', waitsPk, { limit, upTo: until });
      return items.map(referenceOf);
    },
    followedBy: async (subject, limit) => {
      const { items } = await table.query(keys.assigned(subject, '').pk, { limit });
      return items.map(({ sk }) => String(sk));
    },
    becoming: async (limit) => {
      const { items } = await table.entriesOf('byDue', indexKeys.laterWork('', '').duePk, { limit });
      return items.map((entry) => ({
        reference: referenceOf(entry.key),
        from: entry.sort.slice(0, entry.sort.indexOf('#')),
      }));
    },
    relist: async (limit) => {
      let found = 0;
      for (const list of earlierWorkLists) {
        const { items } = await table.entriesOf('byDue', list, { limit });
        for (const entry of items) await relistItem(entry);
        found += items.length;
      }
      return found;
    },
  };
}

/** The item still waits, under the list it was found in. */
function sameAs(item: Item) {
  return {
    ConditionExpression: 'duePk = :list AND dueSk = :due',
    ExpressionAttributeValues: { ':list': item['duePk'], ':due': item['dueSk'] },
  };
}
