import { randomBytes } from 'node:crypto';

/** Source of randomness; injected, so that a benchmark or a test can be repeated. */
export interface Ids {
  /** `length` random bytes from a cryptographic source. */
  bytes(length: number): Uint8Array;
}

export const randomIds: Ids = { bytes: (length) => randomBytes(length) };
