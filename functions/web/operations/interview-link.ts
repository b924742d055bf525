import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { answersExpected } from '../customer/questionnaire-access.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

export const interviewLabel: Text = {
  fr: 'Saisir les réponses lors d’un entretien',
  en: 'Enter answers in an interview',
};

/** Confirmations on the page of the onboarding, by the code of the redirect. */
export const interviewFlashes = {
  'attestation-asked': {
    fr: 'Le client reçoit un courriel avec le lien pour relire, corriger et attester les réponses.',
    en: 'The customer receives an email with the link to check, correct and attest the answers.',
  },
  'letter-recorded': {
    fr: 'Le courrier signé est enregistré et les réponses sont envoyées. Rechargez la page dans un instant pour voir la suite.',
    en: 'The signed letter is recorded and the answers are submitted. Reload this page in a moment to see the next step.',
  },
} as const;

/** The way to the interviews of an onboarding, while its answers are open. */
export function interviewLink(view: View, now: Snapshot, at: Date): Html {
  if (!answersExpected(now, at)) return nothing;
  return html`<p><a href="${view.href(`/operations/${now.state.reference}/interviews`)}">${view.t(interviewLabel)}</a></p>`;
}
