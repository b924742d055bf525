import type { Snapshot } from '../../domain/onboarding/state.ts';
import { banner } from '../shared/layout/components.ts';
import { type Html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

/** Tells the customer that what was entered in an interview waits for its attestation. */
export function attestationBanner(view: View, { state }: Snapshot): Html {
  if (state.attestationAsked === undefined || view.viewer.kind !== 'customer') return nothing;
  return banner(
    view,
    view.t({
      fr: 'Ces réponses ont été saisies lors d’un entretien. Relisez-les, modifiez celles que vous voulez, puis attestez et envoyez : personne ne le fait à votre place.',
      en: 'These answers were entered in an interview. Check them, change those you want to, then attest and submit: no one does this for you.',
    }),
  );
}
