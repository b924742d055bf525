import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QuestionId } from '../../functions/domain/questionnaire/answers.ts';
import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import type { Text } from '../../functions/domain/text.ts';
import { openFile, readNewestMail } from './acts.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person } from './person.ts';
import { prospect } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const save: Text = { fr: 'Continuer', en: 'Continue' };

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

/** Opens a question of the form. */
async function question(person: Person, id: QuestionId): Promise<void> {
  await person.open(`/questionnaire/${id}`);
}

/** Types what is no answer into every field in sight, and gives what was typed by the name of the field. */
async function typeWrong(person: Person): Promise<ReadonlyMap<string, string>> {
  const typed = new Map<string, string>();
  for (const field of await person.page.locator('main input[type="text"], main input[type="email"]').all()) {
    if (!(await field.isVisible())) continue;
    const wrong = `x@${typed.size}`;
    await field.fill(wrong);
    typed.set((await field.getAttribute('name')) ?? '', wrong);
  }
  return typed;
}

/** What the fields of these names hold. */
async function valuesOf(person: Person, names: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const name of names) {
    values.set(name, await person.page.locator(`main [name="${name}"]`).inputValue());
  }
  return values;
}

/** Uses each link of the error summary, waits until what it leads to has the focus, and gives the number of links. */
async function followSummary({ page }: Person): Promise<number> {
  const links = await page.locator('.summary').getByRole('link').all();
  for (const link of links) {
    const id = ((await link.getAttribute('href')) ?? '').slice(1);
    await link.click();
    // A group of fields takes no focus itself: from there the next Tab leads to its first field.
    const isGroup = (await page.locator(`fieldset[id="${id}"]`).count()) > 0;
    if (isGroup) await page.keyboard.press('Tab');
    await page.locator(isGroup ? `fieldset[id="${id}"] :focus` : `[id="${id}"]:focus`).waitFor();
  }
  return links.length;
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  let person: Person;
  const sirens = { fr: '999000375', en: '999000649' };
  beforeAll(async () => {
    person = await openPerson(stage, system, setup);
    await invite(system, setup.language, sirens[setup.language]);
    await readNewestMail(person, prospect.contact);
    await openFile(person);
  });
  afterAll(() => person.leave());

  test('what was typed stays when something else is refused', async () => {
    await question(person, 'C6');
    await person.page.locator('[name="C6.servers"]').fill('une centaine');
    await person.page.locator('[name="C6.applications"]').fill('3');
    await person.page.locator('[name="C6.dependencies"][value="partly"]').check();
    await person.press(save);
    expect(await person.page.locator('[name="C6.servers"]').inputValue()).toBe('une centaine');
    expect(await person.page.locator('[name="C6.applications"]').inputValue()).toBe('3');
    expect(await person.page.locator('[name="C6.dependencies"][value="partly"]').isChecked()).toBe(true);
  });

  test('a date is asked for where the answer calls for one', async () => {
    await question(person, 'B7');
    const day = person.page.locator('[name="B7.date.day"]');
    expect(await day.isVisible()).toBe(false);
    await person.page.locator('[name="B7.answer"][value="yes"]').check();
    expect(await day.isVisible()).toBe(true);
    await person.page.locator('[name="B7.answer"][value="no"]').check();
    expect(await day.isVisible()).toBe(false);
  });

  test('a question changes its language with everything typed on it', async () => {
    await question(person, 'C2');
    const staff = person.page.locator('[name="C2.totalStaff"]');
    await staff.fill('1 2');
    const address = new URL(person.page.url()).pathname;
    const other = setup.language === 'fr' ? 'en' : 'fr';
    const names = { fr: 'Français', en: 'English' };
    await person.page.getByRole('button', { name: names[other], exact: true }).click();
    await person.page.waitForURL(/lang=/);
    expect(await person.page.locator('.summary').count()).toBe(0);
    expect(await staff.inputValue()).toBe('1 2');
    expect(new URL(person.page.url()).pathname).toBe(address);
    expect(await person.page.locator('html').getAttribute('lang')).toBe(other);
    expect(await person.page.getByRole('heading', { level: 1 }).textContent()).toMatch(
      other === 'fr' ? /^Combien d’utilisateurs/ : /^How many users/,
    );
    await person.go(person.page.getByRole('button', { name: names[setup.language], exact: true }));
    expect(await person.page.locator('html').getAttribute('lang')).toBe(setup.language);
  });

  test('a refused page changes its language with everything typed since, and Enter still saves', async () => {
    await question(person, 'E3');
    await person.press(save);
    const pilots = person.page.locator('[name="E3"]');
    await pilots.fill('douze');
    const other = setup.language === 'fr' ? 'en' : 'fr';
    const names = { fr: 'Français', en: 'English' };
    await person.page.getByRole('button', { name: names[other], exact: true }).click();
    await person.page.waitForURL(/lang=/);
    expect(await person.page.locator('html').getAttribute('lang')).toBe(other);
    expect(await pilots.inputValue()).toBe('douze');
    expect(await person.page.locator('#field-E3-problem').textContent()).toMatch(
      other === 'fr' ? /nombre entier/ : /whole number/,
    );
    await person.go(person.page.getByRole('button', { name: names[setup.language], exact: true }));
    const loaded = person.page.waitForEvent('load');
    await Promise.all([loaded, pilots.press('Enter')]);
    expect(new URL(person.page.url()).search).toBe('');
    expect(await person.page.locator('.summary').count()).toBe(1);
  });

  test('the browser’s Back leads to the page before, as it was answered', async () => {
    await question(person, 'B1');
    await person.page.locator('[name="B1"][value="no"]').check();
    await person.press({ fr: 'Terminer plus tard', en: 'Finish later' });
    await person.page.goBack();
    expect(new URL(person.page.url()).pathname).toBe('/questionnaire/B1');
    await person.page.goForward();
    await question(person, 'B1');
    expect(await person.page.locator('[name="B1"][value="no"]').isChecked()).toBe(true);
  });
});

describe.each([
  { language: 'fr', script: false, siren: '999001183' },
  { language: 'en', script: true, siren: '999001456' },
] as const)('every field wrong once, in $language, with scripts: $script', ({ siren, ...setup }) => {
  test('what is wrong stands above the question, takes the focus, leads to each field and is kept', async () => {
    const person = await openPerson(stage, system, setup);
    await invite(system, setup.language, siren);
    await readNewestMail(person, prospect.contact);
    await openFile(person);
    const accepted: QuestionId[] = [];
    for (const { id } of sections.flatMap((section) => askedIn(section.id, {}))) {
      await question(person, id);
      const typed = await typeWrong(person);
      await person.press(save);
      if ((await person.page.locator('.summary').count()) === 0) {
        accepted.push(id);
        continue;
      }
      expect(await person.page.title()).toMatch(/^(Erreur\s: |Error: )/);
      // A browser gives the focus when it draws the page, which may be after it has loaded.
      await person.page.locator('.summary:focus').waitFor();
      expect(await valuesOf(person, typed.keys())).toEqual(typed);
      expect(await followSummary(person)).toBeGreaterThan(0);
    }
    // Intake has answered these with choices, which cannot be wrong.
    expect(accepted).toEqual(['A3', 'C1']);
    expect(person.faults).toEqual([]);
    await person.leave();
  });
});

test('questions with errors are accessible, fit the narrowest screen and have titles of their own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
