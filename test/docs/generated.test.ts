import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { headline, readReportedResults, report } from '../../tools/bench/report.ts';
import { withPicture } from '../../tools/checks/workflow-picture.ts';
import { withBlock } from '../../tools/marked-block.ts';

function text(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

it('shows the workflow as its definition has it (npm run docs)', () => {
  expect(withPicture(text('docs/workflow.md'))).toBe(text('docs/workflow.md'));
});

it('shows the results of the bench as they were measured (npm run bench)', () => {
  const measured = readReportedResults();
  expect(withBlock(text('docs/bench.md'), 'bench', report(measured))).toBe(text('docs/bench.md'));
  expect(withBlock(text('README.md'), 'bench', headline(measured))).toBe(text('README.md'));
});
