import { ownerLabels } from '../../domain/classification/owner-labels.ts';
import { guideOf } from '../../domain/questionnaire/guides.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { midSentence } from '../../domain/text.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { legalText } from '../shared/layout/legal-text.ts';
import type { View } from '../shared/layout/view.ts';

/** Why a question is asked, what its terms mean, where the law says so and who may know the answer, folded. */
export function reasonsOf(view: View, { id, help, legalReference, owner }: Question): Html {
  const reference =
    legalReference === undefined
      ? nothing
      : html`<p>${view.t({ fr: 'Référence : ', en: 'Reference: ' })}${legalText(view, legalReference)}.</p>`;
  const guide = guideOf(id);
  const read =
    guide === undefined
      ? nothing
      : html`<p>${view.t({ fr: 'Pour vous aider : ', en: 'To help you: ' })}<a href="${guide.address}" rel="noreferrer">${view.t(guide.label)}</a></p>`;
  const who = view.t(midSentence(ownerLabels[owner]));
  return html`<details><summary>${view.t({ fr: 'Pourquoi cette question ?', en: 'Why do we ask this?' })}</summary>
<p>${view.t(help)}</p>${reference}${read}<p>${view.t({ fr: 'Qui peut répondre : ', en: 'Who can answer: ' })}${who}.</p></details>`;
}
