import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { type ConditionTask, isOverdue } from '../../../domain/classification/condition-tasks.ts';
import type { Condition } from '../../../domain/classification/outcomes.ts';
import { ownerLabels } from '../../../domain/classification/owner-labels.ts';
import type { Text } from '../../../domain/text.ts';
import { tag } from './components.ts';
import { dayText } from './dates.ts';
import { type Html, html, nothing } from './html.ts';
import type { View } from './view.ts';

/** Who is to clear a condition. */
export function ownersText(view: View, tasks: readonly ConditionTask[]): string {
  const owners = new Set(tasks.map(({ owner }) => view.t(ownerLabels[owner])));
  return [...owners].join(', ') || view.t({ fr: 'Aucune action', en: 'No action' });
}

/** The due date of a condition, with the one before it was moved; a tag once it is overdue. */
export function dueText(
  view: View,
  condition: Condition,
  tasks: readonly ConditionTask[],
  today: CalendarDate,
): Html | string {
  const [task] = tasks;
  const date = task?.due ?? ('date' in condition ? condition.date : undefined);
  if (date === undefined) {
    return view.t({ fr: 'Sans date : pour information', en: 'No date: for information' });
  }
  const late = condition.cleared !== true && tasks.some((each) => isOverdue(each, today));
  return html`${dayText(view, date)}${movedText(view, task)}${late ? html` ${tag(view, overdueLabel, 'bad')}` : nothing}`;
}

export const overdueLabel: Text = { fr: 'En retard', en: 'Overdue' };

/** The date before an operator has moved it, and why; nothing for a date that was not moved. */
export function movedText(view: View, task: Pick<ConditionTask, 'moved'> | undefined): Html {
  if (task?.moved === undefined) return nothing;
  const { from, reason } = task.moved;
  return html`<br><span class="soft">${view.t({ fr: 'au lieu du', en: 'instead of' })} ${dayText(view, from)}. ${view.t({ fr: 'Motif :', en: 'Reason:' })} ${reason}</span>`;
}
