import type { Actor } from '../../../domain/onboarding/actor.ts';
import type { Text } from '../../../domain/text.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import type { View } from '../layout/view.ts';

const actors: Readonly<Record<Actor['kind'], Text>> = {
  customer: { fr: 'Client', en: 'Customer' },
  sales: { fr: 'Équipe commerciale', en: 'Sales' },
  operator: { fr: 'Exploitation', en: 'Operator' },
  machine: { fr: 'Client d’API', en: 'API client' },
  system: { fr: 'Plateforme', en: 'Platform' },
};

/** Name of the person or program; the platform and the customer have none. */
function nameOf({ kind, id }: Actor): Html {
  return kind === 'system' || kind === 'customer' ? nothing : html`<br><span class="soft">${id}</span>`;
}

/** Who did something, in a history for staff. */
export function actorName(view: View, actor: Actor): Html {
  return html`${view.t(actors[actor.kind])}${nameOf(actor)}`;
}
