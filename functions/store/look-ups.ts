import type { ActiveScope } from '../domain/intake/scope-names.ts';
import type { Effect } from '../domain/onboarding/effects.ts';
import { type Key, keys } from './keys.ts';
import type { Write } from './table.ts';
import { exists, putNew, removeAnyway, removeIf } from './writes.ts';

/** Puts a new item by which an onboarding is found. */
export function lookUp(guards: string, key: Key, reference: string): Write {
  return putNew(guards, { ...key, reference });
}

/** Takes the SIREN for an onboarding of this scope; the guard `active` fails while another one has it. */
export function takeSiren(siren: string, { reference, scope }: ActiveScope): Write {
  const named = scope === undefined ? {} : { scope };
  return putNew('active', { ...keys.active(siren, scope), reference, ...named });
}

/** Frees the SIREN for another onboarding of this scope and keeps this one in the search, as part of the closing transaction. */
export function freeSiren(
  { siren, scope }: Omit<Extract<Effect, { kind: 'free_siren' }>, 'kind'>,
  reference: string,
): readonly Write[] {
  return [
    removeIf('active', keys.active(siren, scope), exists),
    lookUp('former', keys.former(siren, reference), reference),
  ];
}

/** Moves the look-up by mail address when the contact changes. */
export function moveMailLookUp(before: string, after: string, reference: string): readonly Write[] {
  if (before.toLowerCase() === after.toLowerCase()) return [];
  return [removeAnyway(keys.mail(before, reference)), lookUp('mail', keys.mail(after, reference), reference)];
}
