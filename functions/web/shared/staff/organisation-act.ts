import { acceptOrganisation } from '../../../application/organisation.ts';
import { formatSiren } from '../../../domain/input/identifiers.ts';
import { fieldProblem } from '../../../domain/input/problem-texts.ts';
import type { OnboardingState } from '../../../domain/onboarding/state.ts';
import type { Text } from '../../../domain/text.ts';
import { problemOf } from '../layout/error-summary.ts';
import { radios } from '../layout/fields.ts';
import { html } from '../layout/html.ts';
import { defineAct } from './acts.ts';
import { readReason, reasonField } from './reason.ts';

const field = 'siren';
const label: Text = { fr: 'Organisme présenté', en: 'Organisation presented' };

/** The organisations that wait for the account owner, each once. */
export function sirensAsked({
  organisationsAsked = [],
}: Pick<OnboardingState, 'organisationsAsked'>): readonly string[] {
  return [...new Set(organisationsAsked.map(({ siren }) => siren))];
}

/** The account owner accepts an organisation that someone has presented with ProConnect. */
export const organisationAct = defineAct<{ readonly siren: string; readonly reason: string }>({
  path: 'organisation',
  label: { fr: 'Accepter un autre organisme', en: 'Accept another organisation' },
  possible: ({ state }) => state.stage !== 'CLOSED' && sirensAsked(state).length > 0,
  explanation: () => [
    {
      fr: 'Une personne qui répond pour ce client s’est identifiée avec ProConnect au nom de cet organisme. Vérifiez auprès du client qu’il répond bien pour lui, une agence de son ministère par exemple. Une fois accepté, il l’est pour tout ce dossier : ses agents qui ont un lien personnel peuvent répondre. Ceux qui l’ont demandé sont prévenus par courriel.',
      en: 'Someone who answers for this customer has signed in with ProConnect for this organisation. Check with the customer that it does answer for it, an agency of its ministry for example. Once accepted, it is for the whole onboarding: its staff who have a personal link can answer. Those who asked are told by email.',
    },
  ],
  fields: (view, { now, form, problems }) =>
    html`${radios(view, {
      name: field,
      label,
      hint: {
        fr: 'Le SIREN que ProConnect a affirmé. Le nom se trouve à l’Annuaire des entreprises.',
        en: 'The SIREN that ProConnect asserted. Its name is in the public register of companies.',
      },
      problem: problemOf(problems, field),
      value: form?.get(field),
      choices: sirensAsked(now.state).map((siren) => {
        const name = `SIREN ${formatSiren(siren)}`;
        return { value: siren, label: { fr: name, en: name } };
      }),
    })}${reasonField(view, { form, problems })}`,
  first: field,
  button: { label: { fr: 'Accepter cet organisme', en: 'Accept this organisation' } },
  done: {
    fr: 'L’organisme est accepté ; ceux qui l’ont demandé sont prévenus par courriel.',
    en: 'The organisation is accepted; those who asked are told by email.',
  },
  read: ({ form, now }) => {
    const siren = sirensAsked(now.state).find((asked) => asked === form.get(field));
    const reason = readReason(form);
    const problems = [
      ...(siren === undefined ? [fieldProblem(field, label, 'missing')] : []),
      ...('problems' in reason ? reason.problems : []),
    ];
    if (siren === undefined || 'problems' in reason) return { problems };
    return { value: { siren, reason: reason.value } };
  },
  run: acceptOrganisation,
});
