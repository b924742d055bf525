import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

export const assignmentPath = '/operations/assignment';

/** Flash messages once every onboarding that was chosen is followed as asked. */
export const assignmentFlashes: Readonly<Record<'taken' | 'assigned' | 'left', Text>> = {
  taken: {
    fr: 'Vous suivez ce que vous avez choisi. « Dossiers que je suis » les montre tous.',
    en: 'You follow what you have chosen. “Onboardings I follow” shows them all.',
  },
  assigned: {
    fr: 'C’est attribué. Aucun courriel n’est envoyé : la personne trouve tout ce qu’elle suit sous « Dossiers que je suis », et ce qu’il y a à y faire sous « Que je suis ».',
    en: 'This has been assigned. No email is sent: the person finds all that they follow under “Onboardings I follow”, and what there is to do about it under “Mine”.',
  },
  left: {
    fr: 'Plus personne ne suit ce que vous avez choisi.',
    en: 'No one follows what you have chosen any more.',
  },
};

/** The way to take an onboarding, or to pass it on. */
export function assignmentLink(view: View, { stage, reference }: OnboardingState): Html {
  if (stage === 'CLOSED') return nothing;
  return html`<p><a href="${view.href(`${assignmentPath}?onboarding=${reference}`)}">${view.t({ fr: 'Prendre ou attribuer ce dossier', en: 'Take or assign this onboarding' })}</a></p>`;
}
