import { invitePerson } from '../../functions/application/people.ts';
import { type Person, respondent } from '../../functions/domain/onboarding/people.ts';
import type { NewPerson } from '../../functions/domain/onboarding/transitions/people.ts';
import { type Browser, origin, type Trial } from './trial.ts';

/** One person of each kind, as the contact names them. */
export const team = {
  ciso: {
    role: 'invitee',
    office: 'ciso',
    sections: [],
    name: 'Claire Petit',
    email: 'claire@client.example',
  },
  dpo: { role: 'invitee', office: 'dpo', sections: [], name: 'Noé Registre', email: 'noe@client.example' },
  cio: { role: 'invitee', office: 'cio', sections: [], name: 'Aya Réseau', email: 'aya@client.example' },
  section: { role: 'invitee', sections: ['A'], name: 'Jules Droit', email: 'jules@client.example' },
  deputy: { role: 'deputy', sections: [], name: 'Lou Second', email: 'lou@client.example' },
  integrator: { role: 'integrator', sections: [], name: 'Ine Grateur', email: 'ine@integrator.example' },
} as const satisfies Readonly<Record<string, NewPerson>>;
export type Member = keyof typeof team;
export const members = [
  'ciso',
  'dpo',
  'cio',
  'section',
  'deputy',
  'integrator',
] as const satisfies readonly Member[];

/** Names a person in the name of the contact. */
export async function nameMember({ runtime }: Trial, reference: string, member: Member): Promise<Person> {
  const asking = { actor: { kind: 'customer', id: reference }, by: respondent } as const;
  await invitePerson(runtime, reference, team[member], asking);
  const person = (await runtime.store.people.of(reference)).at(-1);
  if (person === undefined) throw new Error('No one was named');
  return person;
}

export async function personLink({ runtime }: Trial, reference: string, person: Person): Promise<string> {
  return `/f/${await runtime.links.token(reference, person.generation, person.id)}`;
}

/** Names a person and opens their link in a browser of their own. */
export async function openMember(trial: Trial, reference: string, member: Member) {
  const person = await nameMember(trial, reference, member);
  const browser: Browser = trial.browser();
  await browser.post(await personLink(trial, reference, person));
  return { person, browser };
}

/** Sends fields as the form of the page would, whatever the page shows. */
export async function sendAs(
  browser: Browser,
  path: string,
  fields: readonly (readonly [string, string])[] = [],
): Promise<Response> {
  const page = await (await browser.get('/status')).text();
  const proof = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return browser.send(path, {
    method: 'POST',
    body: new URLSearchParams([
      ...fields.map(([name, value]): [string, string] => [name, value]),
      ['_csrf', proof],
    ]),
    headers: { Origin: origin },
  });
}
