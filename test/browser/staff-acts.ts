import type { Text } from '../../functions/domain/text.ts';
import { signIn } from './acts.ts';
import { fillIn } from './fill-in.ts';
import type { Person } from './person.ts';

export const salesAccount = 'Camille Moreau';
export const operatorAccount = 'Farida Benali';

/** An organisation of the example register, and who answers for it. */
export const prospect = {
  siren: '999000102',
  name: 'Direction fictive du numérique',
  contact: 'zoe.canari@client.example',
} as const;

export const menu = {
  sales: { fr: 'Mes dossiers', en: 'My onboardings' },
  operations: { fr: 'Exploitation', en: 'Operations' },
  waves: { fr: 'Vagues', en: 'Waves' },
} as const;

/** Goes to a part of the site by the menu at the top. */
export async function goTo(person: Person, entry: keyof typeof menu): Promise<void> {
  const name = person.t({ fr: 'Menu principal', en: 'Main menu' });
  const nav = person.page.getByRole('navigation', { name });
  await person.go(nav.getByRole('link', { name: person.t(menu[entry]), exact: true }));
}

/** The values of the form with which sales start an onboarding. */
export function startFields({ language }: Pick<Person, 'language'>): readonly (readonly [string, string])[] {
  return [
    ['siren', prospect.siren],
    ['legalName', prospect.name],
    ['bodyType', 'state_administration'],
    ['contactName', 'Zoé Canari'],
    ['contactEmail', prospect.contact],
    ['language', language],
    ['services', 'exchange'],
    ['deadlineReason', 'none'],
  ];
}

/** Signs in as sales and starts an onboarding with the form; gives its reference. */
export async function startByForm(sales: Person): Promise<string> {
  await signIn(sales, salesAccount);
  await goTo(sales, 'sales');
  await sales.follow({ fr: 'Ouvrir un dossier', en: 'Start an onboarding' });
  await fillIn(sales.page, startFields(sales));
  await sales.press({ fr: 'Ouvrir le dossier', en: 'Start the onboarding' });
  return new URL(sales.page.url()).pathname.split('/').at(-1) ?? '';
}

/** Opens an onboarding from the list that staff begin with. */
export async function openFromList(person: Person, entry: 'sales' | 'operations'): Promise<void> {
  await goTo(person, entry);
  await person.go(person.page.getByRole('link', { name: prospect.name, exact: true }).first());
}

/** Finds the onboarding among those that wait for an operator, and decides what is asked there. */
export async function decideAsOperator(person: Person, decision: string, reason: Text): Promise<void> {
  await openFromList(person, 'operations');
  await person.follow({ fr: 'Décider', en: 'Decide' });
  await fillIn(person.page, [
    ['decision', decision],
    ['reason', person.t(reason)],
  ]);
  await person.press({ fr: 'Enregistrer la décision', en: 'Record the decision' });
}

/** Gives the onboarding that is open another contact. */
export async function changeContact(person: Person, to: string): Promise<void> {
  const label = { fr: 'Changer de contact', en: 'Change contact' };
  await person.follow(label);
  await fillIn(person.page, [
    ['contactName', 'Noé Relève'],
    ['contactEmail', to],
  ]);
  await person.press(label);
}
