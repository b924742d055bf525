import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { readProspectFile } from '../../functions/application/prospect-file.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { startApiUnderTest } from '../web/api/api-under-test.ts';
import { sendForm } from '../web/staff/cast.ts';
import { problemsOf, textOf } from './page-reader.ts';
import { startTrial } from './trial.ts';

/** A record as it is written in a file: names of columns, texts. */
export type Written = Readonly<Record<string, string>>;

/** What a door made of a record: the intake it stored, or its problems by field, in the language of the door. */
export type Answer =
  | { readonly intake: Readonly<Record<string, unknown>> }
  | { readonly problems: readonly string[]; readonly language: 'fr' | 'en' };

export type Door = (records: readonly Written[]) => Promise<readonly Answer[]>;

const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const stored = z.record(z.string(), z.unknown());

function csvOf(records: readonly Written[]): string {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [columns, ...records.map((record) => columns.map((column) => record[column] ?? ''))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\n');
}

const throughFile: Door = async (records) => {
  const file = readProspectFile(new TextEncoder().encode(csvOf(records)));
  return records.map((_, index): Answer => {
    const at = ({ line }: { readonly line: number }) => line === index + 2;
    const row = file.rows.find(at);
    if (row !== undefined) return { intake: stored.parse(row.intake) };
    const { problems = [] } = [...file.refused, ...file.duplicates].find(at) ?? {};
    return {
      language: 'fr',
      problems: problems.map(({ column, message }) => `${camel(column)} ${message.fr}`),
    };
  });
};

const throughApi: Door = async (records) => {
  const api = await startApiUnderTest();
  const answers: Answer[] = [];
  for (const [index, record] of records.entries()) {
    const body = Object.fromEntries(Object.entries(record).map(([name, text]) => [camel(name), text]));
    const headers = { 'idempotency-key': `record-${index}` };
    const { status, body: answer } = await api.send('POST', '/onboardings', { body, headers });
    if (status === 201) {
      const reference = z.string().parse(answer['reference']);
      answers.push({ intake: stored.parse(await api.runtime.store.dossiers.intake(reference)) });
    } else {
      const errors = z.array(z.object({ pointer: z.string(), detail: z.string() })).parse(answer['errors']);
      answers.push({
        language: 'en',
        problems: errors.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`),
      });
    }
  }
  await api.runtime.close();
  return answers;
};

const throughForm: Door = async (records) => {
  const trial = await startTrial();
  const sales = await trial.staff({ roles: ['sales'], team: 'state', mail: 'own@platform.example' });
  const answers: Answer[] = [];
  for (const record of records) {
    const fields = Object.entries(record).flatMap(([column, text]): [string, string][] => {
      const name = camel(column);
      if (name.endsWith('Date')) return [[`${name}.day`, text]];
      return name === 'services' ? text.split('|').map((code) => [name, code]) : [[name, text]];
    });
    const answer = await sendForm(sales, '/sales/new', fields);
    const place = answer.headers.get('location');
    if (place !== null) {
      const reference = place.replace('/sales/', '');
      answers.push({ intake: stored.parse(await trial.runtime.store.dossiers.intake(reference)) });
    } else {
      const { links } = problemsOf(await answer.text());
      answers.push({
        language: 'fr',
        problems: links.map(({ id, text }) => `${id.replace('field-', '')} ${textOf(text)}`),
      });
    }
  }
  await trial.close();
  return answers;
};

const report = z.object({
  rows: z.array(z.object({ line: z.number(), reference: z.string() })),
  refused: z.array(
    z.object({
      line: z.number(),
      problems: z.array(z.object({ column: z.string(), problem: z.string(), fix: z.string() })),
    }),
  ),
});

function run(args: readonly string[]): Promise<string> {
  const main = fileURLToPath(new URL('../../infra/local/onboard/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((resolve) => {
    child.on('close', () => resolve(stdout));
  });
}

const decliners = z.looseObject({ customer: z.looseObject({ invitation: z.looseObject({}) }) });

/** A folder of answers by which every customer declines at once: the run is over soon. */
function answersIn(place: string): string {
  const folder = join(place, 'answers');
  const ordinary = fileURLToPath(new URL('../../examples/answers/default.json', import.meta.url));
  const profile = decliners.parse(JSON.parse(readFileSync(ordinary, 'utf8')));
  Object.assign(profile.customer.invitation, { after: '1m', decision: 'decline' });
  mkdirSync(folder);
  writeFileSync(join(folder, 'default.json'), JSON.stringify(profile));
  writeFileSync(join(folder, 'index.json'), '{}');
  return folder;
}

const throughRunner: Door = async (records) => {
  const place = mkdtempSync(join(tmpdir(), 'doors-'));
  const [file, data] = [join(place, 'prospects.csv'), join(place, 'data')];
  writeFileSync(file, csvOf(records));
  const { rows, refused } = report.parse(
    JSON.parse(await run([file, '--json', '--lang', 'fr', '--data', data, '--answers', answersIn(place)])),
  );
  const folder = openDataFolder(data);
  const runtime = await startRuntime({
    from: new Date('2026-11-23T08:00:00Z'),
    timeScale: 0,
    platform: samplePlatform,
    calendar: sampleCalendar(samplePlatform),
    registryFile: fileURLToPath(new URL('../../examples/registry.json', import.meta.url)),
    dataFolder: folder,
  });
  const answers: Answer[] = [];
  for (const index of records.keys()) {
    const row = rows.find(({ line }) => line === index + 2);
    const { problems = [] } = refused.find(({ line }) => line === index + 2) ?? {};
    answers.push(
      row === undefined
        ? {
            language: 'fr',
            problems: problems.map(({ column, problem, fix }) => `${camel(column)} ${problem} ; ${fix}`),
          }
        : { intake: stored.parse(await runtime.store.dossiers.intake(row.reference)) },
    );
  }
  await runtime.close();
  folder.close();
  rmSync(place, { recursive: true });
  return answers;
};

/** Every way by which a prospect comes in. */
export const doors = {
  file: throughFile,
  API: throughApi,
  form: throughForm,
  'head-less runner': throughRunner,
} as const satisfies Readonly<Record<string, Door>>;
