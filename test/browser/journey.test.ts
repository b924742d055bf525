import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { Text } from '../../functions/domain/text.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import {
  answerEverySection,
  checkAndSubmit,
  decide,
  expectToRead,
  moveClockTo,
  openFile,
  readInvitation,
  readNewestMail,
  signIn,
  signInAgain,
} from './acts.ts';
import { inspect } from './inspection.ts';
import { openPerson, type Person, type Setup } from './person.ts';
import {
  decideAsOperator,
  goTo,
  openFromList,
  operatorAccount,
  prospect,
  startByForm,
} from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

/** The customer says that security clearances are needed: a person has to look at it. */
const answers: Answers = { ...plainAnswers, A7: 'yes' };
/** The name of the platform leads to where somebody stands. */
const home: Text = { fr: samplePlatform.name, en: samplePlatform.name };
const handedOver: Text = { fr: 'Passation faite', en: 'Handed over' };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

interface Cast {
  readonly system: System;
  readonly sales: Person;
  readonly customer: Person;
  readonly operator: Person;
}

async function assemble(setup: Setup): Promise<Cast> {
  const system = await startSystem();
  onTestFinished(() => system.close());
  const [sales, customer, operator] = await Promise.all([
    openPerson(stage, system, setup),
    openPerson(stage, system, setup),
    openPerson(stage, system, setup),
  ]);
  return { system, sales, customer, operator };
}

/** From the form of sales to the review: everything that happens on one morning. */
async function fromStartToReview({ system, sales, customer }: Cast): Promise<void> {
  await startByForm(sales);
  await expectToRead(sales, { fr: 'Le dossier est ouvert.', en: 'The onboarding has started.' });
  await system.runtime.clock.settled();
  await goTo(sales, 'sales');

  await readNewestMail(customer, prospect.contact);
  await openFile(customer);
  await answerEverySection(customer, answers);
  await checkAndSubmit(customer);
  await expectToRead(customer, {
    fr: 'Vos réponses ont été envoyées',
    en: 'Your answers have been submitted',
  });
  await system.runtime.clock.settled();
  await customer.follow(home);
  await expectToRead(customer, { fr: 'En revue', en: 'In review' });
  await customer.follow({ fr: 'Lire ou imprimer nos réponses', en: 'View or print our answers' });
  await customer.follow({ fr: 'Où en est votre dossier', en: 'Status of your onboarding' });
}

/** The operator takes it from the work list, and finds it among their own. */
async function takeFromList(operator: Person): Promise<void> {
  await goTo(operator, 'operations');
  await operator.page.locator('input[name="onboarding"]').first().check();
  await operator.press({ fr: 'Prendre les dossiers choisis', en: 'Take the onboardings chosen' });
  await operator.follow({ fr: 'Que je suis', en: 'Mine' });
  await expectToRead(operator, { fr: prospect.name, en: prospect.name });
  await operator.page.locator('input[name="onboarding"]').first().check();
  await operator.press({ fr: 'Les attribuer à quelqu’un…', en: 'Assign them to someone…' });
  await expectToRead(operator, { fr: 'Dossiers choisis', en: 'Onboardings chosen' });
  await goTo(operator, 'operations');
}

/** The operator lets it go on, and the customer confirms the date that was found. */
async function fromReviewToConfirmation({ system, customer, operator }: Cast): Promise<void> {
  await signIn(operator, operatorAccount);
  await takeFromList(operator);
  await decideAsOperator(operator, 'accept', {
    fr: 'Habilitations confirmées par l’officier de sécurité',
    en: 'Clearances confirmed by the security officer',
  });
  await system.runtime.clock.settled();
  await customer.follow(home);
  await decide(customer, { fr: 'Confirmer cette date', en: 'Confirm this date' });
  await expectToRead(customer, { fr: 'Votre date est confirmée.', en: 'Your date is confirmed.' });
  await system.runtime.clock.settled();
}

/** On the day before the cutover; everybody has been away for weeks and comes in again. */
async function fromGoNoGoToHandOver({ system, sales, customer, operator }: Cast): Promise<void> {
  await moveClockTo(operator, '2027-03-08');
  await signInAgain(operator);
  await decideAsOperator(operator, 'go', { fr: 'Répétition réussie', en: 'Rehearsal passed' });
  await system.runtime.clock.settled();

  await goTo(operator, 'waves');
  await goTo(operator, 'operations');
  await operator.follow({ fr: 'Passation faite', en: 'Handed over' });
  await operator.follow({ fr: prospect.name, en: prospect.name });
  await expectToRead(operator, handedOver);
  await signInAgain(sales);
  await openFromList(sales, 'sales');
  await expectToRead(sales, handedOver);
  await readNewestMail(customer, prospect.contact);
  await readInvitation(customer, prospect.contact);
  await openFile(customer);
  await expectToRead(customer, handedOver);
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  test('an onboarding goes from its first form to the hand-over, by links and buttons alone', async () => {
    const cast = await assemble(setup);
    await fromStartToReview(cast);
    await fromReviewToConfirmation(cast);
    await fromGoNoGoToHandOver(cast);

    const people = [cast.sales, cast.customer, cast.operator];
    expect(people.flatMap(({ faults }) => faults)).toEqual([]);
    await Promise.all(people.map((person) => person.leave()));
  });
});

test('each page seen on the way is accessible, fits the narrowest screen and has a title of its own', async () => {
  const pages = stage.album.snapshots();
  expect(pages.length).toBeGreaterThan(60);
  expect(await inspect(stage.browser, pages)).toEqual([]);
});
