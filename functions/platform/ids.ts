import { randomBytes } from 'node:crypto';

/** Source of randomness; injected to make benchmarks and tests repeatable. */
export interface Ids {
  /** `length` random bytes from a cryptographic source. */
  bytes(length: number): Uint8Array;
}

export const randomIds: Ids = { bytes: (length) => randomBytes(length) };
