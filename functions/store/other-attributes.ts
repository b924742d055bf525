import { indexes } from './keys.ts';

type Attributes = Record<string, unknown>;

/**
 * Attributes of an item that this release does not know. They travel with every copy of what was read from it, and are
 * written with it again: an older release that rewrites an item takes nothing away that a newer one has stored there.
 */
const others = Symbol('attributes of another release');

/** Attributes of keys: they are computed with every write. */
const keyAttributes: ReadonlySet<string> = new Set([
  'pk',
  'sk',
  ...Object.values(indexes).flatMap(({ pk, sk }) => [pk, sk]),
]);

function areAttributes(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null;
}

/** What was read from an item, with the item's attributes that are not among those known. */
export function withOthers<T extends object>(read: T, item: Attributes, known: object): T {
  const unknown = Object.entries(item).filter(
    ([name]) => !keyAttributes.has(name) && !Object.hasOwn(known, name),
  );
  return unknown.length === 0 ? read : { ...read, [others]: Object.fromEntries(unknown) };
}

/** The attributes of another release that came with what was read; none when there were none. */
export function othersOf(read: object): Attributes {
  const found: unknown = Reflect.get(read, others);
  return areAttributes(found) ? found : {};
}
