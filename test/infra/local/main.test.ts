import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Started, startSystem as start } from './started-system.ts';

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

async function mailsAt(origin: string): Promise<number> {
  const page = await (await fetch(`${origin}/local/mail`)).text();
  return page.split('/local/mail/').length - 1;
}

it('recreates its history, with other dates, after an interrupted start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'main-test-'));
  const environment = { DATA_DIR: join(folder, 'data'), PORT: '0' };
  const interrupted = start(environment, '--from', '2026-10-05');
  // The first onboardings of the story stand in the table by then.
  await vi.waitUntil(() => sizeOf(join(folder, 'data', 'dynamodb.log')) > 100_000, { timeout: 30_000 });
  interrupted.child.kill('SIGKILL');
  await interrupted.ended();
  const again = start(environment);
  try {
    const page = await (await fetch(`${await again.ready()}/local?lang=en`)).text();
    expect(page).toContain('23 November 2026 at 09:00');
  } finally {
    again.child.kill('SIGKILL');
    await again.ended();
    rmSync(folder, { recursive: true });
  }
});

/** What happened to each onboarding up to the beginning of the demonstration. */
function storyIn(data: string): string[] {
  const told = readFileSync(join(data, 'events', 'events.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return told
    .map((line): { at: string; type: string } => JSON.parse(line))
    .filter(({ at }) => at <= '2026-11-23T08:00:00.000Z')
    .map(({ at, type }) => `${at.slice(0, 10)} ${type}`)
    .sort();
}

async function clockOf(origin: string): Promise<Date> {
  const page = await (await fetch(`${origin}/local?lang=en`)).text();
  const [, date = '', time = ''] = /(\d+ \w+ 20\d\d) at (\d\d:\d\d)/.exec(page) ?? [];
  return new Date(`${date} ${time} UTC`);
}

/** A fresh system that ran past the go/no-go of its first evening. */
async function play(timeScale: number) {
  const folder = mkdtempSync(join(tmpdir(), 'main-test-'));
  const data = join(folder, 'data');
  const system = start({ DATA_DIR: data, PORT: '0' }, `--time-scale=${timeScale}`);
  try {
    const origin = await system.ready();
    const story = storyIn(data);
    const evening = new Date('2026-11-23T18:30:00Z');
    await vi.waitUntil(async () => (await clockOf(origin)) > evening, { timeout: 45_000, interval: 250 });
    system.child.kill('SIGTERM');
    const exit = await system.ended();
    const log = readFileSync(join(data, 'log.jsonl'), 'utf8').split('\n');
    const brokenRuns = log.filter((line) => line.includes('execution_ended_badly')).length;
    return { story, exit, brokenRuns, said: system.said.stderr };
  } finally {
    system.child.kill('SIGKILL');
    await system.ended();
    rmSync(folder, { recursive: true });
  }
}

it('tells the same story at any speed, and then plays at it, answering all the while', async () => {
  const [fast, fastest] = [await play(3_600), await play(1_000_000)];
  // The story itself lets one run break down.
  const wanted = { exit: 0, brokenRuns: 1, said: '' };
  expect([fast, fastest]).toMatchObject([wanted, wanted]);
  expect(fast.story.length).toBeGreaterThan(20);
  expect(fastest.story).toEqual(fast.story);
}, 120_000);

describe('the local system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'main-test-'));
  const environment = { DATA_DIR: join(folder, 'data'), PORT: '0' };
  let system: Started;
  let origin: string;
  beforeAll(async () => {
    system = start(environment);
    origin = await system.ready();
  });
  afterAll(async () => {
    system.child.kill('SIGKILL');
    await system.ended();
    rmSync(folder, { recursive: true });
  });

  it('has a history up to 23 November 2026, with emails that link to its own pages', async () => {
    const page = await (await fetch(`${origin}/local?lang=en`)).text();
    expect(page).toContain('23 November 2026 at 09:00');
    expect(await mailsAt(origin)).toBeGreaterThan(20);
    expect(page).toContain('Farida Benali');
  });

  it('moves its clock forward on request, and never back', async () => {
    const move = (wish: object) =>
      fetch(`${origin}/local/clock`, {
        method: 'POST',
        body: JSON.stringify(wish),
        headers: { 'Content-Type': 'application/json' },
      });
    expect((await move({ next: true })).status).toBe(200);
    const there = await move({ to: '2026-11-25' });
    expect(await there.text()).toMatch(/"now":"2026-11-25T08:00:0/);
    expect((await move({ to: '2026-11-24' })).status).toBe(422);
    expect((await move({ forward: 1 })).status).toBe(422);
    const foreign = await fetch(`${origin}/local/clock`, {
      method: 'POST',
      body: '{"next":true}',
      headers: { 'Content-Type': 'application/json', Origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
  });

  it('makes its files readable by its user only', () => {
    const modes = [environment.DATA_DIR, join(environment.DATA_DIR, 'dynamodb.log')].map(
      (path) => statSync(path).mode & 0o077,
    );
    expect(modes).toEqual([0, 0]);
  });

  it('explains a refused clock target in the language of the reader', async () => {
    const ask = async (language: string, date: readonly [string, string, string]) => {
      const [day, month, year] = date;
      const body = new URLSearchParams({ 'to.day': day, 'to.month': month, 'to.year': year });
      const headers = { Origin: origin, Cookie: `lang=${language}` };
      const answer = await fetch(`${origin}/local/clock`, { method: 'POST', body, headers });
      expect(answer.status).toBe(422);
      return answer.text();
    };
    expect(await ask('en', ['24', '11', '2026'])).toContain(
      'This time is in the past; the clock never goes back.',
    );
    const french = await ask('fr', ['24', '11', '2026']);
    expect(french).toContain('Cette date est passée');
    expect(french).toContain('formaction="/local/clock?lang=en"');
    expect(await ask('fr', ['31', '2', '2027'])).toContain('cette date n’existe pas');
    expect(await ask('fr', ['1', '1', '2032'])).toContain('L’horloge avance de');
    expect(await ask('fr', ['1', '1', '2036'])).toContain(
      'les jours fériés ne sont connus que jusqu’en 2035',
    );
  });

  it('refuses a second process on its port or its folder, in one line', async () => {
    const port = new URL(origin).port;
    for (const other of [start({ DATA_DIR: join(folder, 'other'), PORT: port }), start(environment)]) {
      expect(await other.ended()).toBe(1);
      expect(other.said.stdout).toBe('');
      expect(other.said.stderr).toMatch(/^[^\n]*in use[^\n]*\n$/);
    }
  });

  it.each([['--nope'], ['--from=9999-12-31'], ['--time-scale=-1']])(
    'refuses %s in one line',
    async (option) => {
      const other = start(environment, option);
      expect(await other.ended()).toBe(2);
      expect(other.said.stdout).toBe('');
      expect(other.said.stderr).toMatch(/^[^\n]+Usage: npm start[^\n]+\n$/);
    },
  );

  it('stops on SIGTERM and resumes at the next start, printing one line', async () => {
    const before = await mailsAt(origin);
    system.child.kill('SIGTERM');
    expect(await system.ended()).toBe(0);
    expect(system.said.stdout).toBe(`Ready on ${origin}\n`);
    system = start(environment);
    origin = await system.ready();
    expect(await mailsAt(origin)).toBe(before);
    expect(await (await fetch(`${origin}/local?lang=en`)).text()).toContain('25 November 2026 at 09:0');
  });
});
