import { createHash, timingSafeEqual } from 'node:crypto';

/** What forms of a session carry: derived from its secret, which no page ever shows. */
export function csrfProof(secret: string): string {
  return createHash('sha256').update(`form:${secret}`).digest('base64url');
}

export function isCsrfProof(given: string | undefined, secret: string): boolean {
  const expected = Buffer.from(csrfProof(secret));
  const said = Buffer.from(given ?? '');
  return said.length === expected.length && timingSafeEqual(said, expected);
}
