import { taskLabels } from '../../application/change-task.ts';
import type { ShownTask } from '../../application/read-tasks.ts';
import type { TaskEvent, TaskFacts } from '../../store/gate-tasks.ts';
import type { Page } from '../../store/table.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorName } from '../shared/staff/actor-name.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { sharedAddress } from './task-labels.ts';

/** Changes on the page of a task. */
const mostShown = 50;

export function readTaskHistory(
  { store }: WebDependencies,
  { wave, task }: Pick<ShownTask, 'wave' | 'task'>,
): Promise<Page<TaskEvent>> {
  return store.gateTasks.history(wave.id, task.gate.code, { limit: mostShown });
}

type Named = Pick<ShownTask, 'operators'>;

function ownerName(view: View, { owner }: TaskFacts, { operators }: Named): string {
  if (owner === undefined) return view.t(sharedAddress);
  return operators.find(({ subject }) => subject === owner)?.name ?? owner;
}

/** What a change of a task changed: one line each. */
function changesOf(view: View, { before, after }: TaskEvent, named: Named): readonly string[] {
  const colon = view.t({ fr: ' : ', en: ': ' });
  const note = after.note ?? view.t({ fr: 'retirée', en: 'removed' });
  const isDone = after.done !== undefined;
  return [
    ...(before.owner === after.owner
      ? []
      : [
          `${view.t(taskLabels.owner)}${colon}${ownerName(view, before, named)} → ${ownerName(view, after, named)}`,
        ]),
    ...((before.done !== undefined) === isDone
      ? []
      : [view.t(isDone ? taskLabels.done : { fr: 'Rouverte', en: 'Reopened' })]),
    ...(before.note === after.note ? [] : [`${view.t(taskLabels.note)}${colon}${note}`]),
  ];
}

/** Who changed a task, and when, the latest first. */
export function taskHistory(
  view: View,
  { items, unreadable = [] }: Pick<Page<TaskEvent>, 'items' | 'unreadable'>,
  named: Named,
): Html {
  if (items.length === 0 && unreadable.length === 0) {
    return html`<p>${view.t({ fr: 'Aucun changement.', en: 'No changes.' })}</p>`;
  }
  return html`${unreadableNotice(view, unreadable)}${table(view, {
    caption: { fr: 'Du plus récent au plus ancien', en: 'Newest first' },
    rows: items,
    columns: [
      { name: { fr: 'Quand', en: 'When' }, cell: ({ at }) => instantText(view, at) },
      {
        name: { fr: 'Changement', en: 'Change' },
        cell: (event) =>
          html`${changesOf(view, event, named).map((line, index) => (index === 0 ? line : html`<br>${line}`))}`,
      },
      { name: { fr: 'Auteur', en: 'Actor' }, cell: ({ actor }) => actorName(view, actor) },
    ],
  })}`;
}
