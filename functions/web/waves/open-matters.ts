import type { BookedCustomer } from '../../application/booked-customers.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { isOverdue } from '../../domain/classification/condition-tasks.ts';
import { conditionLife } from '../../domain/classification/conditions.ts';
import { extentText, type OpenRemediation, remediationLabels } from '../../domain/onboarding/remediation.ts';
import type { Text } from '../../domain/text.ts';
import { tag } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

const late: Text = { fr: 'En retard', en: 'Overdue' };
const takesTwo: Text = { fr: 'Second accord pour un go', en: 'A go takes two people' };

function remediationText({ task, extent }: OpenRemediation): Text {
  const label = remediationLabels[task];
  const { fr, en } = extentText(extent);
  return { fr: `${label.fr} (${fr})`, en: `${label.en} (${en})` };
}

/** `by` and a day, with a sign when that is past. */
function dueText(view: View, due: CalendarDate | undefined, isLate: boolean): Html {
  if (due === undefined) return nothing;
  return html`, ${view.t({ fr: 'au plus tard le', en: 'by' })} ${dayText(view, due)}${isLate ? html` ${tag(view, late, 'bad')}` : nothing}`;
}

/** One line for each matter that is open before the cutover of a customer; undefined when nothing is. */
export function openMattersList(
  view: View,
  { snapshot: { state }, open, known }: BookedCustomer,
  today: CalendarDate,
): Html | undefined {
  const { conditions, contractMissing, remediation } = open;
  const path = `/operations/${state.reference}`;
  const sign = html` ${tag(view, takesTwo, 'warn')}`;
  const lines = [
    ...(known
      ? []
      : [
          html`${view.t({ fr: 'Réponses ou résultat illisibles : ouvrez le dossier.', en: 'Answers or result unreadable: open the onboarding.' })}`,
        ]),
    ...conditions.map(
      ({ code, againstGo, task }) =>
        html`<a href="${view.href(`${path}/conditions/${code}`)}">${view.t(conditionLife(code).label)}</a>${dueText(view, task?.due, task !== undefined && isOverdue(task, today))}${againstGo ? sign : nothing}`,
    ),
    ...(contractMissing
      ? [
          html`${view.t({ fr: 'Contrat à enregistrer par l’équipe commerciale', en: 'Contract for sales to record' })}${sign}`,
        ]
      : []),
    ...remediation.map(
      (each) =>
        html`<a href="${view.href(`${path}/remediation/${each.task}`)}">${view.t(remediationText(each))}</a>${dueText(view, each.due, each.due !== undefined && each.due < today)}`,
    ),
  ];
  return lines.length === 0 ? undefined : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
