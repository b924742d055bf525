import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { omissions } from '../../../tools/emulator/omissions.ts';
import { uncovered, uncoveredReport } from '../../../tools/emulator/uncovered.ts';

const page = readFileSync(new URL('../../../docs/emulator.md', import.meta.url), 'utf8');

it('lists in the docs what a trial does not cover, in the same words and order', () => {
  const [, told = ''] = page.split('## What a successful trial does not cover');
  expect(told.split('\n').flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []))).toEqual(
    uncovered,
  );
});

it('prints every gap and every omission', () => {
  const report = uncoveredReport();
  for (const gap of uncovered) expect(report).toContain(`- ${gap}\n`);
  for (const { type, reason } of omissions) {
    expect(report).toContain(`- ${type}`);
    expect(report).toContain(reason);
  }
});
