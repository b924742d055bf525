/** The most unknown fields that are named; a request has no more problems either. */
const mostNamed = 101;

/**
 * The fields of an object that are not known, in order, up to a bound: a body may have as many as it has bytes, and a
 * sender corrects some of them at a time.
 */
export function unknownNames(
  fields: Readonly<Record<string, unknown>>,
  isKnown: (name: string) => boolean,
): readonly string[] {
  const unknown: string[] = [];
  for (const name of Object.keys(fields)) {
    if (isKnown(name)) continue;
    unknown.push(name);
    if (unknown.length === mostNamed) break;
  }
  return unknown;
}
