import * as z from 'zod/mini';
import type { Stage } from '../domain/onboarding/lifecycle.ts';
import { indexKeys, keys, namePrefixLength, searchableName } from './keys.ts';
import { type OnboardingState, onboardingState } from './onboarding-state.ts';
import type { Item, Page, QueryOptions, Table } from './table.ts';

const found = z.object({ reference: z.string() });

interface PageRequest {
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
  /** How many onboardings are in a stage, counted up to `most`: their items are not read. */
  countInStage(stage: Stage, most: number): Promise<number>;
  byOwner(owner: string, page: PageRequest): Promise<Page<OnboardingState>>;
  byTeam(team: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Onboardings booked in a wave, or holding an offer of a place in it. */
  byWave(wave: string, page: PageRequest): Promise<Page<OnboardingState>>;
  bySiren(siren: string, page: PageRequest): Promise<Page<OnboardingState>>;
  byMail(address: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** @throws SearchTooShortError */
  byName(prefix: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Onboardings with a wait that should have ended before `until` (an instant, ISO 8601). */
  overdue(until: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Onboardings closed up to `closedBy` (an instant, ISO 8601) whose personal data is still kept. */
  retained(closedBy: string, page: PageRequest): Promise<Page<OnboardingState>>;
  /** Erasures asked for up to `askedBy` that are not finished, or not yet looked at once more. */
  erasures(askedBy: string, page: PageRequest): Promise<Page<OnboardingState>>;
}

export function createLists(table: Table): Lists {
  async function states(references: readonly string[]): Promise<readonly OnboardingState[]> {
    const items = await table.getAll(references.map((reference) => keys.state(reference)));
    return items.map((item) => z.parse(onboardingState, item));
  }

  async function fromItems(pk: string, options: QueryOptions): Promise<Page<OnboardingState>> {
    const { items, ...rest } = await table.query(pk, options);
    return { items: await states(items.map((item: Item) => z.parse(found, item).reference)), ...rest };
  }

  async function fromIndex(
    index: 'byStage' | 'byOwner' | 'byTeam' | 'byDue',
    pk: string,
    options: QueryOptions,
  ): Promise<Page<OnboardingState>> {
    const { items, ...rest } = await table.queryIndex(index, pk, options);
    return { items: await states(items.map((key) => key.pk.replace(/^ONB#/, ''))), ...rest };
  }

  return {
    byStage: (stage, page) => fromIndex('byStage', indexKeys.stage(stage, '', '').stagePk, page),
    countInStage: async (stage, most) => {
      const found = await table.queryIndex('byStage', indexKeys.stage(stage, '', '').stagePk, {
        limit: most,
      });
      return found.items.length;
    },
    byOwner: (owner, page) =>
      fromIndex('byOwner', indexKeys.owner(owner, '', '').ownerPk, { ...page, newestFirst: true }),
    byTeam: (team, page) =>
      fromIndex('byTeam', indexKeys.team(team, '', '').teamPk, { ...page, newestFirst: true }),
    byWave: (wave, page) => fromIndex('byOwner', indexKeys.booked(wave, '').ownerPk, page),
    bySiren: (siren, page) => fromItems(keys.active(siren).pk, page),
    byMail: (address, page) => fromItems(keys.mail(address, '').pk, page),
    byName: async (prefix, page) => {
      const searchable = searchableName(prefix);
      if (searchable.length < namePrefixLength) throw new SearchTooShortError();
      return fromItems(keys.name(searchable, '').pk, { ...page, prefix: searchable });
    },
    overdue: (until, page) => fromIndex('byDue', indexKeys.due('', '').duePk, { ...page, upTo: until }),
    retained: (closedBy, page) =>
      fromIndex('byDue', indexKeys.retained('', '').duePk, { ...page, upTo: closedBy }),
    erasures: (askedBy, page) =>
      fromIndex('byDue', indexKeys.erasure('', '').duePk, { ...page, upTo: askedBy }),
  };
}
