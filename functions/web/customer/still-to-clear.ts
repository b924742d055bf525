import type { CalendarDate } from '../../domain/calendar-date.ts';
import { conditionTasks, isOverdue } from '../../domain/classification/condition-tasks.ts';
import { conditionLife, leftToCustomer } from '../../domain/classification/conditions.ts';
import { questionsToDeclare } from '../../domain/classification/declarations.ts';
import { isInWorkflow } from '../../domain/onboarding/lifecycle.ts';
import type { ResultRecord } from '../../domain/onboarding/records.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { isCurrent } from '../../domain/onboarding/transitions/assessment.ts';
import { tag } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { overdueLabel } from '../shared/layout/due-dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { conditionsAnchor, declarationPath } from './result.ts';

/**
 * What the customer still has to clear before the go/no-go of the place that it has: without it the decision is a
 * no-go, unless two people of the operations team take it on themselves.
 */
export function stillToClear(
  view: View,
  { state, booking }: Snapshot,
  result: ResultRecord | undefined,
  today: CalendarDate,
): Html {
  if (result === undefined || booking === undefined) return nothing;
  if (!isInWorkflow(state) || !isCurrent(result, state)) return nothing;
  const tasks = conditionTasks(result);
  const open = leftToCustomer(result.assessment.conditions).flatMap((condition) => {
    const task = tasks.find(({ code }) => code === condition.code);
    return task === undefined ? [] : [{ condition, task }];
  });
  if (open.length === 0) return nothing;
  return html`<p><strong>${view.t({ fr: 'À lever avant la décision de bascule, sans quoi elle est en principe défavorable :', en: 'To be cleared before the go/no-go decision, which is normally a no-go otherwise:' })}</strong></p>
<ul>${open.map(({ condition, task }) => {
    const path =
      questionsToDeclare(condition).length === 0
        ? `/status#${conditionsAnchor}`
        : declarationPath(condition.code);
    const late = isOverdue(task, today) ? html` ${tag(view, overdueLabel, 'bad')}` : nothing;
    return html`<li><a href="${view.href(path)}">${view.t(conditionLife(condition.code).label)}</a>, ${view.t({ fr: 'au plus tard le', en: 'by' })} ${dayText(view, task.due)}${late}</li>`;
  })}</ul>`;
}
