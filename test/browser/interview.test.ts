import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { savePage } from '../../functions/application/save-page.ts';
import { questions, sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { sectionTitle } from '../../functions/web/customer/question-page.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { answerSection, readNewestMail, signIn } from './acts.ts';
import { fillIn } from './fill-in.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person, type Setup } from './person.ts';
import { operatorAccount, prospect } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

async function visitor(system: System, setup: Setup): Promise<Person> {
  const person = await openPerson(stage, system, setup);
  onTestFinished(() => person.leave());
  return person;
}

/** An operator begins an interview and enters a section in it, page by page; the rest is saved behind the pages. */
async function converse(system: System, operator: Person): Promise<string> {
  const reference = await invite(system, operator.language);
  await signIn(operator, operatorAccount);
  await operator.open(`/operations/${reference}`);
  await operator.follow({
    fr: 'Saisir les réponses lors d’un entretien',
    en: 'Enter answers in an interview',
  });
  await fillIn(operator.page, [
    ['name', 'Anne Morel'],
    ['role', 'RSSI'],
  ]);
  await operator.press({ fr: 'Commencer l’entretien', en: 'Start the interview' });
  const [first] = sections;
  if (first === undefined) throw new Error('There is no section');
  await operator.follow(sectionTitle(first));
  await answerSection(operator, first.id, plainAnswers);
  expect(await operator.text()).toContain('Anne Morel');
  const { by = '' } = (await system.runtime.store.interviews.get(reference, 'I1')) ?? {};
  const rest = questions.map(({ id }) => id).filter((id) => id !== 'E6' && !id.startsWith('A'));
  const given = Object.fromEntries(
    Object.entries(plainAnswers).filter(([id]) => /^[B-E]/.test(id) && id !== 'E6'),
  );
  const page = { questions: rest, given, savedAs: 'I1' };
  await savePage(system.runtime, reference, page, { kind: 'operator', id: by });
  await operator.follow({ fr: 'Relire les réponses', en: 'Check the answers' });
  return reference;
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language', (setup) => {
  test('an operator enters what the customer says, who attests it with the link', async () => {
    const system = await startSystem();
    onTestFinished(() => system.close());
    const operator = await visitor(system, setup);
    const reference = await converse(system, operator);
    await operator.press({ fr: 'Demander l’attestation au client', en: 'Ask the customer to attest' });
    await system.runtime.clock.settled();
    const customer = await visitor(system, setup);
    await readNewestMail(customer, prospect.contact);
    await customer.follow(/\/f\//);
    await customer.press({ fr: 'Ouvrir mon dossier', en: 'Open my onboarding' });
    expect(new URL(customer.page.url()).pathname).toBe('/questionnaire/check');
    expect(await customer.text()).toContain('Anne Morel');
    await customer.page.locator('[name="E6"]').check();
    await customer.press({ fr: 'Envoyer nos réponses', en: 'Submit our answers' });
    expect((await system.runtime.store.onboardings.now(reference)).state.submission).toBe(1);
    expect([...operator.faults, ...customer.faults]).toEqual([]);
  });

  test('an operator records the signed letter, which submits what was entered', async () => {
    const system = await startSystem();
    onTestFinished(() => system.close());
    const operator = await visitor(system, setup);
    const reference = await converse(system, operator);
    const send = {
      fr: 'Enregistrer le courrier et envoyer les réponses',
      en: 'Record the letter and submit the answers',
    };
    await operator.press(send);
    expect(await operator.page.locator('.summary').getByRole('link').count()).toBe(2);
    const [year = '', month = '', day = ''] = system.runtime.clock
      .now()
      .toISOString()
      .slice(0, 10)
      .split('-');
    await fillIn(operator.page, [
      ['letterReference', 'DSI/2026-117'],
      ['letterDate.day', day],
      ['letterDate.month', month],
      ['letterDate.year', year],
    ]);
    await operator.press(send);
    await system.runtime.clock.settled();
    expect(new URL(operator.page.url()).pathname).toBe(`/operations/${reference}`);
    expect(await operator.text()).toContain('DSI/2026-117');
    expect(operator.faults).toEqual([]);
  });
});

test('each page seen in an interview is accessible, fits the narrowest screen and has a title of its own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
