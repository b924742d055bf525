import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the files of one run have taken on, so that each thing is looked at once: they share a folder for temporary files. */
const folder = join(tmpdir(), 'inspected');

/** True for the first to claim something, in all files of the run. */
export function claim(what: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    mkdirSync(join(folder, createHash('sha256').update(what).digest('hex')));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
