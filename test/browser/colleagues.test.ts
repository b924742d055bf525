import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { QuestionId } from '../../functions/domain/questionnaire/answers.ts';
import type { Question } from '../../functions/domain/questionnaire/question.ts';
import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import type { Text } from '../../functions/domain/text.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { checkAndSubmit, openFile, openPart, readNewestMail } from './acts.ts';
import { fillIn, fillQuestion } from './fill-in.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person, type Setup } from './person.ts';
import { saveSections } from './saved-sections.ts';
import { prospect } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const goOn: Text = { fr: 'Continuer', en: 'Continue' };

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

/** Who is invited, by the words of the contact's page, and what they are asked. */
const colleagues = [
  {
    invitation: { fr: 'Inviter le RSSI', en: 'Invite the CISO' },
    name: 'Claire Petit',
    mail: 'claire.petit@client.example',
    asked: ({ id, owner }: Question) => id.startsWith('B') && owner === 'ciso',
  },
  {
    invitation: { fr: 'Inviter le DPO', en: 'Invite the DPO' },
    name: 'Noé Registre',
    mail: 'noe.registre@client.example',
    asked: ({ id, owner }: Question) => id.startsWith('B') && owner === 'dpo',
  },
  {
    invitation: { fr: 'Inviter le DSI', en: 'Invite the CIO' },
    name: 'Aya Réseau',
    mail: 'aya.reseau@client.example',
    asked: ({ id }: Question) => ['C1', 'C2', 'C3'].includes(id),
  },
] as const;

async function visitor(setup: Setup): Promise<Person> {
  const person = await openPerson(stage, system, setup);
  onTestFinished(() => person.leave());
  return person;
}

/** Answers questions one after the other, each from its own page. */
async function answer(person: Person, ids: readonly QuestionId[]): Promise<void> {
  for (const id of ids) {
    await person.open(`/questionnaire/${id}`);
    await fillQuestion(person.page, id, plainAnswers);
    await person.press(goOn);
  }
}

const idsOf = (asked: (question: Question) => boolean): readonly QuestionId[] =>
  sections.flatMap(({ id }) =>
    askedIn(id, plainAnswers)
      .filter(asked)
      .map((question) => question.id),
  );

const sirens = { fr: '999000102', en: '999000375' } as const;

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  test('four people answer at once, each their own part, and the contact submits', async () => {
    const contact = await visitor(setup);
    const reference = await invite(system, setup.language, sirens[setup.language]);
    const before = { ...plainAnswers, C2: { usersInScope: 90, totalStaff: 110 } };
    await saveSections(system, reference, ['A', 'C', 'D'], before);
    await readNewestMail(contact, prospect.contact);
    await openFile(contact);
    await contact.open('/questionnaire/people');
    for (const { invitation, name, mail } of colleagues) {
      await contact.follow(invitation);
      await fillIn(contact.page, [
        ['name', name],
        ['email', mail],
      ]);
      await contact.press({ fr: 'Envoyer l’invitation', en: 'Send the invitation' });
    }
    await system.runtime.clock.settled();

    const invited = await Promise.all(
      colleagues.map(async ({ mail, asked }) => {
        const person = await visitor(setup);
        await readNewestMail(person, mail);
        await openPart(person);
        return { person, asked };
      }),
    );
    await Promise.all([
      answer(
        contact,
        idsOf(({ id }) => /^[AE]/.test(id)),
      ),
      ...invited.map(({ person, asked }) => answer(person, idsOf(asked))),
    ]);

    await contact.open('/questionnaire/check');
    const read = await contact.text();
    for (const { name } of colleagues) expect(read).toContain(name);
    await contact.open('/questionnaire');
    await checkAndSubmit(contact);
    expect(await contact.text()).toContain(
      contact.t({ fr: 'Vos réponses ont été envoyées', en: 'Your answers have been submitted' }),
    );
    await system.runtime.clock.settled();
    for (const { person } of invited) {
      await person.open('/questionnaire/check');
      expect(
        await person.page.getByRole('button', { name: /Envoyer nos réponses|Submit our answers/ }).count(),
      ).toBe(0);
    }
    expect([contact, ...invited.map(({ person }) => person)].flatMap(({ faults }) => faults)).toEqual([]);
  });
});

test('each page that colleagues see is accessible, fits the narrowest screen and has a title of its own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
