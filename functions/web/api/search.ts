import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { OnboardingNotFoundError } from '../../domain/errors.ts';
import { parseSiren } from '../../domain/input/identifiers.ts';
import { readMailAddress } from '../../domain/input/mail-address.ts';
import { type Stage, stages } from '../../domain/onboarding/lifecycle.ts';
import { parseReference } from '../../domain/onboarding/reference.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { namePrefixLength } from '../../store/keys.ts';
import { type PageRequest, SearchTooShortError } from '../../store/lists.ts';
import type { Store } from '../../store/store.ts';
import { CursorError, type Page, pageAt } from '../../store/table.ts';
import { UnreadableItemError } from '../../store/unreadable.ts';
import { invalidFields, unknownCursor } from './problem.ts';

export interface Search {
  readonly stage?: Stage | undefined;
  /** Only those whose run has failed. */
  readonly failed: boolean;
  readonly owner?: string | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A list of the store; a search reads one or several. */
type Source = (page: PageRequest) => Promise<Page<OnboardingState>>;

/** Maximum pages read for one page of the response: a filter that drops most rows must not make a request endless. */
const mostReads = 40;

/** Identifies the search of a cursor without revealing its query. */
function fingerprint({ stage, failed, owner, q }: Search): string {
  return createHash('sha256')
    .update(JSON.stringify([stage, failed, owner, q]))
    .digest('base64url')
    .slice(0, 12);
}

const cursorContent = z.object({
  search: z.string(),
  source: z.int().check(z.nonnegative()),
  after: z.optional(z.string()),
});
type Place = Pick<z.infer<typeof cursorContent>, 'source' | 'after'>;

function encode(search: Search, place: Place): string {
  return Buffer.from(JSON.stringify({ search: fingerprint(search), ...place })).toString('base64url');
}

/** @throws CursorError when the cursor is not one of this search. */
function decode(search: Search): Place {
  if (search.cursor === undefined) return { source: 0 };
  try {
    const content = z.parse(
      cursorContent,
      JSON.parse(Buffer.from(search.cursor, 'base64url').toString('utf8')),
    );
    if (content.search === fingerprint(search)) return content;
  } catch (cause) {
    throw new CursorError('The cursor is damaged', { cause });
  }
  throw new CursorError('The cursor belongs to another search');
}

function once(page: Page<OnboardingState>): Source {
  return async () => page;
}

async function found(store: Store, reference: string): Promise<Page<OnboardingState> | undefined> {
  try {
    return { items: [(await store.onboardings.now(reference)).state] };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return undefined;
    if (error instanceof UnreadableItemError) return { items: [], unreadable: [reference] };
    throw error;
  }
}

/** The list for a free-text query: a reference, an email address, a SIREN or the start of a name. */
async function sourceFor(store: Store, q: string): Promise<Source> {
  const reference = parseReference(q);
  const page = reference === undefined ? undefined : await found(store, reference);
  if (page !== undefined) return once(page);
  if (q.includes('@')) return (page) => store.lists.byMail(readMailAddress(q) ?? q.trim(), page);
  const identifier = parseSiren(q);
  if (typeof identifier !== 'string') return (page) => store.lists.bySiren(identifier.siren, page);
  return (page) => store.lists.byName(q, page);
}

async function sourcesFor(store: Store, { q, owner, failed, stage }: Search): Promise<readonly Source[]> {
  if (q !== undefined) return [await sourceFor(store, q)];
  if (owner !== undefined) return [(page) => store.lists.byOwner(owner, page)];
  if (failed) return [(page) => store.lists.failed(page)];
  const wanted = stage === undefined ? stages : [stage];
  return wanted.map(
    (one): Source =>
      (page) =>
        store.lists.byStage(one, page),
  );
}

/**
 * Finds onboardings: looks up the narrowest criterion and filters by the others. Without criteria it lists all, by
 * stage. A page may hold fewer than `limit` items, and more may follow as long as it has a cursor.
 *
 * @throws ApiProblem when the cursor belongs to another search, or the start of a name is too short.
 */
export async function searchOnboardings(store: Store, search: Search): Promise<Page<OnboardingState>> {
  try {
    return await walk(await sourcesFor(store, search), search);
  } catch (error) {
    throw refusalOf(error, search) ?? error;
  }
}

async function walk(sources: readonly Source[], search: Search): Promise<Page<OnboardingState>> {
  const { stage, failed, owner, limit } = search;
  const items: OnboardingState[] = [];
  const unreadable: string[] = [];
  let place = decode(search);
  for (let reads = 0; reads < mostReads && items.length < limit; reads += 1) {
    const page = await sources[place.source]?.({
      limit: limit - items.length,
      ...pageAt(place.after),
    });
    if (page === undefined) return { items, unreadable };
    unreadable.push(...(page.unreadable ?? []));
    items.push(
      ...page.items.filter(
        (state) =>
          (stage === undefined || state.stage === stage) &&
          (!failed || state.run.status === 'failed') &&
          (owner === undefined || state.owner === owner),
      ),
    );
    place =
      page.cursor === undefined ? { source: place.source + 1 } : { source: place.source, after: page.cursor };
  }
  return place.source < sources.length
    ? { items, unreadable, cursor: encode(search, place) }
    : { items, unreadable };
}

/** True for an invented cursor: DynamoDB rejects a key that it could not have issued. */
function isForgedKey(error: unknown, { cursor }: Search): boolean {
  return cursor !== undefined && error instanceof Error && error.name === 'ValidationException';
}

function refusalOf(error: unknown, search: Search) {
  if (error instanceof SearchTooShortError) {
    return invalidFields('invalid_parameter', [
      {
        pointer: '/q',
        code: 'too_short',
        message: {
          fr: `q : une recherche par nom exige au moins ${namePrefixLength} lettres ou chiffres ; complétez-la.`,
          en: `q: a search by name needs at least ${namePrefixLength} letters or digits; complete it.`,
        },
      },
    ]);
  }
  if (error instanceof CursorError || isForgedKey(error, search)) return unknownCursor();
  return undefined;
}
