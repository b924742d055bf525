import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changePerson, revokePerson } from '../../../functions/application/people.ts';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { type Person, respondent } from '../../../functions/domain/onboarding/people.ts';
import { personNotice } from '../../../functions/domain/onboarding/person-notice.ts';
import { firstViewBytes, htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Member, members, nameMember, openMember, personLink, sendAs } from '../../support/people.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const operator = { kind: 'operator', id: 'op' } as const;
const asContact = (reference: string) =>
  ({ actor: { kind: 'customer', id: reference }, by: respondent }) as const;

describe('the page behind the link of a person', () => {
  it.each(['fr', 'en'] as const)(
    'says who named them, when, what is asked and what is held (%s)',
    async (language) => {
      const reference = await cast.invited();
      for (const member of members) {
        const person = await nameMember(trial, reference, member);
        const path = `${await personLink(trial, reference, person)}?lang=${language}`;
        const page = await (await trial.browser().get(path)).text();
        expect(await htmlFaults(page)).toEqual([]);
        expect(firstViewBytes(page)).toBeLessThanOrEqual(14_000);
        const text = textOf(page);
        for (const { about, text: said } of personNotice({
          platform: trial.deps.platform.name,
          contact: 'sales.state@platform.example',
        })) {
          expect(text).toContain(textOf(about[language]));
          expect(text).toContain(textOf(said[language]));
        }
        expect(text).toContain(
          `${person.name}. ${language === 'fr' ? 'Le 23 novembre 2026, Zoé Canari, contact principal' : 'On 23 November 2026, Zoé Canari, the main contact'}`,
        );
        expect(text).not.toMatch(/ne souhaitons pas poursuivre|do not wish to continue/);
      }
    },
  );

  it('names the questions of theirs, and no section of others', async () => {
    const reference = await cast.invited();
    const asked: Readonly<Record<Member, readonly string[]>> = {
      ciso: ['B'],
      dpo: ['B'],
      cio: ['C', 'D'],
      section: ['A'],
      deputy: [],
      integrator: ['C', 'D'],
    };
    for (const member of members) {
      const path = await personLink(trial, reference, await nameMember(trial, reference, member));
      const text = textOf(await (await trial.browser().get(path)).text());
      const named = ['A', 'B', 'C', 'D', 'E'].filter((id) => text.includes(`Partie ${id} : `));
      expect([member, named]).toEqual([member, asked[member]]);
      expect(text.includes('analyse d’impact') || text.includes('AIPD')).toBe(member === 'dpo');
    }
  });

  it('names the deputy who has named them, on the page and in the mail', async () => {
    const reference = await cast.invited();
    const { browser } = await openMember(trial, reference, 'deputy');
    const form = '/questionnaire/people/new/dpo';
    await sendAs(browser, form, [
      ['name', 'Noé Registre'],
      ['email', 'noe.second@client.example'],
    ]);
    const person = (await trial.runtime.store.people.of(reference)).at(-1);
    if (person === undefined) throw new Error('No one was named');
    const page = await (await trial.browser().get(await personLink(trial, reference, person))).text();
    expect(textOf(page)).toContain('Lou Second, suppléant du contact principal');
    await trial.runtime.clock.settled();
    const mails = trial.runtime.mailbox.list();
    expect(mails.findLast(({ to }) => to === 'noe.second@client.example')?.text).toContain(
      'Lou Second de l’organisme',
    );
    const ofDeputy = mails.findLast(({ to }) => to === 'lou@client.example')?.text;
    expect(ofDeputy).toContain('il ouvre tout le dossier');
    expect(ofDeputy).not.toContain('n’ouvre que');
  });

  it('says at once that the access was revoked, the link replaced or the onboarding closed', async () => {
    const reference = await cast.invited();
    const revoked = await nameMember(trial, reference, 'ciso');
    await revokePerson(trial.runtime, reference, revoked.id, asContact(reference));
    const replaced = await nameMember(trial, reference, 'dpo');
    const { name, id } = replaced;
    const email = 'ailleurs@client.example';
    await changePerson(trial.runtime, reference, id, { name, email }, asContact(reference));
    const closed = await nameMember(trial, reference, 'cio');
    const read = async (person: Person) => {
      const answer = await trial.browser().get(await personLink(trial, reference, person));
      return `${answer.status} ${textOf(await answer.text())}`;
    };
    expect(await read(revoked)).toContain('Votre accès a été retiré');
    expect(await read(replaced)).toContain('Ce lien a été remplacé');
    await withdraw(trial.runtime, reference, 'plus de projet', operator);
    const last = await read(closed);
    expect(last).toMatch(/^200 .*Ce dossier est clos/);
    expect(last).not.toContain('Ouvrir ma partie');
  });
});
