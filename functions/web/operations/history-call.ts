import type { BrokenHistory, HistoryFault } from '../../domain/onboarding/audit-check.ts';
import type { Text } from '../../domain/text.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

const faults: Readonly<Record<HistoryFault, (event: number) => Text>> = {
  altered: (event) => ({
    fr: `l’événement ${event} a été modifié`,
    en: `event ${event} was altered`,
  }),
  missing: (event) => ({
    fr: `l’événement ${event} manque ou n’est pas lisible`,
    en: `event ${event} is missing or not readable`,
  }),
  out_of_order: (event) => ({
    fr: `l’événement ${event} n’est pas à sa place`,
    en: `event ${event} stands out of order`,
  }),
  added: (event) => ({ fr: `l’événement ${event} a été ajouté`, en: `event ${event} was added` }),
};

/** That the history of an onboarding does not hold, at the top of its page. */
export function historyCall(view: View, { fault, event }: BrokenHistory): Html {
  const { fr, en } = faults[fault](event);
  return html`<div class="next"><h2>${view.t({ fr: 'Historique à vérifier', en: 'Timeline to be checked' })}</h2>
<p>${view.t({
    fr: `L’historique ne tient plus : ${fr}. Prévenez la personne d’astreinte.`,
    en: `The timeline does not hold: ${en}. Tell the person on call.`,
  })}</p></div>`;
}
