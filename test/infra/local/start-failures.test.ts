import { hash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startOnboarding } from '../../../functions/application/start-onboarding.ts';
import { isHalfTold } from '../../../infra/local/demo-data.ts';
import { failureLine } from '../../../infra/local/start-failure.ts';
import { secretiveIntake, sirens } from '../../support/canaries.ts';
import { operator } from '../../tasks/bench.ts';
import { inFolder } from './small-folder.ts';
import { startSystem } from './started-system.ts';

let sound: string;
let folder: string;

/** A folder in which everything there can be has been written. */
beforeAll(async () => {
  sound = mkdtempSync(join(tmpdir(), 'sound-'));
  await inFolder(sound, async (runtime) => {
    const given = { ...secretiveIntake, siren: sirens[0] };
    await startOnboarding(runtime, { scope: 'test', key: '1', body: '' }, given, operator);
    await runtime.clock.settled();
  });
  const first = startSystem({ DATA_DIR: sound, PORT: '0' }, '--time-scale', '0');
  await first.ready();
  first.child.kill('SIGTERM');
  await first.ended();
});
afterAll(() => rmSync(sound, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
  cpSync(sound, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const inData = (name: string): string => join(folder, name);

/** Every file of the folder with a hash of its content. */
function contents(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path, hash('sha256', readFileSync(path))]),
  );
}

const write = (name: string, content: string) => () => writeFileSync(inData(name), content);
const remove = (name: string) => () => rmSync(inData(name));
const overwrite = (name: string, change: (content: string) => string) => () =>
  writeFileSync(inData(name), change(readFileSync(inData(name), 'utf8')));

const damages: readonly [string, string, () => void][] = [
  [
    'a journal with a damaged line',
    'step-functions.journal',
    overwrite('step-functions.journal', (text) => `#${text}`),
  ],
  [
    'a journal that is a folder',
    'step-functions.journal',
    () => {
      rmSync(inData('step-functions.journal'));
      mkdirSync(inData('step-functions.journal'));
    },
  ],
  ['a damaged log of the table', 'dynamodb.log', overwrite('dynamodb.log', (text) => `0${text}`)],
  [
    'a damaged snapshot of the table',
    'dynamodb.snapshot',
    overwrite('dynamodb.snapshot', (text) => text.slice(0, -20)),
  ],
  ['a clock that is no JSON', 'clock.json', write('clock.json', '2026')],
  ['an empty clock', 'clock.json', write('clock.json', '')],
  ['a clock without a time', 'clock.json', write('clock.json', '"soon"')],
  ['a lost clock', 'clock.json', remove('clock.json')],
  ['an empty link key', 'link.key', write('link.key', '')],
  ['a cut link key', 'link.key', write('link.key', 'too short')],
  ['a lost link key', 'link.key', remove('link.key')],
  ['damaged keys of the identity provider', 'identity-provider.json', write('identity-provider.json', '{}')],
  ['a damaged mark of the demonstration', 'demonstration.json', write('demonstration.json', '[')],
  ['a damaged list of mails', 'mailbox.jsonl', write(join('mailbox', 'mailbox.jsonl'), '{}\n')],
  ['a damaged list of events', 'events.jsonl', write(join('events', 'events.jsonl'), '{}\n')],
  ['a damaged format', 'format.json', write('format.json', '{}')],
];

/** Those that are also tried in a process of their own: found before, while and after the tables are opened. */
const inAProcess = new Set([
  'a journal with a damaged line',
  'an empty link key',
  'a damaged mark of the demonstration',
  'a damaged snapshot of the table',
  'a damaged list of events',
]);

describe('A data folder that is damaged', () => {
  it.each(damages)(
    'is refused in one line for %s, and nothing in it is changed',
    async (_what, file, damage) => {
      damage();
      const before = contents();
      const open = async () => {
        isHalfTold({ path: folder, file: inData, close: () => undefined });
        await inFolder(folder, async () => undefined);
      };
      const line = failureLine(await open().catch((error: unknown) => error));
      expect(line).toMatch(/^[^\n]+$/);
      expect(line).toContain(file);
      expect(contents()).toEqual(before);
    },
  );
});

describe('npm start', () => {
  it.each(damages.filter(([what]) => inAProcess.has(what)))(
    'ends with one line for %s, and leaves nothing running',
    async (_what, file, damage) => {
      damage();
      const failing = startSystem({ DATA_DIR: folder, PORT: '0' });
      expect(await failing.ended()).toBe(1);
      expect(failing.said.stdout).toBe('');
      expect(failing.said.stderr).toMatch(/^[^\n]+\n$/);
      expect(failing.said.stderr).toContain(file);
    },
  );

  it('names a file that it may not read', () => {
    const denied = Object.assign(new Error("EACCES: permission denied, open '/data/log.jsonl'"), {
      ...{ code: 'EACCES', syscall: 'open', path: '/data/log.jsonl' },
    });
    expect(failureLine(denied)).toBe(
      "/data/log.jsonl cannot be used: EACCES: permission denied, open '/data/log.jsonl'",
    );
    expect(failureLine(new TypeError('a fault of ours'))).toBeUndefined();
  });
});
