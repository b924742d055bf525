import { type Key, keys } from './keys.ts';
import type { Write } from './table.ts';
import { exists, putNew, removeAnyway, removeIf } from './writes.ts';

/** Puts a new item by which an onboarding is found. */
export function lookUp(guards: string, key: Key, reference: string): Write {
  return putNew(guards, { ...key, reference });
}

/** Frees the SIREN for another onboarding and keeps this one in the search, as part of the closing transaction. */
export function freeSiren(siren: string, reference: string): readonly Write[] {
  return [
    removeIf('active', keys.active(siren), exists),
    lookUp('former', keys.former(siren, reference), reference),
  ];
}

/** Moves the look-up by mail address when the contact changes. */
export function moveMailLookUp(before: string, after: string, reference: string): readonly Write[] {
  if (before.toLowerCase() === after.toLowerCase()) return [];
  return [removeAnyway(keys.mail(before, reference)), lookUp('mail', keys.mail(after, reference), reference)];
}
