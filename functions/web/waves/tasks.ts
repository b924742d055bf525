import { type GateTask, readTaskOverview, type TaskOverview } from '../../application/read-tasks.ts';
import type { Text } from '../../domain/text.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { StaffSession } from '../../store/sessions.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { staffOf } from '../shared/session/access.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { ownerText, taskPath, taskStateTag } from './task-labels.ts';
import { waveTitle } from './wave-labels.ts';

const path = '/waves/tasks';
export const tasksTitle: Text = { fr: 'Tâches des vagues', en: 'Tasks of the waves' };

const filters = ['all', 'me', 'none'] as const;
type Filter = (typeof filters)[number];

const filterLabels: Readonly<Record<Filter, Text>> = {
  all: { fr: 'Toutes les tâches', en: 'All tasks' },
  me: { fr: 'Les miennes', en: 'Mine' },
  none: { fr: 'Sans responsable', en: 'Without an owner' },
};

/** An account that was made anew has another subject, and the same mail. */
function isMine({ owner }: GateTask, { subject, mail }: StaffSession): boolean {
  return owner !== undefined && (owner.subject === subject || owner.mail === mail);
}

function isShown(filter: Filter, task: GateTask, staff: StaffSession): boolean {
  if (filter === 'me') return isMine(task, staff);
  return filter === 'all' || task.owner === undefined;
}

function filterMenu(view: View, filter: Filter): Html {
  const link = (each: Filter) => {
    const address = each === 'all' ? path : `${path}?owner=${each}`;
    return html`<li><a href="${view.href(address)}"${each === filter ? html` aria-current="page"` : nothing}>${view.t(filterLabels[each])}</a></li>`;
  };
  return html`<nav aria-label="${view.t({ fr: 'Tâches par responsable', en: 'Tasks by owner' })}"><ul class="menu">${filters.map(link)}</ul></nav>`;
}

type Row = TaskOverview['rows'][number];

function taskTable(view: View, deps: WebDependencies, caption: Text, rows: readonly Row[]): Html {
  const waveLink = (wave: Wave) =>
    html`<a href="${view.href(`/waves/${wave.id}`)}">${view.t(waveTitle(wave, deps.platform))}</a>`;
  return table(view, {
    caption,
    rows,
    columns: [
      {
        name: { fr: 'Jalon', en: 'Gate' },
        cell: ({ wave, task }) =>
          html`<a href="${view.href(taskPath(wave, task.gate))}">${view.t(task.gate.label)}</a>`,
      },
      { name: { fr: 'Date', en: 'Date' }, cell: ({ task }) => dayText(view, task.gate.date) },
      { name: { fr: 'Vague', en: 'Wave' }, cell: ({ wave }) => waveLink(wave) },
      { name: { fr: 'Responsable', en: 'Owner' }, cell: ({ task }) => ownerText(view, task) },
      { name: { fr: 'État', en: 'State' }, cell: ({ task }) => taskStateTag(view, task.state) },
    ],
  });
}

/** The tasks of the waves that are under way: those to be done, overdue first, and folded below those that are done. */
export async function tasksPage(c: WebContext, deps: WebDependencies): Promise<Response> {
  const view = c.get('view');
  const filter = filters.find((known) => known === c.req.query('owner')) ?? 'all';
  const { rows, wavesLeftOut, unreadable } = await readTaskOverview(deps);
  const shown = rows.filter(({ task }) => isShown(filter, task, staffOf(c)));
  const done = shown.filter(({ task }) => task.state === 'done');
  const toDo = shown.filter(({ task }) => task.state !== 'done');
  const leftOut: Text = {
    fr: `${wavesLeftOut} vague${wavesLeftOut > 1 ? 's' : ''} plus tardive${wavesLeftOut > 1 ? 's ne sont pas montrées' : ' n’est pas montrée'}.`,
    en: `${wavesLeftOut} later wave${wavesLeftOut === 1 ? ' is' : 's are'} not shown.`,
  };
  return answerPage(c, {
    title: tasksTitle,
    back: { path: '/waves' },
    body: html`<h1>${view.t(tasksTitle)}</h1>
<p>${view.t({
      fr: 'Une tâche par jalon, pour chaque vague qui approche ou qui est en cours.',
      en: 'One task for each gate, of every wave that comes near or is running.',
    })}</p>${unreadableNotice(view, unreadable)}${filterMenu(view, filter)}
${
  toDo.length === 0
    ? html`<p>${view.t({ fr: 'Aucune tâche à faire.', en: 'No tasks to do.' })}</p>`
    : taskTable(view, deps, { fr: 'À faire, les retards d’abord', en: 'To do, overdue first' }, toDo)
}
${wavesLeftOut === 0 ? nothing : html`<p>${view.t(leftOut)}</p>`}
${
  done.length === 0
    ? nothing
    : html`<details><summary>${view.t({ fr: `Faites (${done.length})`, en: `Done (${done.length})` })}</summary>${taskTable(view, deps, { fr: 'Faites, par date', en: 'Done, by date' }, done)}</details>`
}`,
  });
}
