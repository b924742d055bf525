import * as z from 'zod/mini';
import { pendingLife } from '../domain/onboarding/customer-identity.ts';
import { keys, linkHash } from './keys.ts';
import type { Item, Table } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';

const pendingItem = z.object({
  browser: z.string(),
  path: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])),
  until: z.iso.datetime(),
});

/** A form that was sent, as it was sent. */
export interface PendingPage {
  /** With its query. */
  readonly path: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** Whose page it is, and the secret of the browser that sent it: no other one may take it up. */
export interface PendingOwner {
  readonly reference: string;
  /** Absent for the contact. */
  readonly person: string | undefined;
  readonly browser: string;
}

/** The most pages that wait for one person at the same time, and the most characters of one of them. */
export const pendingLimits = { pages: 20, characters: 50_000 } as const;

/** Pages that wait for their senders to show who they are: for an hour, and erased with the onboarding. */
export interface PendingPages {
  /** Keeps a page; false if it is too large, or too many wait already. */
  keep(owner: PendingOwner, id: string, page: PendingPage, now: Date): Promise<boolean>;
  find(
    owner: PendingOwner,
    id: string,
    now: Date,
  ): Promise<(PendingPage & { readonly until: string }) | undefined>;
  remove(owner: Omit<PendingOwner, 'browser'>, id: string): Promise<void>;
  /** Removes all that wait for one person, whichever browser has sent them. */
  removeAll(owner: Omit<PendingOwner, 'browser'>): Promise<void>;
  /** Those that this browser has sent, in the order in which they end. */
  ofBrowser(
    owner: PendingOwner,
    now: Date,
  ): Promise<readonly { readonly id: string; readonly until: string }[]>;
  /** Keeps those that this browser has sent longer, if they are not kept as long already. */
  keepUntil(owner: PendingOwner, until: Date, now: Date): Promise<void>;
}

function sizeOf({ path, fields }: PendingPage): number {
  return fields.reduce((size, [name, value]) => size + name.length + value.length, path.length);
}

export function createPendingPages(table: Table, note: NoteUnreadable): PendingPages {
  const isOver = (until: unknown, now: Date) => Date.parse(String(until)) <= now.getTime();

  async function ofBrowser({ reference, person, browser }: PendingOwner, now: Date) {
    const { pk, prefix } = keys.pendingPages(reference, person);
    const items = await table.queryAll(pk, { prefix, consistent: true });
    const read = (item: Item) => {
      const page = z.parse(pendingItem, item);
      return { item, page, id: String(item['sk']).slice(prefix.length) };
    };
    return readEach(items, read, note)
      .items.filter(({ page }) => page.browser === linkHash(browser) && !isOver(page.until, now))
      .toSorted((one, other) => one.page.until.localeCompare(other.page.until));
  }

  return {
    keep: async ({ reference, person, browser }, id, page, now) => {
      if (sizeOf(page) > pendingLimits.characters) return false;
      const { pk, prefix } = keys.pendingPages(reference, person);
      const waiting = await table.queryAll(pk, { prefix, consistent: true });
      if (waiting.filter(({ until }) => !isOver(until, now)).length >= pendingLimits.pages) return false;
      const until = new Date(now.getTime() + pendingLife);
      return table.putIf(
        {
          ...keys.pendingPage(reference, person, id),
          browser: linkHash(browser),
          path: page.path,
          fields: page.fields.map((field) => [...field]),
          until: until.toISOString(),
          // DynamoDB deletes it some time after.
          expiresAt: Math.ceil(until.getTime() / 1_000),
        },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
    },
    find: async ({ reference, person, browser }, id, now) => {
      const item = await table.get(keys.pendingPage(reference, person, id));
      if (item === undefined || isOver(item['until'], now)) return undefined;
      const [page] = readEach([item], (found) => z.parse(pendingItem, found), note).items;
      if (page?.browser !== linkHash(browser)) return undefined;
      const { path, fields, until } = page;
      return { path, fields, until };
    },
    ofBrowser: async (owner, now) =>
      (await ofBrowser(owner, now)).map(({ id, page: { until } }) => ({ id, until })),
    keepUntil: async (owner, until, now) => {
      for (const { item, page } of await ofBrowser(owner, now)) {
        if (Date.parse(page.until) >= until.getTime()) continue;
        // One that was carried out meanwhile stays away.
        await table.putIf(
          { ...item, until: until.toISOString(), expiresAt: Math.ceil(until.getTime() / 1_000) },
          { ConditionExpression: 'attribute_exists(pk)' },
        );
      }
    },
    remove: ({ reference, person }, id) => table.delete(keys.pendingPage(reference, person, id)),
    removeAll: async ({ reference, person }) => {
      const { pk, prefix } = keys.pendingPages(reference, person);
      for (const item of await table.queryAll(pk, { prefix, consistent: true })) {
        await table.delete({ pk, sk: String(item['sk']) });
      }
    },
  };
}
