import type { ActiveScope } from '../domain/intake/scope-names.ts';
import type { Effect } from '../domain/onboarding/effects.ts';
import { searchableName } from '../domain/text.ts';
import { type Key, keys, namePrefixLength } from './keys.ts';
import type { Write } from './table.ts';
import { exists, putAnyway, putNew, removeAnyway, removeIf } from './writes.ts';

/** Puts a new item by which an onboarding is found. */
export function lookUp(guards: string, key: Key, reference: string): Write {
  return putNew(guards, { ...key, reference });
}

/** Words that no one searches a name by: legal forms, and the small words between others. */
const leftOut: ReadonlySet<string> = new Set(
  'aux avec dans des eirl epic epci eurl gie gip les par pour sarl sas sasu scea sci scop scp sem snc spl sur une'.split(
    ' ',
  ),
);
/** Entries of one name, the first of which begins with the name. */
const mostNameKeys = 8;

/** The keys under which a name is found: it is searched by the beginning of any of its words, with those that follow. */
export function nameKeys(name: string, reference: string): readonly Key[] {
  const words = searchableName(name).split(' ');
  const starts = words.flatMap((word, index) => {
    const isSearched = word.length >= namePrefixLength && !leftOut.has(word);
    return index === 0 || isSearched ? [words.slice(index).join(' ')] : [];
  });
  return starts.slice(0, mostNameKeys).map((from) => keys.name(from, reference));
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

/** Moves an onboarding from the list of one operator to that of another. */
export function moveAssignment(
  { from, to }: Omit<Extract<Effect, { kind: 'move_assignment' }>, 'kind'>,
  reference: string,
): readonly Write[] {
  return [
    ...(from === undefined ? [] : [removeAnyway(keys.assigned(from, reference))]),
    ...(to === undefined ? [] : [putAnyway({ ...keys.assigned(to, reference), reference })]),
  ];
}
