import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

export const assignmentPath = '/operations/assignment';

/** Flash message once every onboarding that was chosen is followed as asked. */
export const assigned: Text = {
  fr: 'C’est enregistré. Aucun courriel n’est envoyé : la personne trouve ces dossiers sous « Que je suis ».',
  en: 'This has been recorded. No email is sent: the person finds these onboardings under “Mine”.',
};

/** The way to take an onboarding, or to pass it on. */
export function assignmentLink(view: View, { stage, reference }: OnboardingState): Html {
  if (stage === 'CLOSED') return nothing;
  return html`<p><a href="${view.href(`${assignmentPath}?onboarding=${reference}`)}">${view.t({ fr: 'Prendre ou attribuer ce dossier', en: 'Take or assign this onboarding' })}</a></p>`;
}
