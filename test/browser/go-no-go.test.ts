import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { addDays, instantAt } from '../../functions/domain/calendar-date.ts';
import { goNoGoDay } from '../../functions/domain/waves/wave.ts';
import { sirens } from '../support/canaries.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { expectToRead, signIn, signInAgain } from './acts.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person } from './person.ts';
import { operatorAccount } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const customer = { kind: 'customer', id: 'test' } as const;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** A customer with a confirmed place in the first wave that suits it. */
async function confirmed(system: System, siren: string): Promise<string> {
  const { runtime } = system;
  const reference = await invite(system, 'fr', siren);
  await submitAnswers(runtime, reference, plainAnswers, customer);
  await runtime.clock.settled();
  await answerWave(runtime, reference, 'confirm', customer);
  await runtime.clock.settled();
  return reference;
}

async function choose(person: Person, reference: string, choice: string): Promise<void> {
  await person.page.locator(`[name="choice.${reference}"]`).selectOption(choice);
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  let system: System;
  let operator: Person;
  let references: readonly [string, string];
  let wave: string;
  let cutover: string;
  beforeAll(async () => {
    system = await startSystem();
    const [one, other] = [await confirmed(system, sirens[0] ?? ''), await confirmed(system, sirens[1] ?? '')];
    references = [one, other];
    const { booking } = await system.runtime.store.onboardings.now(one);
    [wave, cutover] = [booking?.wave ?? '', booking?.cutover ?? ''];
    operator = await openPerson(stage, system, setup);
  });
  afterAll(async () => {
    await operator.leave();
    await system.close();
  });

  const stageOf = async (reference: string) =>
    (await system.runtime.store.onboardings.now(reference)).state.stage;

  test('an operator sees what is left per customer, and records what is done', async () => {
    await signIn(operator, operatorAccount);
    await operator.open(`/waves/${wave}`);
    const left = {
      fr: 'Applications liées à l’annuaire à enregistrer de nouveau',
      en: 'Directory-connected applications to register again',
    };
    await expectToRead(operator, left);
    await operator.go(operator.page.getByRole('link', { name: operator.t(left) }).first());
    await operator.page.locator('[name="reason"]').fill('inventaire reçu');
    await operator.press({ fr: 'Enregistrer comme faite', en: 'Record as done' });
    await expectToRead(operator, { fr: 'La tâche est enregistrée.', en: 'The task has been recorded.' });
    await operator.open(`/waves/${wave}`);
    expect(await operator.page.getByRole('link', { name: operator.t(left) }).count()).toBe(1);
    expect(operator.faults).toEqual([]);
  });

  test('an operator decides the whole wave with an exception, and sees first what follows', async () => {
    const [one, other] = references;
    await system.runtime.clock.jumpTo(instantAt(addDays(cutover, -6), '09:00'));
    await system.runtime.clock.jumpTo(instantAt(goNoGoDay(cutover), '10:00'));
    await signInAgain(operator);
    await operator.open(`/waves/${wave}`);
    await operator.follow({ fr: 'Go/no-go de la vague', en: 'Go/no-go of the wave' });
    await operator.press({ fr: 'Voir ce qui va être décidé', en: 'See what will be decided' });
    // Without a reason nothing is shown; what was chosen is kept.
    expect(await operator.page.locator('.summary').count()).toBe(1);
    await choose(operator, other, 'no_go');
    await operator.page.locator(`[name="reason.${other}"]`).fill('équipe absente');
    await operator.page.locator('[name="reason"]').fill('réunion de vague');
    await operator.press({ fr: 'Voir ce qui va être décidé', en: 'See what will be decided' });
    await expectToRead(operator, { fr: 'Ce qui va être décidé', en: 'What will be decided' });
    expect([await stageOf(one), await stageOf(other)]).toEqual(['GO_NO_GO', 'GO_NO_GO']);
    await operator.press({ fr: 'Confirmer ces décisions', en: 'Confirm these decisions' });
    await expectToRead(operator, {
      fr: 'Les décisions sont enregistrées.',
      en: 'The decisions have been recorded.',
    });
    await system.runtime.clock.settled();
    expect(await stageOf(one)).toBe('HANDED_OVER');
    const { booking } = await system.runtime.store.onboardings.now(other);
    expect(booking?.wave).not.toBe(wave);
    expect(operator.faults).toEqual([]);
  });
});

test('the pages before a cutover are accessible, fit the narrowest screen and have titles of their own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
