import { decideOrganisation, organisationDecisions } from '../../../application/organisation.ts';
import { formatSiren } from '../../../domain/input/identifiers.ts';
import { fieldProblem } from '../../../domain/input/problem-texts.ts';
import type { Text } from '../../../domain/text.ts';
import { problemOf } from '../layout/error-summary.ts';
import { radios } from '../layout/fields.ts';
import { html } from '../layout/html.ts';
import { defineAct, type ReadContext } from './acts.ts';
import { organisationLink, sirensAsked } from './common-act-links.ts';
import { readReason, reasonField } from './reason.ts';

const field = 'siren';
const label: Text = { fr: 'Organisme présenté', en: 'Organisation presented' };

const decisionField = 'decision';
const decisionLabel: Text = { fr: 'Votre décision', en: 'Your decision' };
const decisionTexts: Readonly<
  Record<(typeof organisationDecisions)[number], { readonly label: Text; readonly hint: Text }>
> = {
  accept: {
    label: { fr: 'Accepter cet organisme', en: 'Accept this organisation' },
    hint: {
      fr: 'Pour tout ce dossier : ses agents qui ont un lien personnel peuvent répondre.',
      en: 'For the whole onboarding: its staff who have a personal link can answer.',
    },
  },
  refuse: {
    label: { fr: 'Refuser cet organisme', en: 'Refuse this organisation' },
    hint: {
      fr: 'Rien n’est enregistré de ce qui a été saisi. La personne peut s’identifier pour un autre organisme, ou renouveler sa demande.',
      en: 'Nothing of what was typed is saved. The person can sign in for another organisation, or ask again.',
    },
  },
};

const toldIfRefused: Text = {
  fr: 'Conservé dans l’historique. En cas de refus, la personne le lit sur sa page. N’indiquez ni nom de personne ni donnée sensible.',
  en: 'Kept in the history. If you refuse, the person reads it on their page. Do not enter names of people or sensitive data.',
};

function readDecision({ form, now }: ReadContext) {
  const siren = sirensAsked(now.state).find((asked) => asked === form.get(field));
  const decision = organisationDecisions.find((known) => known === form.get(decisionField));
  const reason = readReason(form);
  const problems = [
    ...(siren === undefined ? [fieldProblem(field, label, 'missing')] : []),
    ...(decision === undefined ? [fieldProblem(decisionField, decisionLabel, 'missing')] : []),
    ...('problems' in reason ? reason.problems : []),
  ];
  if (siren === undefined || decision === undefined || 'problems' in reason) return { problems };
  return { value: { siren, decision, reason: reason.value } };
}

/** The account owner accepts an organisation that someone has presented with ProConnect, or refuses it. */
export const organisationAct = defineAct<Parameters<typeof decideOrganisation>[2]>({
  ...organisationLink,
  explanation: () => [
    {
      fr: 'Une personne qui répond pour ce client s’est identifiée avec ProConnect au nom de cet organisme. Vérifiez auprès du client qu’il répond bien pour lui, une agence de son ministère par exemple. Ceux qui l’ont demandé sont prévenus de votre décision par courriel.',
      en: 'Someone who answers for this customer has signed in with ProConnect for this organisation. Check with the customer that it does answer for it, an agency of its ministry for example. Those who asked are told of your decision by email.',
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
    })}${radios(view, {
      name: decisionField,
      label: decisionLabel,
      problem: problemOf(problems, decisionField),
      value: form?.get(decisionField),
      choices: organisationDecisions.map((value) => ({ value, ...decisionTexts[value] })),
    })}${reasonField(view, { form, problems, hint: toldIfRefused })}`,
  first: field,
  button: { label: { fr: 'Enregistrer la décision', en: 'Record the decision' } },
  read: readDecision,
  run: decideOrganisation,
});
