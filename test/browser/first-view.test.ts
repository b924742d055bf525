import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
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

/** What a browser that has nothing of ours yet loads for a page. */
async function firstViewOf(page: Page, path: string): Promise<FirstView> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Network.enable');
  await browser.send('Network.setCacheDisabled', { cacheDisabled: true });
  const responses: Response[] = [];
  const listen = (response: Response) => responses.push(response);
  page.on('response', listen);
  await page.goto(path, { waitUntil: 'load' });
  page.off('response', listen);
  const bodies = await Promise.all(responses.map((response) => response.body()));
  // A browser without a window does not ask for the icon; people's browsers do.
  const icon = (await page.locator('link[rel=icon]').getAttribute('href')) ?? '';
  bodies.push(await (await page.request.get(new URL(icon, path).href)).body());
  return {
    requests: bodies.length,
    bytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
    scripts: responses.filter((response) => response.request().resourceType() === 'script').length,
  };
}

function expectLight(view: FirstView, requests: number, bytes: number): void {
  expect(view.requests).toBeLessThanOrEqual(requests);
  expect(view.bytes).toBeLessThanOrEqual(bytes);
  expect(view.scripts).toBe(0);
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
