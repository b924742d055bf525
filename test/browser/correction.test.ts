import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { invitePerson } from '../../functions/application/people.ts';
import { respondent } from '../../functions/domain/onboarding/people.ts';
import type { Text } from '../../functions/domain/text.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { checkAndSubmit, enter, expectToRead } from './acts.ts';
import { fillIn, fillQuestion } from './fill-in.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person } from './person.ts';
import { submit } from './saved-sections.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const goOn: Text = { fr: 'Continuer', en: 'Continue' };
const correct: Text = { fr: 'Corriger nos réponses', en: 'Correct our answers' };
const underWay: Text = { fr: 'Vous corrigez vos réponses.', en: 'You are correcting your answers.' };

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

const pathOf = ({ page }: Person): string => new URL(page.url()).pathname;

describe.each([
  { language: 'fr', script: false, sirens: ['999000102', '999000649'], mail: 'noe.registre@client.example' },
  { language: 'en', script: true, sirens: ['999000375', '999000912'], mail: 'noa.register@client.example' },
] as const)('in $language, with scripts: $script', ({ sirens, mail, ...setup }) => {
  async function visitor(): Promise<Person> {
    const person = await openPerson(stage, system, setup);
    onTestFinished(() => person.leave());
    return person;
  }

  /** An onboarding that was submitted, with a colleague who answered a part; both in front of it. */
  async function submitted() {
    const { runtime } = system;
    const reference = await invite(system, setup.language, sirens[0]);
    const dpo = { name: 'Noé Registre', email: mail, role: 'invitee', office: 'dpo', sections: [] } as const;
    await invitePerson(runtime, reference, dpo, {
      actor: { kind: 'customer', id: reference },
      by: respondent,
    });
    await submit(system, reference, plainAnswers);
    const [contact, colleague] = await Promise.all([visitor(), visitor()]);
    const [named] = await runtime.store.people.of(reference);
    await enter(contact, system, await runtime.links.token(reference, 1));
    await enter(colleague, system, await runtime.links.token(reference, 1, named?.id));
    return { reference, contact, colleague };
  }

  test('answers are corrected by the contact and a colleague, and sealed anew', async () => {
    const { reference, contact, colleague } = await submitted();
    await contact.open('/status');
    await contact.follow(correct);
    await contact.page.locator('[name="sections"][value="B"]').check();
    await contact.press({ fr: 'Commencer la correction', en: 'Start the correction' });
    await expectToRead(contact, underWay);

    await colleague.open('/questionnaire/B11');
    await fillQuestion(colleague.page, 'B11', { B11: 'unknown' });
    await colleague.press(goOn);
    expect(await colleague.page.locator('.summary').count()).toBe(0);

    await contact.open('/questionnaire/C2');
    await fillIn(contact.page, [['C2.usersInScope', '']]);
    await contact.press(goOn);
    expect(await contact.page.locator('.summary').count()).toBe(1);
    await fillQuestion(contact.page, 'C2', { C2: { usersInScope: 11, totalStaff: 110 } });
    await contact.press(goOn);
    await contact.open('/questionnaire');
    await checkAndSubmit(contact);
    expect(pathOf(contact)).toBe('/status');
    await expectToRead(contact, { fr: 'correction', en: 'correction' });
    await system.runtime.clock.settled();
    const after = await system.runtime.store.dossiers.submission(reference);
    expect([after?.number, after?.answers]).toMatchObject([
      2,
      { B11: 'unknown', C2: { usersInScope: 11, totalStaff: 110 } },
    ]);
    await contact.page.goto(new URL('/status/record', contact.page.url()).href);
    await expectToRead(contact, { fr: 'Corrige l’envoi', en: 'Corrects submission' });
    expect([...contact.faults, ...colleague.faults]).toEqual([]);
  });

  test('a correction that was begun is discarded, and the answers stay', async () => {
    const person = await visitor();
    const { runtime } = system;
    const reference = await invite(system, setup.language, sirens[1]);
    await submit(system, reference, plainAnswers);
    await enter(person, system, await runtime.links.token(reference, 1));
    await person.open('/status');
    await person.follow(correct);
    await person.press({ fr: 'Commencer la correction', en: 'Start the correction' });
    await person.open('/questionnaire/B11');
    await fillQuestion(person.page, 'B11', { B11: 'unknown' });
    await person.press(goOn);
    await person.open('/status');
    await expectToRead(person, underWay);
    const discard = { fr: 'Abandonner la correction', en: 'Discard the correction' };
    await person.follow(discard);
    await person.press(discard);
    expect(pathOf(person)).toBe('/status');
    expect(await person.text()).not.toContain(person.t(underWay));
    expect((await runtime.store.dossiers.submission(reference))?.answers.B11).toBe(plainAnswers.B11);
    expect((await runtime.store.dossiers.draft(reference))?.saved.get('B11')?.value).not.toBe('unknown');
    expect(person.faults).toEqual([]);
  });
});

test('each page of a correction is accessible, fits the narrowest screen and has a title of its own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
