import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { peoplePath } from './people-list.ts';

function label({ persons }: OnboardingState): Text {
  return persons === undefined
    ? {
        fr: 'Inviter votre RSSI, votre DPO, votre DSI ou un suppléant',
        en: 'Invite your CISO, DPO, CIO or a deputy',
      }
    : { fr: 'Les personnes qui répondent avec vous', en: 'The people who answer with you' };
}

/** The way to the persons of an onboarding, for whoever may name them. */
export function peopleLine(view: View, state: OnboardingState): Html {
  return html`<p><a href="${view.href(peoplePath)}">${view.t(label(state))}</a></p>`;
}
