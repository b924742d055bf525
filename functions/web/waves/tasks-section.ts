import type { GateTask } from '../../application/read-tasks.ts';
import { mayChangeTasks } from '../../domain/waves/gate-tasks.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import { table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { offsetText } from './gates.ts';
import { ownerText, taskLink, taskStateTag } from './task-labels.ts';

/** The tasks of a wave, one for each gate; nothing for a preparation wave, which has none. */
export function tasksSection(
  view: View,
  wave: Wave,
  { tasks, unreadable }: { readonly tasks: readonly GateTask[]; readonly unreadable: readonly string[] },
): Html {
  if (wave.kind === 'PREPARATION') return nothing;
  const link = mayChangeTasks(wave) ? { fr: 'Gérer', en: 'Manage' } : { fr: 'Voir', en: 'View' };
  return html`<h2>${view.t({ fr: 'Jalons', en: 'Gates' })}</h2>
<p><a href="${view.href('/waves/tasks')}">${view.t({ fr: 'Tâches de toutes les vagues', en: 'Tasks of all waves' })}</a></p>
${unreadableNotice(view, unreadable)}${table(view, {
  caption: { fr: 'Tâches par date', en: 'Tasks by date' },
  rows: tasks,
  columns: [
    { name: { fr: 'Jalon', en: 'Gate' }, cell: ({ gate }) => view.t(gate.label) },
    { name: { fr: 'Date', en: 'Date' }, cell: ({ gate }) => dayText(view, gate.date) },
    {
      name: { fr: 'Jours', en: 'Days' },
      cell: ({ gate }) => offsetText(view, gate),
      number: true,
    },
    { name: { fr: 'Responsable', en: 'Owner' }, cell: (task) => ownerText(view, task) },
    { name: { fr: 'État', en: 'State' }, cell: ({ state }) => taskStateTag(view, state) },
    { name: { fr: 'Action', en: 'Action' }, cell: (task) => taskLink(view, wave, task, link) },
  ],
})}`;
}
