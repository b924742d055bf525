import * as z from 'zod/mini';
import type { Effect } from '../domain/onboarding/effects.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { serviceCodes } from '../domain/platform-configuration.ts';
import { deadlineSources } from '../domain/waves/demand.ts';
import type { ListedDemand } from '../domain/waves/listed-demand.ts';
import { keys } from './keys.ts';
import {
  eachPage,
  type Item,
  type Page,
  type QueryOptions,
  type Table,
  type Write,
  written,
} from './table.ts';
import { type NoteUnreadable, readEach, readItem } from './unreadable.ts';
import { exists, removeIf, requireVersion } from './writes.ts';

const days = z.array(z.string());
const demand = z.object({
  tier: z.enum(['READY', 'CONDITIONAL']),
  points: z.number(),
  complex: z.boolean(),
  wantedServices: z.array(z.enum(serviceCodes)),
  earliest: z.exactOptional(z.string()),
  hardDeadlines: z.array(z.object({ date: z.string(), source: z.enum(deadlineSources) })),
  freezes: z.array(z.object({ from: z.string(), to: z.string() })),
  site: z.string(),
  twoSites: z.boolean(),
  acceptsPilot: z.boolean(),
  conditionsDueDates: days,
  avoid: z.exactOptional(z.array(z.string())),
  avoidDates: z.exactOptional(days),
  parentSiren: z.exactOptional(z.string()),
});

const formerRank = z.object({ rank: z.string(), since: z.iso.datetime() });

const waitingItem = z.object({
  reference: z.string(),
  rank: z.string(),
  /** Since when it is on the list at this rank; earlier releases did not store it. */
  since: z.optional(z.iso.datetime()),
  /** The rank that it had on the list just before; it is kept as long as the entry. */
  former: z.optional(formerRank),
  /** Until when a place is offered, while one is. */
  offeredUntil: z.optional(z.iso.datetime()),
  /** Absent where it has to be read; earlier releases did not store it, and a later one may do so in another way. */
  demand: z.catch(z.optional(demand), undefined),
});
export type Waiting = z.infer<typeof waitingItem>;

/** Entries that one query reads. */
export const pageSize = 500;

/** The last rank that is counted: the page shows a customer behind it "more than" this number. */
export const countedRanks = 500;

/** An update of an entry: what another release has stored there stays. */
function updateEntry(
  { rank, reference }: Pick<Waiting, 'rank' | 'reference'>,
  set: Readonly<Record<string, unknown>>,
  at: Date,
): Write {
  const given = Object.entries(set).filter(([, value]) => value !== undefined);
  const gone = Object.keys(set).filter((name) => set[name] === undefined);
  const names = ['since', ...Object.keys(set)];
  return {
    guards: 'unconditional',
    item: {
      Update: {
        TableName: '',
        Key: keys.waiting(rank, reference),
        UpdateExpression: [
          `SET ${['#since = if_not_exists(#since, :since)', ...given.map(([name]) => `#${name} = :${name}`)].join(', ')}`,
          ...(gone.length === 0 ? [] : [`REMOVE ${gone.map((name) => `#${name}`).join(', ')}`]),
        ].join(' '),
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ':since': at.toISOString(),
          ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
        },
      },
    },
  };
}

/** Puts an onboarding on the list, at the rank of its order of service, or records an offer made to it, or its end. */
export function joinWaitingList(
  reference: string,
  { rank, former, offeredUntil, demand: asked }: Extract<Effect, { kind: 'join_waiting_list' }>,
  at: Date,
): Write {
  const entry = { rank, reference, offeredUntil, demand: asked, ...(former === undefined ? {} : { former }) };
  return updateEntry({ rank, reference }, entry, at);
}

/** A change of what an entry says of the demand; the guard `waiting` fails when there is no entry. */
function changeDemand(rank: string, reference: string, asked: ListedDemand | undefined): Write {
  return {
    guards: 'waiting',
    item: {
      Update: {
        TableName: '',
        Key: keys.waiting(rank, reference),
        UpdateExpression: asked === undefined ? 'REMOVE #demand' : 'SET #demand = :demand',
        ExpressionAttributeNames: { '#demand': 'demand' },
        ...(asked === undefined ? {} : { ExpressionAttributeValues: { ':demand': asked } }),
        ...exists,
      },
    },
  };
}

/** What an entry says of the demand holds no more. */
export function forgetDemand(rank: string, reference: string): Write {
  return changeDemand(rank, reference, undefined);
}

/** Removes an onboarding from the list; the guard `waiting` fails when it was not on it. */
export function leaveWaitingList(rank: string, reference: string): Write {
  return removeIf('waiting', keys.waiting(rank, reference), exists);
}

/** What decides an entry's place on the list. */
type Ranked = Pick<Waiting, 'rank' | 'reference' | 'since' | 'former'>;

/** Where a customer stands on the list. */
export interface Standing {
  /** 1 for the first. */
  readonly position: number;
  readonly own: Ranked;
  /** Those before it, in the order of service. */
  readonly before: readonly Ranked[];
}

type Listed = Pick<OnboardingState, 'reference' | 'waitingRank'>;

export interface WaitingList {
  /** A page in the order of service. */
  page(request: Pick<QueryOptions, 'limit' | 'cursor'>): Promise<Page<Waiting>>;
  /** True while anyone without an offer waits. */
  isAnyoneWaiting(): Promise<boolean>;
  /** The entry of an onboarding at its rank. */
  entry(state: Listed): Promise<Waiting | undefined>;
  /**
   * Keeps in the entry what the onboarding asks for, as it was read with this version of it.
   *
   * @returns false when it has changed meanwhile, or left the list.
   */
  keepDemand(state: Listed & Pick<OnboardingState, 'version'>, demand: ListedDemand): Promise<boolean>;
  /** Undefined past `countedRanks`, and for an onboarding that is not on the list. */
  standingOf(state: Listed): Promise<Standing | undefined>;
  /** Its position alone: 1 for the first. */
  rankOf(state: Listed): Promise<number | undefined>;
}

/** What counts of an entry before another one, whether this release can read it or not. */
function rankedOf(item: Item): Ranked {
  const { sk, since, former } = item;
  const [rank = '', reference = ''] = String(sk).split('#');
  const known = formerRank.safeParse(former);
  return {
    ...{ rank, reference },
    ...(typeof since === 'string' ? { since } : {}),
    ...(known.success ? { former: known.data } : {}),
  };
}

export function createWaitingList(table: Table, note: NoteUnreadable): WaitingList {
  const { pk } = keys.waiting('', '');
  const read = (item: Item) => z.parse(waitingItem, item);

  async function page(request: Pick<QueryOptions, 'limit' | 'cursor'>): Promise<Page<Waiting>> {
    const { items, ...rest } = await table.query(pk, { ...request, consistent: true });
    return { ...rest, items: readEach(items, read, note).items };
  }

  /** Only those before the onboarding are read. */
  async function standingOf({ reference, waitingRank = '' }: Listed): Promise<Standing | undefined> {
    const own = keys.waiting(waitingRank, reference);
    const { items } = await table.query(pk, { upTo: own.sk, limit: countedRanks, consistent: true });
    const last = items.at(-1);
    if (last?.['sk'] !== own.sk) return undefined;
    return { position: items.length, own: rankedOf(last), before: items.slice(0, -1).map(rankedOf) };
  }

  return {
    page,
    isAnyoneWaiting: async () => {
      for await (const { items } of eachPage((start) => page({ limit: pageSize, ...start }))) {
        if (items.some(({ offeredUntil }) => offeredUntil === undefined)) return true;
      }
      return false;
    },
    entry: async ({ reference, waitingRank = '' }) => {
      const item = await table.get(keys.waiting(waitingRank, reference));
      return item === undefined ? undefined : readItem(item, read, note);
    },
    keepDemand: ({ reference, waitingRank = '', version }, asked) =>
      written(table, [requireVersion(reference, version), changeDemand(waitingRank, reference, asked)]),
    standingOf,
    rankOf: async (state) => (await standingOf(state))?.position,
  };
}
