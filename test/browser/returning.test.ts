import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Text } from '../../functions/domain/text.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import {
  answerSection,
  checkAndSubmit,
  expectToRead,
  followLink,
  moveClockTo,
  openFile,
  readInvitation,
  readNewestMail,
} from './acts.ts';
import { fillQuestion } from './fill-in.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, openTab, type Setup } from './person.ts';
import { saveSections } from './saved-sections.ts';
import { prospect } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const goOn: Text = { fr: 'Continuer', en: 'Continue' };
const openOnboarding: Text = { fr: 'Ouvrir mon dossier', en: 'Open my onboarding' };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

async function startedSystem(): Promise<System> {
  const system = await startSystem();
  onTestFinished(() => system.close());
  return system;
}

/** A customer whose onboarding is open in a browser of their own. */
async function customer(system: System, setup: Setup) {
  const person = await openPerson(stage, system, setup);
  onTestFinished(() => person.leave());
  const reference = await invite(system, setup.language);
  await readNewestMail(person, prospect.contact);
  await openFile(person);
  return { person, reference };
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  test('a form left for 59 days goes on where it was, by the same link, and is submitted', async () => {
    const system = await startedSystem();
    const { person, reference } = await customer(system, setup);
    await person.open('/questionnaire/A3');
    await answerSection(person, 'A', plainAnswers);
    await saveSections(system, reference, ['B', 'C', 'D'], plainAnswers);

    await moveClockTo(person, '2027-01-21');
    await system.runtime.clock.settled();
    await person.open('/questionnaire');
    await expectToRead(person, { fr: 'Ouvrez votre lien personnel', en: 'Open your personal link' });
    await readInvitation(person, prospect.contact);
    await openFile(person);
    await person.open('/questionnaire/A4');
    expect(await person.page.locator('[name="A4"][value="none"]').isChecked()).toBe(true);
    await person.open('/questionnaire');
    await expectToRead(person, { fr: 'Parties terminées : 1 sur 5', en: 'Sections completed: 1 of 5' });
    await person.open('/questionnaire/E1');
    await answerSection(person, 'E', {
      ...plainAnswers,
      E1: { earliest: '2027-03-01', latest: '2027-12-31', reason: 'none' },
    });
    await checkAndSubmit(person);
    await expectToRead(person, {
      fr: 'Vos réponses ont été envoyées',
      en: 'Your answers have been submitted',
    });
    await system.runtime.clock.settled();
    expect(person.faults).toEqual([]);
  });

  test('what was typed before the session ended is sent once the link is open again', async () => {
    const system = await startedSystem();
    const { person } = await customer(system, setup);
    await person.open('/questionnaire/C2');
    await person.page.locator('[name="C2.usersInScope"]').fill('41');
    await person.page.locator('[name="C2.totalStaff"]').fill('42');
    const { clock } = system.runtime;
    await clock.jumpTo(new Date(clock.now().getTime() + 25 * 3_600_000));
    await person.press(goOn);
    await expectToRead(person, { fr: 'Votre session a expiré', en: 'Your session has expired' });

    const tab = await openTab(person, stage, system, setup);
    await readInvitation(tab, prospect.contact);
    await followLink(tab);
    await tab.press(openOnboarding);
    await person.press({ fr: 'Reprendre', en: 'Resume' });
    expect(new URL(person.page.url()).pathname).toBe('/questionnaire/C3');
    await person.open('/questionnaire/C2');
    expect(await person.page.locator('[name="C2.usersInScope"]').inputValue()).toBe('41');
    expect(await person.page.locator('[name="C2.totalStaff"]').inputValue()).toBe('42');
    expect([...person.faults, ...tab.faults]).toEqual([]);
  });

  test('two tabs on one question keep both answers until one is chosen', async () => {
    const system = await startedSystem();
    const { person } = await customer(system, setup);
    const tab = await openTab(person, stage, system, setup);
    await person.open('/questionnaire/B11');
    await tab.open('/questionnaire/B11');
    await fillQuestion(person.page, 'B11', { B11: 'done' });
    await person.press(goOn);
    await fillQuestion(tab.page, 'B11', { B11: 'unknown' });
    await tab.press(goOn);
    await expectToRead(tab, { fr: 'quelle réponse garder ?', en: 'which answer do you want to keep?' });
    await tab.page.locator('[name="keep.B11"]').first().check();
    await tab.press(goOn);
    await person.open('/questionnaire/B11');
    expect(await person.page.locator('[name="B11"][value="done"]').isChecked()).toBe(true);
    expect([...person.faults, ...tab.faults]).toEqual([]);
  });
});

test('each page seen on the way back is accessible, fits the narrowest screen and has a title of its own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
