import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readProspectFile } from '../../../../functions/application/prospect-file.ts';
import { instantAt } from '../../../../functions/domain/calendar-date.ts';
import { sampleCalendar } from '../../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../../functions/domain/waves/sample-platform.ts';
import { readBehaviours } from '../../../../infra/local/onboard/behaviours.ts';
import type { ProspectRow } from '../../../../infra/local/onboard/prospect-row.ts';
import {
  detectedText,
  isSuccess,
  type Report,
  refusedAtStart,
  refusedText,
  toJson,
  toTable,
  totalsOf,
  totalsText,
} from '../../../../infra/local/onboard/report.ts';
import { type Progress, runProspects } from '../../../../infra/local/onboard/run-prospects.ts';
import { seededIds } from '../../../../infra/local/onboard/seeded-ids.ts';
import { createMeter } from '../../../../tools/bench/meter.ts';

const examples = (path: string) => fileURLToPath(new URL(`../../../../examples/${path}`, import.meta.url));
const file = readProspectFile(readFileSync(examples('prospects.csv')));
const behaviours = readBehaviours(examples('answers'));

/** The most requests to the database that one prospect of the file may take, from its start to its end. */
const mostRequests = 320;

/** For the whole run on a machine that is busy with other tests. */
const severalMinutes = 240_000;

let report: Report;
const meter = createMeter();
const progress: Progress[] = [];

beforeAll(async () => {
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
      hooks: { onWrite: meter.onWrite, onClient: meter.watch },
    },
    onProgress: (step) => progress.push(step),
  });
  report = { file, run, refused: [] };
}, severalMinutes);

function rowNamed(name: string): ProspectRow {
  const found = report.run.rows.find(({ organisation }) => organisation === name);
  if (found === undefined) throw new Error(`No row is named ${name}`);
  return found;
}

const rowsWith = (holds: (row: ProspectRow) => boolean) =>
  report.run.rows.filter(holds).map(({ organisation }) => organisation);

describe('the 36 prospects of the sample file', () => {
  it('all end as expected by the index, so the run succeeds', () => {
    expect(report.run.rows).toHaveLength(36);
    expect(report.run.rows.filter(({ unexpected }) => unexpected.length > 0)).toEqual([]);
    expect(report.run.rows.every(({ expected }) => expected !== undefined)).toBe(true);
    expect(report.run.stuck).toEqual([]);
    expect(isSuccess(report)).toBe(true);
  });

  it('take few requests each, so that the whole file runs in seconds', () => {
    expect(meter.total().requests / report.run.rows.length).toBeLessThan(mostRequests);
  });

  it.each(['HANDED_OVER', 'NOT_ELIGIBLE', 'DECLINED', 'UNANSWERED', 'WITHDRAWN'])(
    'show the outcome %s',
    (outcome) => {
      expect(rowsWith((row) => row.outcome === outcome)).not.toEqual([]);
    },
  );

  it('include customers that are READY, or CONDITIONAL, throughout', () => {
    for (const tier of ['READY', 'CONDITIONAL']) {
      const shown = rowsWith((row) => row.tiers.join() === tier && row.outcome === 'HANDED_OVER');
      expect(shown, tier).not.toEqual([]);
    }
  });

  it('include one that is NOT_READY, prepares and becomes READY', () => {
    const row = rowNamed('Université fictive de Valbrume');
    expect(row.tiers).toEqual(['NOT_READY', 'READY']);
    expect(row.events.filter((type) => ['TIER_ASSIGNED', 'PREPARING'].includes(type))).toEqual([
      'TIER_ASSIGNED',
      'PREPARING',
      'TIER_ASSIGNED',
    ]);
    expect(row.outcome).toBe('HANDED_OVER');
  });

  it('include one of UNKNOWN tier that an operator asks to complete its answers', () => {
    const row = rowNamed("GIP fictif de l'identité scolaire");
    expect(row.tiers).toEqual(['UNKNOWN', 'READY']);
    expect(row.events.filter((type) => type === 'ANSWERS_SUBMITTED')).toHaveLength(2);
    expect(row.events).toContain('REVIEW_DECIDED');
  });

  it('include State organisations for which qualified hosting is MANDATORY', () => {
    expect(rowsWith((row) => row.requirementLevel === 'MANDATORY')).toContain(
      "Direction fictive du numérique de l'État",
    );
  });

  it('include a refusal confirmed by an operator', () => {
    const row = rowNamed('Chemins de fer fictifs');
    expect(row).toMatchObject({
      eligibility: 'NOT_ELIGIBLE',
      outcome: 'NOT_ELIGIBLE',
      because: ['REFUSAL_CONFIRMED'],
    });
    expect(row.events).toContain('REVIEW_DECIDED');
  });

  it('include one on the waiting list that accepts the place of another that withdraws', () => {
    const leaving = rowNamed('Avions fictifs de Provence');
    expect(leaving).toMatchObject({ outcome: 'WITHDRAWN', wave: null });
    const waiting = rowNamed('Secrétariat fictif à la protection civile');
    expect(waiting.because).toContain('NO_ROOM_BEFORE_DEADLINE');
    expect(waiting).toMatchObject({ wave: 'sud-2027-03-09', outcome: 'HANDED_OVER' });
    const story = waiting.events.filter((type) =>
      ['WAITING', 'PLACE_OFFERED', 'OFFER_ACCEPTED'].includes(type),
    );
    expect(story).toEqual(['WAITING', 'PLACE_OFFERED', 'OFFER_ACCEPTED']);
  });

  it('include group members waiting for the date of their parent organisation', () => {
    const [parent, child] = ['Ville fictive de Montorge', 'Métropole fictive de Montorge'].map(rowNamed);
    expect(child?.because).toContain('PARENT_NOT_BOOKED');
    expect(String(child?.cutover) > String(parent?.cutover)).toBe(true);
  });

  it('report that no wave can be in time for Atelier fictif Lambda, which offers no pilot users', () => {
    expect(rowNamed('Atelier fictif Lambda')).toMatchObject({
      because: ['NO_WAVE_BEFORE_DEADLINE'],
      wave: null,
      outcome: 'NOT_ELIGIBLE',
    });
  });

  it('report that Mégapole fictive is too large for any wave', () => {
    const row = rowNamed('Mégapole fictive');
    expect(row.because).toContain('TOO_LARGE_FOR_ANY_WAVE');
    expect(row.events).not.toContain('WAITING');
  });

  it('continue after a no-go, after a request for another date and after a missing confirmation', () => {
    expect(
      rowNamed('Régie fictive des transports de Montorge').events.filter(
        (type) => type === 'GO_NO_GO_DECIDED',
      ),
    ).toHaveLength(2);
    expect(rowNamed('Région fictive des Trois-Rivières').events).toContain('ANOTHER_DATE_ASKED');
    expect(rowNamed('Automobiles fictives').events.filter((type) => type === 'WAVE_CONFIRMED')).toHaveLength(
      1,
    );
  });

  it('never exceed the capacity of a wave', () => {
    const capacity = new Map(
      sampleCalendar(samplePlatform).map(({ id, capacity: most }) => [id, most.customers]),
    );
    const booked = Map.groupBy(report.run.rows, ({ wave }) => wave ?? '');
    booked.delete('');
    expect(booked.size).toBeGreaterThan(0);
    for (const [wave, rows] of booked) expect(rows.length).toBeLessThanOrEqual(capacity.get(wave) ?? 0);
  });

  it('are reported one by one as they end, and counted', () => {
    const ended = progress.filter(({ last }) => last !== undefined);
    expect(ended.map(({ ended: count }) => count)).toEqual(
      Array.from({ length: 36 }, (_, index) => index + 1),
    );
    expect(new Set(ended.map(({ last }) => last?.reference)).size).toBe(36);
  });
});

describe('the report', () => {
  it.each(['fr', 'en'] as const)('fits a terminal of 160 columns, in %s', (language) => {
    const lines = toTable(report.run.rows, language).split('\n');
    expect(lines.length).toBeGreaterThan(36);
    expect(lines.filter((line) => [...line].length > 160)).toEqual([]);
  });

  it('gives the reason of every outcome', () => {
    expect(report.run.rows.filter(({ why }) => why.fr === '' || why.en === '')).toEqual([]);
  });

  it('has totals that add up', () => {
    const totals = totalsOf(report);
    expect(totals).toMatchObject({ rows: 36, accepted: 36, duplicates: 0, refused: 0, asExpected: 36 });
    expect(Object.values(totals.outcomes).reduce((a, b) => a + b, 0)).toBe(36);
  });

  it('has the same content as JSON', () => {
    expect(JSON.parse(toJson(report, 'en'))).toMatchObject({
      rows: report.run.rows.map(({ reference, outcome, why }) => ({
        reference,
        outcome,
        why: why.en,
        verdict: 'as_expected',
      })),
      refused: [],
      totals: { rows: 36 },
    });
  });

  it('names each refused row of a file with line, column, problem and fix', () => {
    const messy = readProspectFile(readFileSync(examples('prospects-excel-fr.csv')));
    const refusing: Report = {
      file: messy,
      run: { ...report.run, rows: [] },
      refused: messy.refused,
      returned: 'back.csv',
    };
    expect(detectedText(messy, 'en')).toContain('separator ";", encoding windows-1252, dates DD/MM/YYYY');
    const text = refusedText(refusing, 'en');
    expect(text).toMatch(/line 5, contact_email: .+ -> .+/);
    expect(text).toMatch(/line 7, siren: .+ -> .+/);
    expect(text).toContain('back.csv');
    expect(totalsText(refusing, 'fr')).toContain('10 lignes = 3 acceptées + 1 en double + 6 rejetées');
    expect(isSuccess(refusing)).toBe(false);
  });

  it('names the row of a file that would close a ring of parents, and starts all others', async () => {
    const [header = '', first = ''] = readFileSync(examples('prospects.csv'), 'utf8').split('\n');
    const rows = [first.replace(/,$/, ',999000375'), `${first.replace('999000102', '999000375')}999000102`];
    const ring = readProspectFile(Buffer.from([header, ...rows].join('\n')));
    expect(ring.rows.map(({ intake }) => [intake.siren, intake.parentSiren])).toEqual([
      ['999000102', '999000375'],
      ['999000375', '999000102'],
    ]);
    const run = await runProspects({
      prospects: ring.rows.map(({ line, intake }) => ({
        line,
        intake: { owner: 'sales@platform.example', team: 'sales', ...intake },
        ...behaviours.of('999003072'),
      })),
      runtime: {
        from: instantAt('2026-11-23', '09:00'),
        platform: samplePlatform,
        calendar: sampleCalendar(samplePlatform),
        registryFile: examples('registry.json'),
      },
    });
    expect(run.rows.map(({ siren }) => siren)).toEqual(['999000102']);
    const refused = run.notStarted.map((each) => refusedAtStart(ring, each));
    const text = refusedText({ file: ring, run, refused }, 'en');
    expect(text).toMatch(/line 3, parent_siren: .+ -> .+/);
  });

  it('is a failure once a row ends unexpectedly, or does not end', () => {
    const [first, ...others] = report.run.rows;
    if (first === undefined) throw new Error('There are no rows');
    const withFirst = (row: ProspectRow): Report => ({
      ...report,
      run: { ...report.run, rows: [row, ...others] },
    });
    expect(isSuccess(withFirst({ ...first, unexpected: ['outcome DECLINED, expected HANDED_OVER'] }))).toBe(
      false,
    );
    expect(isSuccess(withFirst({ ...first, outcome: null }))).toBe(false);
    const { expected: _, ...unnamed } = first;
    expect(isSuccess(withFirst(unnamed))).toBe(true);
    expect(toTable([unnamed], 'en')).toContain('no expected outcome stated');
  });
});
