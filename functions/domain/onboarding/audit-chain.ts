import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from './actor.ts';

/** An event as it is recorded: what happened, between which stages, chained to the one before. */
export interface RecordedEvent {
  readonly number: number;
  /** Instant, ISO 8601. */
  readonly at: string;
  readonly type: string;
  readonly actor: Actor;
  /** Typed by a person; removed, with its salt, when personal data is erased. */
  readonly reason?: string | undefined;
  readonly reasonSalt?: string | undefined;
  /** Replaces the reason in the hash of the event, so that the chain holds without it. */
  readonly reasonDigest?: string | undefined;
  readonly before: string;
  readonly after: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly previousHash: string;
  readonly hash: string;
}

/** Canonical form: keys in order, so that a hash can be computed again from the stored event. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The names of the fields are part of the hash: they stay as they were when the first event was recorded. */
function hashedForm({ actor, reason, reasonDigest, reasonSalt: _, ...same }: Omit<RecordedEvent, 'hash'>) {
  const hashed = { ...same, who: actor };
  return reasonDigest === undefined ? { ...hashed, why: reason } : { ...hashed, whyDigest: reasonDigest };
}

/** The hash an event must have, given what it says and the hash of the event before. */
export function hashOf(event: Omit<RecordedEvent, 'hash'>): string {
  return digestOf(canonical(hashedForm(event)));
}

/** Without the salt, which is removed with the text, short texts cannot be guessed from the digest. */
function reasonDigestOf(reason: string, salt: string): string {
  return digestOf(`${salt}:${reason}`);
}

/** A reason with the salt and the digest that it is recorded with. */
export function sealedReason(reason: string) {
  const reasonSalt = randomBytes(16).toString('base64url');
  return { reason, reasonSalt, reasonDigest: reasonDigestOf(reason, reasonSalt) };
}

/** True when the reason is the one that was typed, or was removed together with its salt. */
export function reasonHolds({ reason, reasonSalt, reasonDigest }: RecordedEvent): boolean {
  if (reasonDigest === undefined) return reasonSalt === undefined;
  if (reason === undefined) return reasonSalt === undefined;
  return reasonSalt !== undefined && reasonDigestOf(reason, reasonSalt) === reasonDigest;
}
