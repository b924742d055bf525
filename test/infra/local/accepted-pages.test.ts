import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { plainAnswers } from '../../support/sample-answers.ts';
import { fieldsFor } from '../../support/visitor.ts';
import { type Started, startSystem } from './started-system.ts';

const folder = mkdtempSync(join(tmpdir(), 'accepted-pages-'));
const environment = { DATA_DIR: join(folder, 'data'), PORT: '0' };
let system: Started | undefined;

async function died(): Promise<void> {
  system?.child.kill('SIGKILL');
  await system?.ended();
}

afterAll(async () => {
  await died();
  rmSync(folder, { recursive: true });
});

async function begin(): Promise<string> {
  system = startSystem(environment);
  return system.ready();
}

const section = '/questionnaire/D1';

interface OpenForm {
  readonly cookie: string;
  readonly page: string;
}

/** Opens a personal link and looks at the section. */
async function openForm(origin: string, link: string): Promise<OpenForm> {
  const opened = await fetch(`${origin}${link}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  });
  const cookie = (opened.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return { cookie, page: await (await fetch(`${origin}${section}`, { headers: { cookie } })).text() };
}

/** The form of a customer who is still answering, by the newest link in the mailbox that leads to one. */
async function formOfSomebody(origin: string): Promise<OpenForm> {
  const list = await (await fetch(`${origin}/local/mail`)).text();
  for (const [, path] of list.matchAll(/href="(\/local\/mail\/[^"]+)"/g)) {
    const mail = await (await fetch(`${origin}${path}`)).text();
    const link = /\/f\/[\w-]{43}/.exec(mail)?.[0];
    if (link === undefined) continue;
    const form = await openForm(origin, link);
    if (form.page.includes('name="D1"')) return form;
  }
  throw new Error('Nobody is answering');
}

it('keeps an accepted page when the process is killed right after its answer', async () => {
  const first = await begin();
  const { cookie, page } = await formOfSomebody(first);
  const proof = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const answers = { ...plainAnswers, D1: 2 } as const;
  const saved = await fetch(`${first}${section}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: first },
    body: new URLSearchParams([
      ...fieldsFor('D1', answers).map(([name, value]): [string, string] => [name, value]),
      ['_csrf', proof],
    ]),
  });
  expect(saved.status).toBe(303);
  await died();

  const second = await begin();
  const again = await (await fetch(`${second}${section}`, { headers: { cookie } })).text();
  expect(again).toMatch(/name="D1" value="2"[^>]* checked/);
});
