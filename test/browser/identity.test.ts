import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Text } from '../../functions/domain/text.ts';
import { expectToRead, followLink, openFile, readNewestMail, signIn } from './acts.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person, type Setup } from './person.ts';
import { prospect, salesAccount } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';
import { expectLight, firstViewOf } from './weight.ts';

const goOn: Text = { fr: 'Continuer', en: 'Continue' };
const confirmAndSave: Text = { fr: 'Confirmer et enregistrer', en: 'Confirm and save' };
const withProConnect: Text = { fr: 'S’identifier avec ProConnect', en: 'Sign in with ProConnect' };
const signInThere: Text = { fr: 'Se connecter', en: 'Sign in' };

/** Organisations of the example register, and someone of each at the embedded ProConnect. */
const organisations = {
  fr: { siren: '999000375', own: 'Claire Vasseur' },
  en: { siren: '999000102', own: 'Hugo Delmas' },
} as const;
const ofTheAgency = 'Inès Roche';

let stage: Stage;
let coded: System;
let federated: System;
beforeAll(async () => {
  [stage, coded, federated] = await Promise.all([
    openStage(),
    startSystem('link_and_code'),
    startSystem('link_and_proconnect'),
  ]);
});
afterAll(async () => {
  await stage.close();
  await Promise.all([coded.close(), federated.close()]);
});

async function visitor(system: System, setup: Setup): Promise<Person> {
  const person = await openPerson(stage, system, setup);
  onTestFinished(() => person.leave());
  return person;
}

/** A customer whose onboarding is open in a browser that is not known. */
async function customer(system: System, setup: Setup) {
  const person = await visitor(system, setup);
  const reference = await invite(system, setup.language, organisations[setup.language].siren);
  await readNewestMail(person, prospect.contact);
  await openFile(person);
  return { person, reference };
}

const pathOf = ({ page }: Person) => new URL(page.url()).pathname;
const codeField = ({ page }: Person) => page.locator('[name="code"]');

/** Types numbers on a page of the questionnaire and sends it. */
async function type(person: Person): Promise<void> {
  await person.open('/questionnaire/C2');
  await person.page.locator('[name="C2.usersInScope"]').fill('41');
  await person.page.locator('[name="C2.totalStaff"]').fill('42');
  await person.press(goOn);
  expect(pathOf(person)).toBe('/identity');
}

async function expectSaved(person: Person): Promise<void> {
  await person.open('/questionnaire/C2');
  expect(await person.page.locator('[name="C2.usersInScope"]').inputValue()).toBe('41');
  expect(await person.page.locator('[name="C2.totalStaff"]').inputValue()).toBe('42');
}

/** The code as the mail that came last says it, in two groups. */
async function mailedCode(system: System): Promise<string> {
  await system.runtime.clock.settled();
  const codes = system.runtime.mailbox.list().map(({ text }) => /^(\d{3}\s\d{3})$/m.exec(text)?.[1]);
  return codes.findLast((code) => code !== undefined) ?? '';
}

/** For a moment: what is seen in the other language is looked at in the test of that language. */
async function switchLanguage({ page }: Person, name: string): Promise<void> {
  const button = page.locator('header').getByRole('button', { name, exact: true });
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

async function presentAs(person: Person, name: string): Promise<void> {
  await person.page.getByLabel(name).check();
  await person.press(signInThere);
}

/** The account owner decides on the page of the onboarding. */
async function decide(setup: Setup, reference: string, decision: 'accept' | 'refuse'): Promise<void> {
  const owner = await visitor(federated, setup);
  await signIn(owner, salesAccount);
  await owner.open(`/sales/${reference}`);
  await owner.follow({ fr: 'Décider d’un autre organisme', en: 'Decide on another organisation' });
  await owner.page.locator('[name="siren"]').first().check();
  await owner.page.locator(`[name="decision"][value="${decision}"]`).check();
  await owner.page.locator('[name="reason"]').fill('Vérifié avec le client.');
  await owner.press({ fr: 'Enregistrer la décision', en: 'Record the decision' });
  await expectToRead(owner, { fr: 'Votre décision est enregistrée', en: 'Your decision is recorded' });
  await federated.runtime.clock.settled();
  expect(owner.faults).toEqual([]);
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  const otherName = setup.language === 'fr' ? 'English' : 'Français';
  const ownName = setup.language === 'fr' ? 'Français' : 'English';

  test('a code is asked for on a new device; a wrong one loses nothing, the right one saves what was typed', async () => {
    const { person } = await customer(coded, setup);
    await type(person);
    await expectToRead(person, { fr: 'est gardé dans notre système', en: 'is kept in our system' });
    expectLight(await firstViewOf(person.page, person.page.url()), 4, 14_000);
    await person.press({ fr: 'Envoyer le code', en: 'Send the code' });
    const code = await mailedCode(coded);
    await codeField(person).fill(code.startsWith('9') ? '111 111' : '999 999');
    await person.press(confirmAndSave);
    const refusal = /(?:il reste 4 essais|4 tries are left)/;
    await expectToRead(person, refusal);
    await switchLanguage(person, otherName);
    await expectToRead(person, refusal);
    await switchLanguage(person, ownName);
    expect(await codeField(person).inputValue()).toMatch(/^(?:111 111|999 999)$/);

    await codeField(person).fill(`  ${code} `);
    await person.press(confirmAndSave);
    expect(pathOf(person)).toBe('/questionnaire/C3');
    // The page of the code, opened again, says what became of it and asks for nothing.
    await person.open('/identity?page=aaaaaaaaaaaaaaaaaaaaaa');
    await expectToRead(person, {
      fr: 'Vous avez confirmé qui vous êtes',
      en: 'You have confirmed who you are',
    });
    await expectSaved(person);
    expect(person.faults).toEqual([]);
  });

  test('ProConnect of the organisation saves what was typed; another one is decided on by the account owner', async () => {
    const { person, reference } = await customer(federated, setup);
    await type(person);
    expectLight(await firstViewOf(person.page, person.page.url()), 4, 14_000);
    await person.follow(withProConnect);
    await presentAs(person, person.t({ fr: 'Personne', en: 'No one' }));
    await expectToRead(person, { fr: 'Vous avez quitté ProConnect', en: 'You have left ProConnect' });
    await person.follow({ fr: 'Réessayer avec ProConnect', en: 'Try again with ProConnect' });
    await presentAs(person, ofTheAgency);
    await expectToRead(person, /SIRET 999\s001\s456\s00014/);
    expectLight(await firstViewOf(person.page, person.page.url()), 4, 14_000);
    await person.press({
      fr: 'Demander que mon organisme soit accepté',
      en: 'Ask for my organisation to be accepted',
    });
    await expectToRead(person, { fr: 'Votre demande est transmise', en: 'Your request has been passed on' });

    const isAccepted = setup.language === 'fr';
    await decide(setup, reference, isAccepted ? 'accept' : 'refuse');
    await readNewestMail(person, prospect.contact);
    await followLink(person);
    await person.press({ fr: 'Ouvrir mon dossier', en: 'Open my onboarding' });
    expect(pathOf(person)).toBe('/identity');
    await expectToRead(person, { fr: 'est gardé dans notre système', en: 'is kept in our system' });
    if (isAccepted) {
      // ProConnect knows who it is, and asks nothing again.
      await person.follow(withProConnect);
    } else {
      await expectToRead(person, /Vérifié avec le client/);
      await person.follow(withProConnect);
      await expectToRead(person, /Your organisation was not accepted/);
      await person.follow({
        fr: 'S’identifier pour un autre organisme',
        en: 'Sign in for another organisation',
      });
      await presentAs(person, organisations[setup.language].own);
    }
    expect(pathOf(person)).toBe('/questionnaire/C3');
    await person.page.goBack();
    await expectToRead(person, { fr: 'Questionnaire', en: 'Questionnaire' });
    expect(pathOf(person)).not.toMatch(/^\/identity\/proconnect\/callback/);
    await expectSaved(person);
    expect(person.faults).toEqual([]);
  });

  test('the link is asked for again from a page that needs it, by its address', async () => {
    const reference = await invite(
      coded,
      setup.language,
      setup.language === 'fr' ? '999000912' : '999001720',
    );
    const person = await visitor(coded, setup);
    await person.open('/status');
    await person.follow({ fr: 'Recevoir de nouveau votre lien', en: 'Get your link again' });
    expectLight(await firstViewOf(person.page, person.page.url()), 4, 14_000);
    const send: Text = { fr: 'Recevoir le lien', en: 'Send the link' };
    await person.page.locator('[name="email"]').fill('nulle part');
    await person.page.locator('[name="reference"]').fill('?');
    await person.press(send);
    await expectToRead(person, { fr: 'Il y a un problème', en: 'There is a problem' });
    await person.page.locator('[name="email"]').fill(prospect.contact);
    await person.page.locator('[name="reference"]').fill(reference.toLowerCase());
    await person.press(send);
    await expectToRead(person, { fr: 'Consultez votre messagerie', en: 'Check your email' });
    await coded.runtime.clock.settled();
    await readNewestMail(person, prospect.contact);
    await expectToRead(person, new RegExp(reference));
    await openFile(person);
    expect(person.faults).toEqual([]);
  });
});

/** The pages that no other file of tests looks at. */
const ownPages = /^\/(?:identity|new-link|proconnect)|\/organisation$/;

test('each page seen is accessible, fits the narrowest screen and has a title of its own', async () => {
  const seen = stage.album.snapshots().filter(({ url }) => ownPages.test(new URL(url).pathname));
  expect(seen.length).toBeGreaterThan(20);
  expect(await inspect(stage.browser, seen)).toEqual([]);
});
