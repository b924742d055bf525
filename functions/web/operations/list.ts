import {
  mostStuckCounted,
  mostWorkCounted,
  readWork,
  type WorkFilter,
  type WorkFound,
  type WorkRow,
  whoseWork,
} from '../../application/read-work.ts';
import { failureClasses, failureLabels } from '../../domain/onboarding/failures.ts';
import { lifecycle, type Stage, stages } from '../../domain/onboarding/lifecycle.ts';
import { type WorkKind, workKinds, workLabels } from '../../domain/onboarding/operator-work.ts';
import type { Text } from '../../domain/text.ts';
import { calendarPath, calendarTitle } from '../calendar/feed-path.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { form, pagination } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { staffOf } from '../shared/session/access.ts';
import { onboardingTable } from '../shared/staff/onboarding-table.ts';
import { firstIfWrong, readList } from '../shared/staff/read-list.ts';
import { searchForm } from '../shared/staff/search.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { approvalsPath, approvalsTitle } from './approvals-link.ts';
import { assignmentFlashes, assignmentPath } from './assignment-link.ts';
import { failuresPath } from './failure-path.ts';
import { unsentPath, unsentTitle } from './unsent-link.ts';
import { pathOfWork, whoseLabels, workFilterOf, workListPath } from './work-filter.ts';
import { workTable } from './work-table.ts';

const title: Text = { fr: 'Exploitation : à traiter', en: 'Operations: to do' };
const followedTitle: Text = { fr: 'Dossiers que je suis', en: 'Onboardings I follow' };

function here(yes: boolean): Html {
  return yes ? html` aria-current="true"` : nothing;
}

function countText(count: number, isAll: boolean): string {
  return isAll ? String(count) : `${count}+`;
}

interface Link {
  readonly label: string;
  readonly path: string;
  readonly isHere: boolean;
}

function menu(view: View, name: Text, links: readonly Link[]): Html {
  return html`<nav aria-label="${view.t(name)}"><ul class="menu">${links.map(
    ({ label, path, isHere }) => html`<li><a href="${view.href(path)}"${here(isHere)}>${label}</a></li>`,
  )}</ul></nav>`;
}

function whoseMenu(view: View, filter: WorkFilter, hasTeam: boolean): Html {
  const shown = whoseWork.filter((whose) => whose !== 'team' || hasTeam);
  return menu(view, { fr: 'Par personne', en: 'By person' }, [
    {
      label: view.t({ fr: 'De tous', en: 'Everyone’s' }),
      path: pathOfWork(filter, { assigned: undefined }),
      isHere: filter.assigned === undefined,
    },
    ...shown.map((whose) => ({
      label: view.t(whoseLabels[whose]),
      path: pathOfWork(filter, { assigned: whose }),
      isHere: filter.assigned === whose,
    })),
  ]);
}

function kindMenu(view: View, filter: WorkFilter, { counts }: WorkFound): Html {
  const all = [...(counts?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  const text = (count: number | undefined, isAll = all < mostWorkCounted) =>
    count === undefined || (count === 0 && !isAll) ? '' : ` (${countText(count, isAll)})`;
  const textOf = (kind: WorkKind) =>
    kind === 'stuck'
      ? text(counts?.get(kind), (counts?.get(kind) ?? 0) < mostStuckCounted)
      : text(counts?.get(kind));
  // Only what was counted to the end is known not to be there; customers of a wave are not closed.
  const isShown = (kind: WorkKind) => {
    if (kind === filter.kind) return true;
    if (kind === 'erasure' && filter.wave !== undefined) return false;
    return counts?.get(kind) !== 0 || (kind !== 'stuck' && all >= mostWorkCounted);
  };
  const kinds = menu(view, { fr: 'Par nature', en: 'By kind' }, [
    {
      label: `${view.t({ fr: 'Tout', en: 'Everything' })}${text(counts === undefined ? undefined : all)}`,
      path: pathOfWork(filter, { kind: undefined, error: undefined }),
      isHere: filter.kind === undefined,
    },
    ...workKinds.filter(isShown).map((kind) => ({
      label: `${view.t(workLabels[kind])}${textOf(kind)}`,
      path: pathOfWork(filter, { kind, error: undefined }),
      isHere: filter.kind === kind && filter.error === undefined,
    })),
  ]);
  if (filter.kind !== 'failed_run') return kinds;
  return html`${kinds}${menu(
    view,
    { fr: 'Par cause de l’échec', en: 'By cause of the failure' },
    failureClasses.map((error) => ({
      label: view.t(failureLabels[error]),
      path: pathOfWork(filter, { error }),
      isHere: filter.error === error,
    })),
  )}`;
}

const thinned: Text = {
  fr: 'Ce filtre porte sur chaque page de la liste : d’autres dossiers peuvent être sur les pages suivantes.',
  en: 'This filter applies to each page of the list: other onboardings may be on the next pages.',
};

const nothingToDo: Text = { fr: 'Rien à traiter.', en: 'Nothing to do.' };
const nothingHere: Text = {
  fr: 'Rien à traiter sur cette page : passez à la suivante.',
  en: 'Nothing to do on this page: go to the next one.',
};

function tables(view: View, rows: readonly WorkRow[], now: Date): Html {
  const isLate = ({ work: { due } }: WorkRow) => Date.parse(due) <= now.getTime();
  const [late, coming] = [rows.filter(isLate), rows.filter((row) => !isLate(row))];
  const part = (caption: Text, some: readonly WorkRow[]) =>
    some.length === 0 ? nothing : workTable(view, { caption, rows: some, now });
  return html`${part({ fr: 'En retard, du plus ancien au plus récent', en: 'Overdue, oldest first' }, late)}${part(
    { fr: 'À venir, du plus proche au plus lointain', en: 'Coming, nearest first' },
    coming,
  )}`;
}

/** The rows in a form: those that are ticked can be taken, or assigned to someone. What is closed can not. */
function choosable(view: View, filter: WorkFilter, rows: readonly WorkRow[], content: Html): Html {
  if (rows.every(({ snapshot: { state } }) => state.stage === 'CLOSED')) return content;
  return form(view, {
    action: assignmentPath,
    content: html`<input type="hidden" name="list" value="${pathOfWork(filter)}">${content}`,
    buttons: [
      {
        label: { fr: 'Prendre les dossiers choisis', en: 'Take the onboardings chosen' },
        name: 'to',
        value: 'me',
      },
      { label: { fr: 'Les attribuer à quelqu’un…', en: 'Assign them to someone…' }, look: 'second' },
    ],
  });
}

function workPart(view: View, filter: WorkFilter, found: WorkFound, now: Date): Html {
  const { rows, isThinned, cursor } = found;
  const more = isThinned && cursor !== undefined ? html`<p class="soft">${view.t(thinned)}</p>` : nothing;
  const wave =
    filter.wave === undefined
      ? nothing
      : html`<p>${view.t({ fr: 'Uniquement les clients d’une vague, sans les effacements demandés.', en: 'Only the customers of one wave, without the erasures asked for.' })} <a href="${view.href(`/waves/${encodeURIComponent(filter.wave)}`)}">${view.t({ fr: 'La vague', en: 'The wave' })}</a> – <a href="${view.href(pathOfWork(filter, { wave: undefined }))}">${view.t({ fr: 'Toutes les vagues', en: 'All waves' })}</a></p>`;
  const none = html`<p>${view.t(cursor === undefined ? nothingToDo : nothingHere)}</p>`;
  return html`${wave}${more}${rows.length === 0 ? none : choosable(view, filter, rows, tables(view, rows, now))}
${pagination(view, { path: pathOfWork(filter), cursor })}`;
}

/** What there is to do, the first to be due first. */
async function workPage(c: WebContext, deps: WebDependencies): Promise<Response> {
  const view = c.get('view');
  const filter = workFilterOf(c);
  const { subject, team } = staffOf(c);
  const found = await firstIfWrong(c.req.query('cursor'), (start) =>
    readWork(deps, filter, { subject, team }, start),
  );
  const now = deps.clock.now();
  const link = (path: string, label: Text) =>
    html`<li><a href="${view.href(path)}">${view.t(label)}</a></li>`;
  return answerPage(c, {
    title,
    flashes: assignmentFlashes,
    body: html`<h1>${view.t(title)}</h1>
${searchForm(view, workListPath)}
${whoseMenu(view, filter, team !== undefined)}${kindMenu(view, filter, found)}
${unreadableNotice(view, found.unreadable)}${workPart(view, filter, found, now)}
<h2>${view.t({ fr: 'Tous les dossiers, par étape', en: 'All onboardings, by stage' })}</h2>
<ul class="menu">${stages.map((stage) => link(`${workListPath}?stage=${stage}`, lifecycle[stage].label))}</ul>
<h2>${view.t({ fr: 'Autres pages', en: 'Other pages' })}</h2>
<ul>${link(`${workListPath}?followed=me`, followedTitle)}${link(approvalsPath, approvalsTitle)}${link(failuresPath, { fr: 'Quand une exécution échoue', en: 'When a run fails' })}${link(unsentPath, unsentTitle)}${link(calendarPath, calendarTitle)}</ul>`,
  });
}

/** All onboardings of a stage, or all that the operator follows, whether there is something to do or not. */
async function wholeListPage(
  c: WebContext,
  deps: WebDependencies,
  shown: Stage | 'followed',
): Promise<Response> {
  const view = c.get('view');
  const { store, clock, platform } = deps;
  const { subject } = staffOf(c);
  const page = await readList(
    (start) =>
      shown === 'followed'
        ? store.listsWithWaits.byOperator(subject, start)
        : store.listsWithWaits.byStage(shown, start),
    { cursor: c.req.query('cursor') },
  );
  const label = shown === 'followed' ? followedTitle : lifecycle[shown].label;
  const heading: Text =
    shown === 'followed' ? label : { fr: `Exploitation : ${label.fr}`, en: `Operations: ${label.en}` };
  const caption: Text =
    shown === 'followed'
      ? label
      : { fr: `${label.fr}, du plus ancien au plus récent`, en: `${label.en}, oldest first` };
  const path = `${workListPath}?${shown === 'followed' ? 'followed=me' : `stage=${shown}`}`;
  return answerPage(c, {
    title: heading,
    back: { path: workListPath, label: { fr: 'À traiter', en: 'To do' } },
    body: html`<h1>${view.t(heading)}</h1>
${unreadableNotice(view, page.unreadable ?? [])}${onboardingTable(view, { caption, rows: page.items, at: '/operations', now: clock.now(), platform })}
${pagination(view, { path, cursor: page.cursor })}`,
  });
}

/** Where addresses of earlier releases lead now. */
function earlierAddress(c: WebContext): string | undefined {
  if (c.req.query('run') === 'failed' || c.req.query('stage') === 'FAILED')
    return pathOfWork({ kind: 'failed_run' });
  return c.req.query('cutovers') === 'unrecorded' ? pathOfWork({ kind: 'cutover' }) : undefined;
}

/** The operators' work list, or the list of a stage. */
export async function operationsList(c: WebContext, deps: WebDependencies): Promise<Response> {
  const earlier = earlierAddress(c);
  if (earlier !== undefined) return c.redirect(deps.site.href(earlier), 303);
  const stage = stages.find((known) => known === c.req.query('stage'));
  if (stage !== undefined) return wholeListPage(c, deps, stage);
  return c.req.query('followed') === 'me' ? wholeListPage(c, deps, 'followed') : workPage(c, deps);
}
