import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readProspectFile } from '../../../../functions/application/prospect-file.ts';
import { instantAt } from '../../../../functions/domain/calendar-date.ts';
import { sampleCalendar } from '../../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../../functions/domain/waves/sample-platform.ts';
import { readBehaviours } from '../../../../infra/local/onboard/behaviours.ts';
import { isSuccess } from '../../../../infra/local/onboard/report.ts';
import { runProspects } from '../../../../infra/local/onboard/run-prospects.ts';
import { seededIds } from '../../../../infra/local/onboard/seeded-ids.ts';

const examples = (path: string) => fileURLToPath(new URL(`../../../../examples/${path}`, import.meta.url));
const severalMinutes = 240_000;

it('a ministry of 90,000 users answers once and has six cutovers', { timeout: severalMinutes }, async () => {
  const file = readProspectFile(readFileSync(examples('ministry.csv')));
  const behaviours = readBehaviours(examples('answers'));
  const ended: number[] = [];
  const run = await runProspects({
    prospects: file.rows.map(({ line, intake }) => ({
      line,
      intake: { owner: 'sales@platform.example', team: 'sales', ...intake },
      ...behaviours.of(intake.siren),
    })),
    runtime: {
      from: instantAt('2026-11-23', '09:00'),
      platform: samplePlatform,
      calendar: sampleCalendar(samplePlatform),
      registryFile: examples('registry.json'),
      ids: seededIds('test'),
    },
    onProgress: (step) => ended.push(step.ended),
  });
  expect(isSuccess({ file, run, refused: [] })).toBe(true);
  // A part is counted with its whole.
  expect([Math.min(...ended), Math.max(...ended)]).toEqual([0, 1]);
  const [ministry] = run.rows;
  expect(ministry).toMatchObject({ outcome: 'HANDED_OVER', stage: 'CLOSED' });
  expect(ministry?.events.filter((type) => type === 'ANSWERS_SUBMITTED')).toHaveLength(1);
  const parts = ministry?.parts ?? [];
  expect(parts.map(({ users }) => users)).toEqual([15_000, 15_000, 15_000, 15_000, 15_000, 15_000]);
  expect(parts.every((part) => part.cutover !== null && part.outcome === 'HANDED_OVER')).toBe(true);
});
