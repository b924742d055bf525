import type { ConditionTask } from '../../../domain/classification/condition-tasks.ts';
import type { Text } from '../../../domain/text.ts';
import { dayText } from './dates.ts';
import { type Html, html, nothing } from './html.ts';
import type { View } from './view.ts';

export const overdueLabel: Text = { fr: 'En retard', en: 'Overdue' };

/** The date before an operator has moved it, and why; nothing for a date that was not moved. */
export function movedText(view: View, task: Pick<ConditionTask, 'moved'> | undefined): Html {
  if (task?.moved === undefined) return nothing;
  const { from, reason } = task.moved;
  return html`<br><span class="soft">${view.t({ fr: 'au lieu du', en: 'instead of' })} ${dayText(view, from)}. ${view.t({ fr: 'Motif :', en: 'Reason:' })} ${reason}</span>`;
}
