import * as z from 'zod/mini';
import { addDays, type CalendarDate } from '../domain/calendar-date.ts';
import type { Stage } from '../domain/onboarding/lifecycle.ts';
import type { OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import { searchableName } from '../domain/text.ts';
import { indexKeys, type Key, keys, namePrefixLength, referenceOf } from './keys.ts';
import { toApproval, toBooking, toState, toWait } from './stored-onboarding.ts';
import { type Item, type Page, pageAt, type QueryOptions, type Table } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';

const found = z.object({ reference: z.string() });

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
export interface Lists {
  byStage(stage: Stage, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Onboardings whose run has failed, the longest ago first. */
  failed(page: PageRequest): Promise<Page<OnboardingState>>;
  /** How many runs have failed, counted up to `most`. */
  countFailed(most: number): Promise<number>;
  /** Onboardings that an earlier release stored with the stage FAILED: the sweeper rewrites them. */
  storedAsFailed(page: PageRequest): Promise<Page<OnboardingState>>;
  /** How many onboardings are in a stage, counted up to `most`: their items are not read. */
  countInStage(stage: Stage, most: number): Promise<number>;
  /** Onboardings whose cutover was before a day and is to be recorded, the longest ago first. */
  cutoversToRecord(before: CalendarDate, page: PageRequest): Promise<Page<OnboardingState>>;
  byOwner(owner: string, page: PageRequest): Promise<Page<OnboardingState>>;
  byTeam(team: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Onboardings booked in a wave, or holding an offer of a place in it. */
  byWave(wave: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** The same, each with its place, its wait and what waits for a second person: two requests read 50. */
  placesIn(wave: string, page: PageRequest): Promise<Page<Snapshot>>;
  /** Those with these references, in one request for a hundred. */
  withReferences(references: readonly string[]): Promise<Page<OnboardingState>>;
  bySiren(siren: string, page: PageRequest): Promise<Page<OnboardingState>>;
  byMail(address: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /**
   * Onboardings with a name in which this begins at a word; one may come twice.
   *
   * @throws SearchTooShortError
   */
  byName(prefix: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Onboardings with a wait that should have ended before `until` (an instant, ISO 8601). */
  overdue(until: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Onboardings of which a condition asks for something by a day. */
  conditionsBy(day: CalendarDate, page: PageRequest): Promise<Page<OnboardingState>>;
  /** The first instant at which a wait is renewed; undefined when none is open. */
  firstRenewal(): Promise<string | undefined>;
  /** The first day on which a condition of any onboarding asks for something. */
  firstConditionDay(): Promise<CalendarDate | undefined>;
  /** Onboardings closed up to `closedBy` (an instant, ISO 8601) whose personal data is still kept. */
  retained(closedBy: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Erasures asked for up to `askedBy` that are not finished, or not yet checked once more. */
  erasures(askedBy: string, page: PageRequest): Promise<Page<OnboardingState>>;
}

export function createLists(table: Table, note: NoteUnreadable): Lists {
  const { states, fromItems, fromIndex, withPlaces, count } = readPages(table, note);
  const storedAsFailed = (page: PageRequest) =>
    fromIndex('byStage', indexKeys.stage('FAILED', '', '').stagePk, page);
  const failedPk = indexKeys.failed('', '').duePk;
  return {
    byStage: (stage, page) =>
      followedByStored(page, {
        list: (own) => fromIndex('byStage', indexKeys.stage(stage, '', '').stagePk, own),
        storedAsFailed,
        belongs: (state) => state.stage === stage,
      }),
    failed: (page) =>
      followedByStored(page, {
        list: (own) => fromIndex('byDue', failedPk, own),
        storedAsFailed,
        belongs: () => true,
      }),
    countFailed: (most) => count('byDue', failedPk, most),
    storedAsFailed,
    countInStage: (stage, most) => count('byStage', indexKeys.stage(stage, '', '').stagePk, most),
    // The day is followed by the reference: those of the day itself come after it.
    cutoversToRecord: (before, page) =>
      fromIndex('byDue', indexKeys.cutover('', '').duePk, { ...page, upTo: before }),
    byOwner: (owner, page) =>
      fromIndex('byOwner', indexKeys.owner(owner, '', '').ownerPk, { ...page, newestFirst: true }),
    byTeam: (team, page) =>
      fromIndex('byTeam', indexKeys.team(team, '', '').teamPk, { ...page, newestFirst: true }),
    byWave: (wave, page) => fromIndex('byOwner', indexKeys.booked(wave, '').ownerPk, page),
    placesIn: async (wave, page) => {
      const { items, ...rest } = await table.queryIndex('byOwner', indexKeys.booked(wave, '').ownerPk, page);
      return { ...(await withPlaces(items.map(referenceOf))), ...rest };
    },
    withReferences: states,
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
function readPages(table: Table, note: NoteUnreadable) {
  async function states(references: readonly string[]): Promise<Page<OnboardingState>> {
    const stored = await table.getAll(references.map((reference) => keys.state(reference)));
    const { items, unreadable } = readEach(stored, toState, note);
    return unreadable.length === 0 ? { items } : { items, unreadable };
  }

  async function withPlaces(references: readonly string[]): Promise<Page<Snapshot>> {
    const itemsOf = [keys.state, keys.booking, keys.wait, keys.approval];
    const stored = await table.getAll(
      references.flatMap((reference) => itemsOf.map((key) => key(reference))),
    );
    const byKey = new Map(stored.map((item) => [`${item['pk']} ${item['sk']}`, item] as const));
    const found = ({ pk, sk }: Key): Item | undefined => byKey.get(`${pk} ${sk}`);
    const states = references
      .map((reference) => found(keys.state(reference)))
      .filter((item) => item !== undefined);
    const { items, unreadable } = readEach(
      states,
      (item): Snapshot => {
        const state = toState(item);
        const [booking, wait, approval] = [keys.booking, keys.wait, keys.approval].map((key) =>
          found(key(state.reference)),
        );
        return {
          state,
          ...(booking === undefined ? {} : { booking: toBooking(booking) }),
          ...(wait === undefined ? {} : { wait: toWait(wait) }),
          ...(approval === undefined ? {} : { approval: toApproval(approval) }),
        };
      },
      note,
    );
    return unreadable.length === 0 ? { items } : { items, unreadable };
  }

  async function fromItems(pk: string, options: QueryOptions): Promise<Page<OnboardingState>> {
    const { items, ...rest } = await table.query(pk, options);
    const { items: lookUps } = readEach(items, (item) => z.parse(found, item), note);
    return { ...(await states([...new Set(lookUps.map(({ reference }) => reference))])), ...rest };
  }

  async function fromIndex(
    index: 'byStage' | 'byOwner' | 'byTeam' | 'byDue',
    pk: string,
    options: QueryOptions,
  ): Promise<Page<OnboardingState>> {
    const { items, ...rest } = await table.queryIndex(index, pk, options);
    return { ...(await states(items.map(referenceOf))), ...rest };
  }

  async function count(index: 'byStage' | 'byDue', pk: string, most: number): Promise<number> {
    return (await table.queryIndex(index, pk, { limit: most })).items.length;
  }

  return { states, fromItems, fromIndex, withPlaces, count };
}

/** A list and the onboardings stored with the stage FAILED, of which some may belong to it. */
interface TwoLists {
  readonly list: (page: PageRequest) => Promise<Page<OnboardingState>>;
  readonly storedAsFailed: (page: PageRequest) => Promise<Page<OnboardingState>>;
  readonly belongs: (state: OnboardingState) => boolean;
}

/** A page of the list, followed at its end by those stored as FAILED that belong to it. */
async function followedByStored(
  { limit, cursor }: PageRequest,
  { list, storedAsFailed, belongs }: TwoLists,
): Promise<Page<OnboardingState>> {
  const behind = cursor?.startsWith(afterList) === true ? cursor.slice(afterList.length) : undefined;
  const own: Page<OnboardingState> =
    behind === undefined ? await list({ limit, ...pageAt(cursor) }) : { items: [] };
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
