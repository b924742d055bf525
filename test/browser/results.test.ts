import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { Text } from '../../functions/domain/text.ts';
import { classified, doubtful } from '../support/journeys.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { checkAndSubmit, expectToRead, openFile, readInvitation, readNewestMail, signIn } from './acts.ts';
import { fillIn, fillQuestion } from './fill-in.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person, type Setup } from './person.ts';
import { saveSections, submit } from './saved-sections.ts';
import { operatorAccount, prospect } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const goOn: Text = { fr: 'Continuer', en: 'Continue' };
const noDpia = { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' } as const satisfies Partial<Answers>;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** One onboarding, its customer and an operator. */
interface Cast {
  readonly system: System;
  readonly reference: string;
  readonly customer: Person;
  readonly operator: Person;
}

async function assemble(setup: Setup): Promise<Cast> {
  const system = await startSystem();
  const [customer, operator] = await Promise.all([
    openPerson(stage, system, setup),
    openPerson(stage, system, setup),
  ]);
  onTestFinished(async () => {
    await Promise.all([customer.leave(), operator.leave()]);
    await system.close();
  });
  return { system, customer, operator, reference: await invite(system, setup.language) };
}

async function openInvitation(customer: Person): Promise<void> {
  await readInvitation(customer, prospect.contact);
  await openFile(customer);
}

async function decideReview({ system, operator, reference }: Cast, decision: string, fields: Fields = []) {
  await signIn(operator, operatorAccount);
  await operator.open(`/operations/${reference}`);
  await operator.follow({ fr: 'Décider', en: 'Decide' });
  await fillIn(operator.page, [
    ['decision', decision],
    ['reason', operator.t({ fr: 'Vu avec l’équipe', en: 'Seen with the team' })],
    ...fields,
  ]);
  await operator.press({ fr: 'Enregistrer la décision', en: 'Record the decision' });
  await system.runtime.clock.settled();
}
type Fields = readonly (readonly [string, string])[];

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  test('classified information ends with a person’s decision and a page that says why', async () => {
    const cast = await assemble(setup);
    const { system, customer, operator, reference } = cast;
    await saveSections(system, reference, ['A', 'B', 'C', 'D', 'E'], plainAnswers);
    await openInvitation(customer);
    await customer.open('/questionnaire/B1');
    await fillQuestion(customer.page, 'B1', classified);
    await customer.press(goOn);
    await customer.open('/questionnaire');
    await checkAndSubmit(customer);
    await system.runtime.clock.settled();
    await customer.open('/status');
    await expectToRead(customer, {
      fr: 'une règle suggère un refus, et seule une personne peut le décider',
      en: 'a rule suggests a refusal, which only a person can decide',
    });

    await decideReview(cast, 'confirm');
    await openInvitation(customer);
    await expectToRead(customer, { fr: 'Ce dossier est clos', en: 'This onboarding is closed' });
    await expectToRead(customer, { fr: 'classifiées', en: 'classified' });
    expect([...customer.faults, ...operator.faults]).toEqual([]);
  });

  test('asked again by an operator, the customer reads the message, changes the answer and submits', async () => {
    const cast = await assemble(setup);
    const { system, customer, operator, reference } = cast;
    await submit(system, reference, { ...plainAnswers, ...doubtful });
    const message = operator.t({
      fr: 'Dites-nous si ces dossiers sont marqués.',
      en: 'Tell us whether these files are marked.',
    });
    await decideReview(cast, 'ask_customer', [['message', message]]);

    await readNewestMail(customer, prospect.contact);
    expect(await customer.text()).not.toContain(message);
    await openFile(customer);
    await customer.open('/questionnaire');
    expect(await customer.text()).toContain(message);
    await customer.open('/questionnaire/B2');
    await fillQuestion(customer.page, 'B2', { B2: 'no' });
    await customer.press(goOn);
    await customer.open('/questionnaire');
    await checkAndSubmit(customer);
    await system.runtime.clock.settled();
    await customer.open('/status');
    await expectToRead(customer, { fr: 'Confirmer cette date', en: 'Confirm this date' });
    expect([...customer.faults, ...operator.faults]).toEqual([]);
  });

  test('a condition is declared from the status page, the result says so, and another date is chosen there', async () => {
    const { system, customer, reference } = await assemble(setup);
    await submit(system, reference, { ...plainAnswers, ...noDpia });
    await openInvitation(customer);
    await customer.open('/status');
    await customer.go(customer.page.locator('a[href*="/status/conditions/DPIA_MISSING"]').first());
    await customer.press({ fr: 'Envoyer la déclaration', en: 'Send the declaration' });
    await expectToRead(customer, { fr: 'Il y a un problème', en: 'There is a problem' });
    await customer.page.locator('[name="B11"][value="done"]').check();
    await customer.page.locator('[name="E6"]').check();
    await customer.press({ fr: 'Envoyer la déclaration', en: 'Send the declaration' });
    await system.runtime.clock.settled();
    await customer.open('/status');
    await expectToRead(customer, {
      fr: 'après une déclaration du client',
      en: 'after a declaration by the customer',
    });
    expect(await customer.page.locator('a[href*="/status/conditions/"]').count()).toBe(0);

    await customer.follow({
      fr: 'Toutes les dates, et pourquoi certaines sont impossibles',
      en: 'All dates, and why some are not possible',
    });
    await expectToRead(customer, { fr: 'un gel que vous avez indiqué', en: 'a freeze that you declared' });
    await customer.go(customer.page.locator('main a[href*="/status/dates/sud-2027-06-01"]'));
    await customer.press({ fr: 'Choisir cette date', en: 'Choose this date' });
    await system.runtime.clock.settled();
    await customer.open('/status');
    await expectToRead(customer, { fr: 'Bascule le 1er juin 2027', en: 'Cutover on 1 June 2027' });
    expect(customer.faults).toEqual([]);
  });
});

test('each page seen after the answers is accessible, fits the narrowest screen and has a title of its own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
