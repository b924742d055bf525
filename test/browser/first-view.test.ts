import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { readNewestMail, signIn } from './acts.ts';
import { invite } from './invite.ts';
import { openPerson, type Person } from './person.ts';
import { operatorAccount, prospect, salesAccount } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

/** An organisation of the example register for each language. */
const sirens = { fr: '999000102', en: '999000375' } as const;

interface FirstView {
  readonly requests: number;
  /** Of the bodies, as gzip makes them: on one machine the server sends them as they are. */
  readonly bytes: number;
  readonly scripts: number;
}

/** What a browser that has nothing of ours yet loads for a page. Each file is asked for once more to be weighed: the browser may have let go of it. */
async function firstViewOf(page: Page, path: string): Promise<FirstView> {
  await page.goto(path, { waitUntil: 'load' });
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => entry.name),
  );
  // A browser without a window does not ask for the icon; people's browsers do.
  const icon = (await page.locator('link[rel=icon]').getAttribute('href')) ?? '';
  const files = new Set([page.url(), ...loaded, new URL(icon, page.url()).href]);
  const bodies = await Promise.all(
    [...files].map(async (file) => await (await page.request.get(file)).body()),
  );
  return {
    requests: files.size,
    bytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
    scripts: await page.locator('script').count(),
  };
}

function expectLight(view: FirstView, requests: number, bytes: number): void {
  expect(view.requests).toBeLessThanOrEqual(requests);
  expect(view.bytes).toBeLessThanOrEqual(bytes);
  // At most the one that keeps a page which could not be sent.
  expect(view.scripts).toBeLessThanOrEqual(1);
}

describe.each(['fr', 'en'] as const)('in %s', (language) => {
  async function customer(): Promise<Person> {
    const person = await openPerson(stage, system, { language, script: true });
    await invite(system, language, sirens[language]);
    await readNewestMail(person, prospect.contact);
    return person;
  }

  test('no page of the customer asks for more than 4 files or weighs more than 14 kB', async () => {
    const person = await customer();
    const link = (await person.page.getByRole('link', { name: /\/f\// }).getAttribute('href')) ?? '';
    expectLight(await firstViewOf(person.page, link), 4, 14_000);
    await person.press({ fr: 'Ouvrir mon dossier', en: 'Open my onboarding' });
    const own = [
      '/questionnaire',
      '/questionnaire/before',
      '/questionnaire/check',
      '/status',
      '/status/withdrawal',
    ];
    const form = sections.flatMap(({ id }) => [id, ...askedIn(id, {}).map((question) => question.id)]);
    for (const path of [...own, ...form.map((part) => `/questionnaire/${part}`)]) {
      expectLight(await firstViewOf(person.page, new URL(path, system.origin).href), 4, 14_000);
    }
    await person.leave();
  });

  test('the pages that staff begin with weigh no more than 20 kB', async () => {
    for (const [account, paths] of [
      [salesAccount, ['/sales', '/sales/new']],
      [operatorAccount, ['/operations', '/waves', '/waves/new', '/waves/waiting-list']],
    ] as const) {
      const person = await openPerson(stage, system, { language, script: true });
      await signIn(person, account);
      for (const path of paths) {
        expectLight(await firstViewOf(person.page, new URL(path, system.origin).href), 4, 20_000);
      }
      await person.leave();
    }
  });
});
