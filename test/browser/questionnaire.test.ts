import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Text } from '../../functions/domain/text.ts';
import { openFile, readNewestMail } from './acts.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person } from './person.ts';
import { prospect } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const save: Text = { fr: 'Enregistrer et continuer', en: 'Save and continue' };

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

/** Opens a section from the list of sections. */
async function section(person: Person, id: string): Promise<void> {
  await person.open('/questionnaire');
  await person.follow(new RegExp(`^(Partie|Section) ${id}\\b`));
}

/** The ids that the error summary leads to, and the element that has the focus after each of its links was used. */
async function followSummary(person: Person) {
  const links = await person.page.locator('.summary').getByRole('link').all();
  const targets: string[] = [];
  const focused: string[] = [];
  for (const link of links) {
    targets.push(((await link.getAttribute('href')) ?? '').slice(1));
    await link.click();
    // A group of fields takes no focus itself: from there the next Tab leads to its first field.
    const group = (await person.page.locator(`fieldset[id="${targets.at(-1)}"]`).count()) > 0;
    if (group) {
      await person.page.keyboard.press('Tab');
      const within = person.page.locator(`fieldset[id="${targets.at(-1)}"] :focus`);
      focused.push((await within.count()) > 0 ? (targets.at(-1) ?? '') : 'elsewhere');
    } else {
      focused.push((await person.page.locator(':focus').getAttribute('id')) ?? '');
    }
  }
  return { targets, focused };
}

describe.each([
  { language: 'fr', script: true },
  { language: 'fr', script: false },
  { language: 'en', script: true },
  { language: 'en', script: false },
] as const)('in $language, with scripts: $script', (setup) => {
  let person: Person;
  const siren = `${setup.language}-${setup.script}`;
  const sirens: Readonly<Record<string, string>> = {
    'fr-true': '999000102',
    'fr-false': '999000375',
    'en-true': '999000649',
    'en-false': '999000912',
  };
  beforeAll(async () => {
    person = await openPerson(stage, system, setup);
    await invite(system, setup.language, sirens[siren]);
    await readNewestMail(person, prospect.contact);
    await openFile(person);
  });
  afterAll(() => person.leave());

  test('what is wrong with a section stands above it, takes the focus and leads to each field', async () => {
    for (const id of ['A', 'B', 'C', 'D', 'E']) {
      await section(person, id);
      await person.press(save);
      expect(await person.page.title()).toMatch(/^(Erreur\s: |Error: )/);
      expect(await person.page.locator('.summary:focus').count()).toBe(1);
      const { targets, focused } = await followSummary(person);
      expect(targets.length).toBeGreaterThan(0);
      expect(focused).toEqual(targets);
    }
    expect(person.faults).toEqual([]);
  });

  test('what was typed stays when something else is refused', async () => {
    await section(person, 'C');
    await person.page.locator('[name="C2.usersInScope"]').fill('une centaine');
    await person.page.locator('[name="C4.tenants"]').fill('3');
    await person.page.locator('[name="C7"][value="vpn"]').check();
    await person.press(save);
    expect(await person.page.locator('[name="C2.usersInScope"]').inputValue()).toBe('une centaine');
    expect(await person.page.locator('[name="C4.tenants"]').inputValue()).toBe('3');
    expect(await person.page.locator('[name="C7"][value="vpn"]').isChecked()).toBe(true);
  });

  test('the page stays the same when its language is changed', async () => {
    await section(person, 'B');
    const address = new URL(person.page.url()).pathname;
    const other = setup.language === 'fr' ? 'en' : 'fr';
    const names = { fr: 'Français', en: 'English' };
    await person.page.getByRole('link', { name: names[other], exact: true }).click();
    await person.page.waitForURL(/lang=/);
    expect(new URL(person.page.url()).pathname).toBe(address);
    expect(await person.page.locator('html').getAttribute('lang')).toBe(other);
    expect(await person.page.getByRole('heading', { level: 1 }).textContent()).toMatch(
      other === 'fr' ? /^Partie\sB/ : /^Section\sB/,
    );
    await person.go(person.page.getByRole('link', { name: names[setup.language], exact: true }));
    expect(await person.page.locator('html').getAttribute('lang')).toBe(setup.language);
  });

  test('a refused page changes its language with everything typed since, and Enter still saves', async () => {
    await section(person, 'E');
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
    await section(person, 'B');
    await person.page.locator('[name="B1"][value="no"]').check();
    await person.press({ fr: 'Enregistrer et terminer plus tard', en: 'Save and finish later' });
    await person.page.goBack();
    expect(new URL(person.page.url()).pathname).toBe('/questionnaire/B');
    await person.page.goForward();
    await section(person, 'B');
    expect(await person.page.locator('[name="B1"][value="no"]').isChecked()).toBe(true);
  });
});

test('sections with errors are accessible, fit the narrowest screen and have titles of their own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
