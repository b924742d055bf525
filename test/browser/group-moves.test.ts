import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { sirens } from '../support/canaries.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { expectToRead, signIn } from './acts.ts';
import { inspect } from './inspection.ts';
import { openPerson, type Person } from './person.ts';
import { operatorAccount } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const customer = { kind: 'customer', id: 'test' } as const;
const sales = { kind: 'sales', id: 'sales@platform.example' } as const;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** An organisation with a confirmed place, after that of its parent. */
async function confirmed({ runtime }: System, siren: string, parentSiren?: string): Promise<string> {
  const intake = {
    ...({ siren, legalName: `Agence fictive ${siren}`, bodyType: 'state_administration' } as const),
    ...({ contactName: 'Zoé Canari', contactEmail: `zoe${siren}@client.example`, language: 'fr' } as const),
    ...({ services: ['exchange'], deadlineReason: 'none', owner: sales.id, team: 'state' } as const),
    ...(parentSiren === undefined ? {} : { parentSiren }),
  };
  const reference = await startOnboarding(runtime, { scope: 'test', key: siren, body: '' }, intake, sales);
  await runtime.clock.settled();
  await submitAnswers(runtime, reference, plainAnswers, customer);
  await runtime.clock.settled();
  await answerWave(runtime, reference, 'confirm', customer);
  await runtime.clock.settled();
  return reference;
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  let system: System;
  let operator: Person;
  beforeAll(async () => {
    system = await startSystem();
    operator = await openPerson(stage, system, setup);
  });
  afterAll(async () => {
    await operator.leave();
    await system.close();
  });

  test('an operator agrees to the moves that keep a group in order, all at once', async () => {
    const [siren = '', ...others] = sirens;
    const parent = await confirmed(system, siren);
    const members: string[] = [];
    for (const each of others.slice(0, 2)) members.push(await confirmed(system, each, siren));
    const { runtime } = system;
    const now = (reference: string) => runtime.store.onboardings.now(reference);
    const { booking } = await now(members[0] ?? '');
    const move = { wave: booking?.wave ?? '', reason: 'asked for', askedByCustomer: true };
    await movePlace(runtime, parent, move, { kind: 'operator', id: 'other' });
    await runtime.clock.settled();

    await signIn(operator, operatorAccount);
    await operator.open('/operations');
    await operator.follow({ fr: 'Accords d’une seconde personne', en: 'Second-person approvals' });
    await expectToRead(operator, { fr: 'Groupes à garder dans l’ordre', en: 'Groups to be kept in order' });
    await operator.follow(/^Agence fictive/);
    await operator.press({ fr: 'Enregistrer la réponse', en: 'Record the answer' });
    expect(await operator.page.locator('.summary').count()).toBe(1);
    await operator.page.locator('[name="decision"][value="approve"]').check();
    await operator.page.locator('[name="reason"]').fill('vu avec le groupe');
    await operator.press({ fr: 'Enregistrer la réponse', en: 'Record the answer' });
    await expectToRead(operator, {
      fr: 'Votre accord est enregistré',
      en: 'Your agreement has been recorded',
    });
    await runtime.clock.settled();
    for (const member of members) {
      const { booking: after } = await now(member);
      expect(after?.status).toBe('HELD');
      expect((after?.cutover ?? '') > (booking?.cutover ?? '')).toBe(true);
    }
    expect(operator.faults).toEqual([]);
  });
});

test('the pages are accessible, fit the narrowest screen and have titles of their own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
