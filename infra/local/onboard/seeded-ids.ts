import { createHash } from 'node:crypto';
import type { Ids } from '../../../functions/platform/ids.ts';

/** Repeatable random bytes, so that references of runs without a data folder can be compared. */
export function seededIds(seed: string): Ids {
  let drawn = 0;
  return {
    bytes: (length) => {
      drawn += 1;
      const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
        createHash('sha256').update(`${seed} ${drawn} ${block}`).digest(),
      );
      return Buffer.concat(blocks).subarray(0, length);
    },
  };
}
