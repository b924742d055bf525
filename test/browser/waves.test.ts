import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Text } from '../../functions/domain/text.ts';
import { signIn } from './acts.ts';
import { fillIn } from './fill-in.ts';
import { inspect } from './inspection.ts';
import { openPerson, type Person } from './person.ts';
import { goTo, operatorAccount } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const addWave: Text = { fr: 'Ajouter une vague', en: 'Add a wave' };
const confirm: Text = { fr: 'Confirmer', en: 'Confirm' };
const changeCapacity: Text = { fr: 'Changer la capacité', en: 'Change capacity' };
/** A Tuesday for each language, so that both runs find their wave missing. */
const cutovers = { fr: ['13', '04'], en: ['20', '04'] } as const;

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

async function fillWave(person: Person, customers: string): Promise<void> {
  const [day, month] = cutovers[person.language];
  await fillIn(person.page, [
    ['site', 'paris'],
    ['kind', 'MIGRATION'],
    ['cutover.day', day],
    ['cutover.month', month],
    ['cutover.year', '2027'],
    ['customers', customers],
    ['points', '90'],
    ['complex', '2'],
  ]);
}

async function addOne(person: Person, customers: string): Promise<void> {
  await goTo(person, 'waves');
  await person.follow(addWave);
  await fillWave(person, customers);
  await person.press({ fr: 'Ajouter la vague', en: 'Add the wave' });
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  let operator: Person;
  beforeAll(async () => {
    operator = await openPerson(stage, system, setup);
    await signIn(operator, operatorAccount);
  });
  afterAll(() => operator.leave());

  test('an operator adds a wave and changes its capacity', async () => {
    await addOne(operator, 'quatre');
    expect(await operator.page.locator('[name="customers"]').inputValue()).toBe('quatre');
    await operator.page.locator('[name="customers"]').fill('4');
    await operator.press({ fr: 'Ajouter la vague', en: 'Add the wave' });
    await operator.press(confirm);
    expect(await operator.text()).toContain(
      operator.t({ fr: 'La vague a été ajoutée.', en: 'The wave has been added.' }),
    );
    await operator.follow(changeCapacity);
    await operator.page.locator('[name="customers"]').fill('7');
    await operator.page.locator('[name="reason"]').fill('une équipe de plus');
    await operator.press(changeCapacity);
    await operator.press(confirm);
    expect(await operator.text()).toContain(operator.t({ fr: '0 sur 7', en: '0 of 7' }));
    await operator.follow({ fr: 'Changer l’état', en: 'Change state' });
    await operator.follow({ fr: 'Retour', en: 'Back' });
    await operator.follow({ fr: 'Annuler la vague', en: 'Cancel the wave' });
    await operator.follow({ fr: 'Retour', en: 'Back' });
    expect(operator.faults).toEqual([]);
  });

  test('a wave that is there already is refused at the form, with everything as it was typed', async () => {
    await addOne(operator, '9');
    expect(await operator.page.locator('.summary').count()).toBe(1);
    expect(await operator.page.locator('[name="customers"]').inputValue()).toBe('9');
    expect(await operator.page.locator('[name="cutover.year"]').inputValue()).toBe('2027');
    await goTo(operator, 'waves');
    await operator.follow({ fr: 'Ajouter une série', en: 'Add a series' });
    await fillIn(operator.page, [
      ['from.day', '11'],
      ['from.month', '01'],
      ['from.year', '2028'],
      ['customers', '2'],
      ['points', '40'],
      ['complex', '1'],
    ]);
    await operator.press({ fr: 'Voir les dates', en: 'Show the dates' });
    await goTo(operator, 'waves');
    await operator.follow({ fr: 'Calendrier', en: 'Calendar' });
    await operator.follow({ fr: 'Charge', en: 'Load' });
    expect(await operator.page.locator('main svg[aria-hidden] + table').count()).toBe(2);
    await operator.follow({ fr: 'Liste d’attente', en: 'Waiting list' });
    expect(operator.faults).toEqual([]);
  });

  test('a task is taken over and ticked, and a lesson noted and removed', async () => {
    await goTo(operator, 'waves');
    await operator.follow({ fr: 'Tâches des vagues', en: 'Tasks of the waves' });
    await operator.open('/waves/sud-2027-06-01');
    await operator.follow(/Calendrier arrêté|Schedule agreed/);
    await fillIn(operator.page, [
      ['done', 'yes'],
      ['note', 'Envoyé à tous'],
    ]);
    await operator.page.locator('main select[name="owner"]').selectOption({ index: 1 });
    await operator.press({ fr: 'Enregistrer', en: 'Save' });
    expect(await operator.text()).toContain(
      operator.t({ fr: 'La tâche a été enregistrée.', en: 'The task has been saved.' }),
    );
    await operator.follow({ fr: 'Noter ou retirer un enseignement', en: 'Note or remove a lesson' });
    await fillIn(operator.page, [['text', 'Répéter la veille']]);
    await operator.press({ fr: 'Noter l’enseignement', en: 'Note the lesson' });
    await operator.follow(/^(?:Retirer|Remove)/);
    await fillIn(operator.page, [
      ['confirmed', 'yes'],
      ['reason', 'Double'],
    ]);
    await operator.press({ fr: 'Retirer l’enseignement', en: 'Remove the lesson' });
    expect(await operator.text()).not.toContain('Répéter la veille');
    expect(operator.faults).toEqual([]);
  });
});

test('the pages of the waves are accessible, fit the narrowest screen and have titles of their own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
