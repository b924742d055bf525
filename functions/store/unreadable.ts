import { $ZodError } from 'zod/v4/core';
import { keys, referenceOf, waveOfEvent } from './keys.ts';
import type { Item } from './table.ts';

/** An item that this release cannot read: another one has written it. */
export class UnreadableItemError extends Error {
  override readonly name = 'UnreadableItemError';
  readonly found: Unreadable;

  constructor(found: Unreadable, options?: ErrorOptions) {
    super('This release cannot read a stored item', options);
    this.found = found;
  }

  /** True for a wave and what is kept with it; other items are of an onboarding. */
  get isWave(): boolean {
    const partitions = [keys.wave('', '').pk, keys.waveEvents('').pk];
    return partitions.some((pk) => this.found.kind.startsWith(pk));
  }
}

/** Which item it is; never what is in it. */
export interface Unreadable {
  /** Reference of the onboarding, or id of the wave. */
  readonly reference: string;
  /** The item's sort key, and the names of the attributes that cannot be read. */
  readonly kind: string;
}

/** Records an item that was left out. */
export type NoteUnreadable = (found: Unreadable) => void;

function described(item: Item, { issues }: $ZodError): Unreadable {
  const [pk, sk] = [String(item['pk']), String(item['sk'])];
  const { pk: ofWave, prefix } = keys.waveEvents('');
  const other = pk.startsWith(ofWave) && sk.startsWith(prefix) ? waveOfEvent({ pk }) : sk;
  const reference = pk.startsWith('ONB#') ? referenceOf({ pk, sk }) : other;
  const attributes = new Set(issues.map(({ path }) => String(path[0] ?? '')));
  return { reference, kind: [pk.startsWith('ONB#') ? sk : pk, ...attributes].join(' ') };
}

/** Reads one item; one that cannot be read is noted. @throws UnreadableItemError */
export function readItem<T>(item: Item, read: (item: Item) => T, note: NoteUnreadable): T {
  try {
    return read(item);
  } catch (error) {
    if (!(error instanceof $ZodError)) throw error;
    const found = described(item, error);
    note(found);
    throw new UnreadableItemError(found, { cause: error });
  }
}

/** The items that can be read, and which cannot: these are noted and left out. */
export function readEach<T>(
  items: readonly Item[],
  read: (item: Item) => T,
  note: NoteUnreadable,
): { readonly items: readonly T[]; readonly unreadable: readonly string[] } {
  const found: T[] = [];
  const unreadable: string[] = [];
  for (const item of items) {
    try {
      found.push(readItem(item, read, note));
    } catch (error) {
      if (!(error instanceof UnreadableItemError)) throw error;
      unreadable.push(error.found.reference);
    }
  }
  return { items: found, unreadable };
}

/** Does something with one of many; when its items cannot be read it is left out, and the others go on. */
export async function unlessUnreadable<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof UnreadableItemError) return undefined;
    throw error;
  }
}
