import { createHash, timingSafeEqual } from 'node:crypto';

/** The CSRF token of a session's forms, derived from its secret, which no page shows. */
export function csrfProof(secret: string): string {
  return createHash('sha256').update(`form:${secret}`).digest('base64url');
}

export function isCsrfProof(given: string | undefined, secret: string): boolean {
  const expected = Buffer.from(csrfProof(secret));
  const received = Buffer.from(given ?? '');
  return received.length === expected.length && timingSafeEqual(received, expected);
}
