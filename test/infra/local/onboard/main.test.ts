import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openDataFolder } from '../../../../infra/local/data-folder.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const messy = join(root, 'examples/prospects-excel-fr.csv');
/** Long enough for several whole runs on a machine that is busy with other tests. */
const severalRuns = 240_000;
const folder = (): string => mkdtempSync(join(tmpdir(), 'onboard-'));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command; with `interrupt`, sends the signal once so many onboardings are told to have ended. */
function onboard(
  args: readonly string[],
  interrupt?: { readonly signal: NodeJS.Signals; readonly afterEnded: number },
): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'infra/local/onboard/main.ts'), ...args], {
    env: { ...process.env, LANG: 'fr_FR.UTF-8' },
  });
  let stdout = '';
  let stderr = '';
  let told = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (!told && interrupt !== undefined && stderr.split('\n').length > interrupt.afterEnded) {
      told = true;
      child.kill(interrupt.signal);
    }
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

const problem = z.object({ column: z.string(), code: z.string(), problem: z.string(), fix: z.string() });
const document = z.object({
  rows: z.array(
    z.object({
      line: z.number(),
      siren: z.string(),
      reference: z.string(),
      outcome: z.string().nullable(),
      tiers: z.array(z.string()),
      wave: z.string().nullable(),
      verdict: z.string(),
      why: z.string(),
    }),
  ),
  refused: z.array(z.object({ line: z.number(), problems: z.array(problem) })),
  duplicates: z.array(z.object({ line: z.number(), firstLine: z.number() })),
  totals: z.record(z.string(), z.unknown()),
  detected: z.record(z.string(), z.string()),
});

describe('a file exported by a spreadsheet', () => {
  it('runs the valid rows, reports every other row with its fix, and accepts it once corrected', {
    timeout: severalRuns,
  }, async () => {
    const place = folder();
    const returned = join(place, 'back.csv');
    const { code, stdout, stderr } = await onboard([messy, '--json', '--returned', returned]);
    const { rows, refused, duplicates, totals, detected } = document.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(detected).toEqual({ encoding: 'windows-1252', separator: ';', dateFormat: 'DD/MM/YYYY' });
    expect(totals).toMatchObject({ rows: 10, accepted: 3, duplicates: 1, refused: 6 });
    expect(rows.map(({ siren, verdict }) => [siren, verdict])).toEqual([
      ['999000102', 'as_expected'],
      ['999004153', 'as_expected'],
      ['356000000', 'none_stated'],
    ]);
    expect(refused).toHaveLength(6);
    for (const { line, problems } of refused) {
      expect(line).toBeGreaterThan(1);
      for (const { column, problem: what, fix } of problems) {
        expect(column).not.toBe('');
        expect(what).not.toBe('');
        expect(fix).not.toBe('');
      }
    }
    expect(duplicates).toMatchObject([{ line: 7, firstLine: 3 }]);
    expect(stderr.trim().split('\n')).toHaveLength(3);
    expect(stderr).not.toContain('\r');

    const lines = readFileSync(returned, 'utf8').split(/\r?\n/);
    expect(lines.filter((line) => line !== '')).toHaveLength(1 + 6 + 1);
    const mended = join(place, 'mended.csv');
    const row = lines.find((line) => line.includes('pas-une-adresse')) ?? '';
    writeFileSync(mended, `${lines[0]}\n${row.replace('pas-une-adresse', 'dsi@air.example')}\n`);
    const again = await onboard([mended, '--lang', 'en']);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('1 row = 1 accepted + 0 duplicate + 0 rejected');
    expect(again.stdout).toMatch(/Fictive Airframes .* HANDED_OVER/);
    expect(existsSync(join(place, 'mended-refused.csv'))).toBe(false);
  });
});

describe('a damaged file', () => {
  const [head = '', ...good] = readFileSync(join(root, 'examples/prospects.csv'), 'utf8')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split('\n');
  /** The first rows of the sample file without accents, the name of one of them written otherwise. */
  const damaged = (line: number, name: string) => {
    const place = folder();
    const rows = good.slice(0, 5).map((row, index) => {
      const [siren = '', , ...rest] = row.split(',');
      return index + 2 === line ? [siren, name, ...rest].join(',') : row;
    });
    const file = join(place, 'damaged.csv');
    writeFileSync(file, [head, ...rows, ''].join('\n'), 'latin1');
    return { file, returned: join(place, 'damaged-refused.csv') };
  };

  it('has the rows that a quote joins returned one by one, and runs the others', {
    timeout: severalRuns,
  }, async () => {
    const { file, returned } = damaged(3, '"Ville');
    const closed = readFileSync(file, 'utf8').split('\n');
    const [siren = '', name = '', ...rest] = (closed[4] ?? '').split(',');
    writeFileSync(file, closed.with(4, [siren, `"${name}"`, ...rest].join(',')).join('\n'));
    const { code, stdout } = await onboard([file, '--json', '--returned', returned]);
    const { refused, totals } = document.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(totals).toMatchObject({ rows: 5, accepted: 2, duplicates: 0, refused: 3 });
    expect(refused.map(({ line, problems }) => [line, problems[0]?.code])).toEqual([
      [3, 'rows_joined'],
      [4, 'rows_joined'],
      [5, 'rows_joined'],
    ]);
    const back = readFileSync(returned, 'utf8').split('\n');
    expect(back.slice(1, 4).map((line) => line.slice(0, 9))).toEqual(
      closed.slice(2, 5).map((line) => line.slice(0, 9)),
    );
    expect(back[3]).toContain(`,${name},`);
  });

  it('is refused by the line of a quote that is never closed, with exit code 2', async () => {
    const ended = await onboard([damaged(4, '"Ville').file]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('Un guillemet ouvert à la ligne 4 n’est jamais refermé ; fermez-le');
  });

  it('says which encoding was found, or that none was', { timeout: severalRuns }, async () => {
    const mac = await onboard([damaged(3, 'M\u008etropole R\u008egion').file, '--lang', 'en']);
    expect(mac.stdout).toContain('encoding macintosh');
    const none = await onboard([damaged(3, '\u0083cole').file]);
    expect(none.code).toBe(1);
    expect(none.stdout).toContain('encodage non reconnu');
    expect(none.stdout).toContain('ligne 3, legal_name: Dénomination : des caractères sont illisibles');
  });
});

describe("a user's mistake", () => {
  it.each([
    ['no file', [], 2, /Usage/],
    ['two files', [messy, messy], 2, /Usage/],
    ['an unknown option', [messy, '--fast'], 2, /--fast/],
    ['an unknown language', [messy, '--lang', 'de'], 2, /--lang/],
    ['a missing file', ['nowhere.csv'], 2, /nowhere\.csv: ce fichier n’existe pas/],
    ['a file that is no list of prospects', [join(root, 'package.json')], 2, /package\.json: /],
    ['a missing answers folder', [messy, '--answers', 'nowhere'], 2, /nowhere/],
    ['a missing register', [messy, '--registry', 'nowhere.json'], 2, /nowhere\.json/],
    ['a data folder that is a file', [messy, '--data', messy], 1, /data folder/],
    ['a returned file in no folder', [messy, '--returned', '/nowhere/back.csv'], 1, /nowhere/],
  ])('%s is reported as a message, never as a stack trace', async (_, args, code, message) => {
    const ended = await onboard(args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('reports which process uses the data folder', async () => {
    const place = folder();
    const held = openDataFolder(place);
    try {
      const ended = await onboard([messy, '--data', place]);
      expect(ended.code).toBe(1);
      expect(ended.stderr.trim().split('\n')).toHaveLength(1);
      expect(ended.stderr).toContain(String(process.pid));
    } finally {
      held.close();
    }
  });

  it('--help prints the usage and exits with 0', async () => {
    expect(await onboard(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage') });
  });
});

describe('a run over a data folder', () => {
  /** Some rows of the sample file: people of every kind, and none that depends on a row left out. */
  const chosen = [
    '999000102',
    '999001456',
    '999003072',
    '999003346',
    '999004690',
    '999006588',
    '999008477',
    '999009558',
  ];

  it('that was interrupted, then killed, has the same result when it is run again', {
    timeout: severalRuns,
  }, async () => {
    const place = folder();
    const [head, ...rows] = readFileSync(join(root, 'examples/prospects.csv'), 'utf8').split('\n');
    const file = join(place, 'some.csv');
    writeFileSync(file, [head, ...rows.filter((row) => chosen.includes(row.slice(0, 9))), ''].join('\n'));
    const args = [file, '--json', '--data', join(place, 'data')];

    const interrupted = await onboard(args, { signal: 'SIGINT', afterEnded: 1 });
    expect(interrupted.code).toBe(130);
    const first = document.parse(JSON.parse(interrupted.stdout)).rows;
    expect(first).toHaveLength(chosen.length);
    expect(first.some(({ outcome }) => outcome === null)).toBe(true);

    const killed = await onboard(args, { signal: 'SIGKILL', afterEnded: 3 });
    expect(killed.signal).toBe('SIGKILL');

    const last = await onboard(args);
    const { rows: ended, totals } = document.parse(JSON.parse(last.stdout));
    expect(totals).toMatchObject({ accepted: chosen.length, asExpected: chosen.length, unexpected: 0 });
    expect(ended.map(({ reference }) => reference)).toEqual(first.map(({ reference }) => reference));
    expect(last.code).toBe(0);

    // The folder knows these prospects: nothing runs twice, and a row that says something else now is refused.
    const changed = join(place, 'changed.csv');
    writeFileSync(changed, readFileSync(file, 'utf8').replace(',250,40,', ',251,40,'));
    const returned = join(place, 'changed-refused.csv');
    const other = await onboard([changed, '--json', '--data', join(place, 'data'), '--returned', returned]);
    expect(other.code).toBe(1);
    expect(document.parse(JSON.parse(other.stdout))).toMatchObject({
      rows: ended
        .filter(({ siren }) => siren !== '999000102')
        .map(({ reference, outcome }) => ({ reference, outcome })),
      refused: [{ line: 2, problems: [{ column: 'siren', code: 'idempotency_key_reused' }] }],
      totals: { rows: chosen.length, accepted: chosen.length - 1, refused: 1 },
    });
    expect(readFileSync(returned, 'utf8')).toContain('exchange|sharepoint_onedrive|teams,251,40,2027-02-01,');
  });
});
