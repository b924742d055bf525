import * as z from 'zod/mini';
import { addDays, type CalendarDate } from '../domain/calendar-date.ts';
import type { Stage } from '../domain/onboarding/lifecycle.ts';
import { searchableName } from '../domain/text.ts';
import { indexKeys, keys, namePrefixLength, referenceOf } from './keys.ts';
import type { Reader } from './readers.ts';
import { type Page, pageAt, type QueryOptions, type Table } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';
import { createWorkList } from './work-list.ts';

const found = z.object({ reference: z.string() });

/** Entries of the work list that one page of failed runs looks through. */
const entriesRead = 500;

/** Prefix of the cursors behind a list: no cursor of the table contains a dot. */
const afterList = 'stored.';

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** A name is searched by its first letters; fewer than three would search everything. */
export class SearchTooShortError extends Error {
  override readonly name = 'SearchTooShortError';
}

/** Pages of onboardings; no list reads more than the page it gives. */
export interface Lists<T> {
  byStage(stage: Stage, page: PageRequest): Promise<Page<T>>;
  /** Onboardings whose run has failed, the longest ago first. A page may hold fewer than its limit, and more follow. */
  failed(page: PageRequest): Promise<Page<T>>;
  /** Onboardings that an earlier release stored with the stage FAILED: the sweeper rewrites them. */
  storedAsFailed(page: PageRequest): Promise<Page<T>>;
  byOwner(owner: string, page: PageRequest): Promise<Page<T>>;
  byTeam(team: string, page: PageRequest): Promise<Page<T>>;
  /** Onboardings that an operator follows, by the identity provider's name for the person. */
  byOperator(subject: string, page: PageRequest): Promise<Page<T>>;
  /** Onboardings booked in a wave, or holding an offer of a place in it. */
  byWave(wave: string, page: PageRequest): Promise<Page<T>>;
  /** Those with these references. */
  withReferences(references: readonly string[]): Promise<Page<T>>;
  bySiren(siren: string, page: PageRequest): Promise<Page<T>>;
  byMail(address: string, page: PageRequest): Promise<Page<T>>;
  /**
   * Onboardings with a name in which this begins at a word; one may come twice.
   *
   * @throws SearchTooShortError
   */
  byName(prefix: string, page: PageRequest): Promise<Page<T>>;
  /** Onboardings with a wait that should have ended before `until` (an instant, ISO 8601). */
  overdue(until: string, page: PageRequest): Promise<Page<T>>;
  /** Onboardings of which a condition asks for something by a day. */
  conditionsBy(day: CalendarDate, page: PageRequest): Promise<Page<T>>;
  /** The first instant at which a wait is renewed; undefined when none is open. */
  firstRenewal(): Promise<string | undefined>;
  /** The first day on which a condition of any onboarding asks for something. */
  firstConditionDay(): Promise<CalendarDate | undefined>;
  /** Onboardings closed up to `closedBy` (an instant, ISO 8601) whose personal data is still kept. */
  retained(closedBy: string, page: PageRequest): Promise<Page<T>>;
  /** Erasures asked for up to `askedBy` that are not finished, or not yet checked once more. */
  erasures(askedBy: string, page: PageRequest): Promise<Page<T>>;
}

export function createLists<T>(table: Table, note: NoteUnreadable, reader: Reader<T>): Lists<T> {
  const { fromItems, fromIndex } = readPages(table, note, reader);
  const workList = createWorkList(table);
  const storedAsFailed = (page: PageRequest) =>
    fromIndex('byStage', indexKeys.stage('FAILED', '', '').stagePk, page);
  /** Failed runs are due from when they failed: they come first among much else. */
  async function failed({ limit, cursor }: PageRequest): Promise<Page<T>> {
    const { items, ...rest } = await workList.entries({ limit: entriesRead, cursor });
    const runs = items.filter(({ kind }) => kind === 'failed_run');
    const shown = runs.slice(0, limit);
    const last = shown.at(-1);
    const after = runs.length > limit && last !== undefined ? pageAt(workList.cursorAfter(last)) : rest;
    return { ...(await reader.read(shown.map(({ reference }) => reference))), ...after };
  }
  return {
    byStage: (stage, page) =>
      followedByStored(page, {
        list: (own) => fromIndex('byStage', indexKeys.stage(stage, '', '').stagePk, own),
        storedAsFailed,
        belongs: (listed) => reader.stateOf(listed).stage === stage,
      }),
    failed: (page) =>
      followedByStored(page, {
        list: failed,
        storedAsFailed,
        belongs: () => true,
      }),
    storedAsFailed,
    byOwner: (owner, page) =>
      fromIndex('byOwner', indexKeys.owner(owner, '', '').ownerPk, { ...page, newestFirst: true }),
    byTeam: (team, page) =>
      fromIndex('byTeam', indexKeys.team(team, '', '').teamPk, { ...page, newestFirst: true }),
    byOperator: (subject, page) => fromItems(keys.assigned(subject, '').pk, page),
    byWave: (wave, page) => fromIndex('byOwner', indexKeys.booked(wave, '').ownerPk, page),
    withReferences: reader.read,
    bySiren: (siren, page) => fromItems(keys.active(siren).pk, page),
    byMail: (address, page) => fromItems(keys.mail(address, '').pk, page),
    byName: async (prefix, page) => {
      const searchable = searchableName(prefix);
      if (searchable.length < namePrefixLength) throw new SearchTooShortError();
      // Longer than any name, shorter than the longest sort key.
      const asked = searchable.slice(0, 900);
      return fromItems(keys.name(asked, '').pk, { ...page, prefix: asked });
    },
    overdue: (until, page) => fromIndex('byDue', indexKeys.due('', '').duePk, { ...page, upTo: until }),
    firstRenewal: () => table.firstOf('byDue', indexKeys.due('', '').duePk),
    conditionsBy: (day, page) =>
      // The day is followed by the reference: those of the day itself come before the day after.
      fromIndex('byDue', indexKeys.conditions('', '').duePk, { ...page, upTo: addDays(day, 1) }),
    firstConditionDay: () => table.firstOf('byDue', indexKeys.conditions('', '').duePk),
    retained: (closedBy, page) =>
      fromIndex('byDue', indexKeys.retained('', '').duePk, { ...page, upTo: closedBy }),
    erasures: (askedBy, page) =>
      fromIndex('byDue', indexKeys.erasure('', '').duePk, { ...page, upTo: askedBy }),
  };
}

/** Ways to read a page of onboardings: from items or from index entries that bear their references. */
function readPages<T>(table: Table, note: NoteUnreadable, { read }: Reader<T>) {
  async function fromItems(pk: string, options: QueryOptions): Promise<Page<T>> {
    const { items, ...rest } = await table.query(pk, options);
    const { items: lookUps } = readEach(items, (item) => z.parse(found, item), note);
    return { ...(await read([...new Set(lookUps.map(({ reference }) => reference))])), ...rest };
  }

  async function fromIndex(
    index: 'byStage' | 'byOwner' | 'byTeam' | 'byDue',
    pk: string,
    options: QueryOptions,
  ): Promise<Page<T>> {
    const { items, ...rest } = await table.queryIndex(index, pk, options);
    return { ...(await read(items.map(referenceOf))), ...rest };
  }

  return { fromItems, fromIndex };
}

/** A list and the onboardings stored with the stage FAILED, of which some may belong to it. */
interface TwoLists<T> {
  readonly list: (page: PageRequest) => Promise<Page<T>>;
  readonly storedAsFailed: (page: PageRequest) => Promise<Page<T>>;
  readonly belongs: (found: T) => boolean;
}

/** A page of the list, followed at its end by those stored as FAILED that belong to it. */
async function followedByStored<T>(
  { limit, cursor }: PageRequest,
  { list, storedAsFailed, belongs }: TwoLists<T>,
): Promise<Page<T>> {
  const behind = cursor?.startsWith(afterList) === true ? cursor.slice(afterList.length) : undefined;
  const own: Page<T> = behind === undefined ? await list({ limit, ...pageAt(cursor) }) : { items: [] };
  if (own.cursor !== undefined) return own;
  if (own.items.length === limit) return { ...own, cursor: afterList };
  const stored = await storedAsFailed({
    limit: limit - own.items.length,
    ...pageAt(behind === '' ? undefined : behind),
  });
  const unreadable = [...(own.unreadable ?? []), ...(stored.unreadable ?? [])];
  return {
    items: [...own.items, ...stored.items.filter(belongs)],
    ...(unreadable.length === 0 ? {} : { unreadable }),
    ...(stored.cursor === undefined ? {} : { cursor: `${afterList}${stored.cursor}` }),
  };
}
