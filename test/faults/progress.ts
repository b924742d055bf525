import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const root = join(import.meta.dirname, '../..');
/** What a history runs through; another content of these folders makes another run. */
const sources = ['functions', 'workflows', 'packages/dynamodb-local/src', 'infra/local', 'test'];
const kept = z.object({ sources: z.string(), passed: z.array(z.number()) });

function sourcesNow(): string {
  const hash = createHash('sha256');
  for (const folder of sources) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => /\.(ts|json)$/.test(each)).toSorted()) {
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.digest('base64url');
}

/** Which parts of a long test have passed, kept in a file so that a run that was stopped goes on where it was. */
export interface Progress {
  readonly passed: ReadonlySet<number>;
  /** Keeps that a part has passed. */
  pass(part: number): void;
}

/**
 * Reads the progress of the same sources; of other ones nothing counts. Once all parts have passed the file is removed,
 * and the next run plays them all again.
 *
 * @param file where it is kept
 * @param parts how many there are
 */
export function openProgress(file: string, parts: number): Progress {
  const now = sourcesNow();
  const passed = new Set<number>();
  if (existsSync(file)) {
    const before = kept.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (before.sources === now) for (const part of before.passed) passed.add(part);
  }
  return {
    passed,
    pass: (part) => {
      passed.add(part);
      if (passed.size === parts) return rmSync(file, { force: true });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify({ sources: now, passed: [...passed] }));
      renameSync(`${file}.new`, file);
    },
  };
}
