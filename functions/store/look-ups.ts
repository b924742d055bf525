import { keys } from './keys.ts';
import type { Write } from './table.ts';
import { exists, putNew, removeAnyway, removeIf } from './writes.ts';

/** Frees the SIREN for another onboarding and keeps this one in the search, as part of the closing transaction. */
export function freeSiren(siren: string, reference: string): readonly Write[] {
  return [
    removeIf('active', keys.active(siren), exists),
    putNew('former', { ...keys.former(siren, reference), reference }),
  ];
}

/** Moves the look-up by mail address when the contact changes. */
export function moveMailLookUp(before: string, after: string, reference: string): readonly Write[] {
  if (before.toLowerCase() === after.toLowerCase()) return [];
  return [
    removeAnyway(keys.mail(before, reference)),
    putNew('mail', { ...keys.mail(after, reference), reference }),
  ];
}
