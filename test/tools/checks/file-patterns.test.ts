import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tooFew } from '../../../tools/checks/file-patterns.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-patterns-'));
  for (const path of ['tests/a', 'tests/b/c', 'node_modules/d']) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, `${path}.test.ts`), '');
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the check of file patterns', () => {
  it('accepts a pattern that finds the expected number of files', () => {
    expect(tooFew([{ what: 'tests', include: ['tests/**/*.test.ts'], least: 2 }], folder)).toEqual([]);
  });

  it('reports a pattern that finds fewer files, after a folder has moved', () => {
    expect(tooFew([{ what: 'tests', include: ['test/**/*.test.ts'], least: 2 }], folder)).toEqual([
      'tests finds 0 files, not 2 or more',
    ]);
  });

  it('counts neither what is excluded nor installed packages', () => {
    const patterns = [{ what: 'tests', include: ['**/*.test.ts'], exclude: ['tests/b/**'], least: 2 }];
    expect(tooFew(patterns, folder)).toEqual(['tests finds 1 files, not 2 or more']);
  });
});
