import { wayToClear } from '../../domain/classification/condition-texts.ts';
import { conditionLife } from '../../domain/classification/conditions.ts';
import type { ConditionCode } from '../../domain/classification/outcomes.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { View } from '../shared/layout/view.ts';

/** An onboarding, and where the operations team is written to. */
export interface Addressed {
  readonly reference: string;
  readonly contact: string;
}

/** How the customer has a condition recorded that the operations team clears: to whom it writes, and what. */
function presentEvidence(view: View, { reference, contact }: Addressed): Html {
  return html`<br>${view.t({ fr: 'Une fois prêt, écrivez à', en: 'Once it is ready, write to' })} ${mailLink(contact)} ${view.t(
    {
      fr: `en rappelant la référence ${reference} : indiquez le titre, la référence et la date du document, et qui le conserve. N’envoyez pas le document.`,
      en: `and quote reference ${reference}: state the title, the reference and the date of the document, and who keeps it. Do not send the document.`,
    },
  )}`;
}

/** What the customer does to have a condition cleared. */
export function howToClear(
  view: View,
  code: ConditionCode,
  { version, ...addressed }: Addressed & { readonly version: string },
): Html {
  const { clearedBy } = conditionLife(code);
  return html`${view.t(wayToClear(code, version))}${clearedBy === 'operator' ? presentEvidence(view, addressed) : nothing}`;
}
