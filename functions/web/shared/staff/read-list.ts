import type { Snapshot } from '../../../domain/onboarding/state.ts';
import { CursorError, type Page, type PageStart, pageAt } from '../../../store/table.ts';

/** A paged list of the store. */
export type List = (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Snapshot>>;

export const rowsAPage = 25;
/** Maximum pages read for one page shown: a filter that drops most rows must not make a request endless. */
const mostReads = 8;

interface Reading {
  readonly cursor: string | undefined;
  /** Filter of the rows shown; all by default. */
  readonly keep?: (snapshot: Snapshot) => boolean;
}

async function walk(list: List, { cursor, keep = () => true }: Reading): Promise<Page<Snapshot>> {
  const items: Snapshot[] = [];
  const unreadable: string[] = [];
  let after = cursor;
  for (let reads = 0; reads < mostReads; reads += 1) {
    const page = await list({ limit: rowsAPage, ...pageAt(after) });
    items.push(...page.items.filter(keep));
    unreadable.push(...(page.unreadable ?? []));
    after = page.cursor;
    if (after === undefined) return { items, unreadable };
    if (items.length >= rowsAPage) break;
  }
  return after === undefined ? { items, unreadable } : { items, unreadable, cursor: after };
}

/** True for an invalid cursor: the first page is shown instead of an error. */
function isNoCursor(error: unknown): boolean {
  return error instanceof CursorError || (error instanceof Error && error.name === 'ValidationException');
}

/** An invalid cursor leads to the first page instead of an error. */
export async function firstIfWrong<T>(
  cursor: string | undefined,
  read: (start: PageStart) => Promise<T>,
): Promise<T> {
  try {
    return await read(pageAt(cursor));
  } catch (error) {
    if (cursor === undefined || !isNoCursor(error)) throw error;
    return read({});
  }
}

/** A filtered page of a list. More rows may follow as long as it has a cursor, however few rows it shows. */
export async function readList(list: List, reading: Reading): Promise<Page<Snapshot>> {
  return firstIfWrong(reading.cursor, ({ cursor }) => walk(list, { ...reading, cursor }));
}
