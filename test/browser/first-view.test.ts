import { afterAll, beforeAll, describe, test } from 'vitest';
import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { readNewestMail, signIn } from './acts.ts';
import { invite } from './invite.ts';
import { openPerson, type Person } from './person.ts';
import { operatorAccount, prospect, salesAccount } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';
import { expectLight, firstViewOf } from './weight.ts';

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
