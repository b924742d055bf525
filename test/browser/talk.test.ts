import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Text } from '../../functions/domain/text.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { enter, expectToRead } from './acts.ts';
import { fillQuestion } from './fill-in.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson } from './person.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const ask: Text = { fr: 'Demander à en parler', en: 'Ask to talk' };
const talkFirst: Text = { fr: 'En parler d’abord', en: 'Talk to us first' };
const paused: Text = {
  fr: 'Votre délai pour répondre est en pause',
  en: 'Your time to answer is paused',
};

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

describe.each([
  { language: 'fr', script: false, siren: '999000102' },
  { language: 'en', script: true, siren: '999000375' },
] as const)('in $language, with scripts: $script', ({ siren, ...setup }) => {
  test('a customer asks to talk first, reads that its time is paused, and ends the pause by an answer', async () => {
    const person = await openPerson(stage, system, setup);
    onTestFinished(() => person.leave());
    const reference = await invite(system, setup.language, siren);
    await enter(person, system, await system.runtime.links.token(reference, 1));
    await person.follow(talkFirst);

    const matter = 'x'.repeat(1_001);
    await person.page.locator('[name="matter"]').fill(matter);
    await person.press(ask);
    await person.page.locator('.summary').getByRole('link').click();
    const field = person.page.locator('[name="matter"]');
    await person.page.locator('[name="matter"]:focus').waitFor();
    expect(await field.inputValue()).toBe(matter);
    await field.fill('Nos délais\net nos équipes');
    await person.press(ask);
    expect(new URL(person.page.url()).pathname).toBe('/status');
    await expectToRead(person, paused);
    await expectToRead(person, {
      fr: 'Qui doit agir : l’équipe commerciale',
      en: 'Who must act next: sales',
    });
    await person.open('/questionnaire/talk');
    expect(new URL(person.page.url()).pathname).toBe('/status');

    await person.open('/questionnaire');
    await expectToRead(person, paused);
    await person.open('/questionnaire/A3');
    await fillQuestion(person.page, 'A3', plainAnswers);
    await person.press({ fr: 'Continuer', en: 'Continue' });
    await person.open('/status');
    expect(await person.text()).not.toContain(person.t(paused));
    await expectToRead(person, { fr: 'Qui doit agir : vous', en: 'Who must act next: you' });
    expect((await system.runtime.store.onboardings.now(reference)).state.talk).toBeUndefined();

    await person.open('/questionnaire/talk');
    await expectToRead(person, { fr: 'c’est la dernière fois', en: 'this is the last time' });
    await system.runtime.clock.settled();
    expect(person.faults).toEqual([]);
  });
});

test('each page of a talk is accessible, fits the narrowest screen and has a title of its own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
