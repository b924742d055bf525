import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openFile, readNewestMail } from './acts.ts';
import { inspect } from './inspection.ts';
import { invite } from './invite.ts';
import { openPerson, type Person, type Setup } from './person.ts';
import { changeContact, prospect, startByForm } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const newContact = 'noe.releve@client.example';

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

async function visitor(setup: Setup): Promise<Person> {
  const person = await openPerson(stage, system, setup);
  onTestFinished(() => person.leave());
  return person;
}

async function heading(person: Person): Promise<string> {
  return (await person.page.getByRole('heading', { level: 1 }).textContent()) ?? '';
}

describe.each([
  { language: 'fr', script: false },
  { language: 'en', script: true },
] as const)('in $language', (setup) => {
  test('a new contact gets a link of their own; the one before says that it was replaced; leaving closes both', async () => {
    const former = await visitor(setup);
    const sales = await visitor(setup);
    await startByForm(sales);
    await system.runtime.clock.settled();
    await readNewestMail(former, prospect.contact);
    await changeContact(sales, newContact);
    await system.runtime.clock.settled();
    await openFile(former);
    expect(await heading(former)).toBe(
      former.t({ fr: 'Ce lien a été remplacé', en: 'This link has been replaced' }),
    );

    const successor = await visitor(setup);
    await readNewestMail(successor, newContact);
    const mail = successor.page.url();
    await openFile(successor);
    await successor.follow({ fr: 'Où en est votre dossier', en: 'Status of your onboarding' });
    await successor.follow({ fr: 'Retirer notre demande', en: 'Withdraw our request' });
    const leave = { fr: 'Retirer la demande et clore le dossier', en: 'Withdraw and close the onboarding' };
    await successor.press(leave);
    await successor.page.locator('.summary').getByRole('link').click();
    await successor.page.keyboard.type('Fusion');
    await successor.press(leave);
    expect(await successor.text()).toContain(
      successor.t({ fr: 'Votre demande est retirée.', en: 'Your request has been withdrawn.' }),
    );
    await system.runtime.clock.settled();

    await successor.open(new URL(mail).pathname);
    await openFile(successor);
    expect(await successor.text()).toContain(
      successor.t({ fr: 'Ce dossier est clos', en: 'This onboarding is closed' }),
    );
    expect([...sales.faults, ...former.faults, ...successor.faults]).toEqual([]);
  });

  test('an invitation can be declined from its first page', async () => {
    const person = await visitor(setup);
    await invite(system, setup.language);
    await readNewestMail(person, prospect.contact);
    await person.follow(/\/f\//);
    await person.press({ fr: 'Nous ne souhaitons pas poursuivre', en: 'We do not wish to continue' });
    await person.page.locator('[name="reason"]').fill('Projet reporté');
    await person.press({ fr: 'Décliner et clore le dossier', en: 'Decline and close the onboarding' });
    expect(await person.text()).toContain(
      person.t({ fr: 'Vous avez décliné l’invitation.', en: 'You have declined the invitation.' }),
    );
    await system.runtime.clock.settled();
    expect(person.faults).toEqual([]);
  });

  test('a link that was cut says that it is not recognised', async () => {
    const person = await visitor(setup);
    await person.open('/f/abc');
    await person.press({ fr: 'Ouvrir mon dossier', en: 'Open my onboarding' });
    expect(await heading(person)).toBe(
      person.t({ fr: 'Ce lien n’est pas reconnu', en: 'This link is not recognised' }),
    );
  });
});

test('each page seen on the way out is accessible, fits the narrowest screen and has a title of its own', async () => {
  expect(await inspect(stage.browser, stage.album.snapshots())).toEqual([]);
});
