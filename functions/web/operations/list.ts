import { calendarDateOf } from '../../domain/calendar-date.ts';
import { hasConfirmedWave, lifecycle, type Stage, stages } from '../../domain/onboarding/lifecycle.ts';
import { isBlockedInWave, isWithinLastWeeks } from '../../domain/onboarding/overdue-conditions.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { siteCodes } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import { calendarPath, calendarTitle } from '../calendar/feed-path.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { pagination } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { failedRun } from '../shared/layout/stage-tag.ts';
import type { View } from '../shared/layout/view.ts';
import { overdueReferences } from '../shared/staff/attention.ts';
import { onboardingTable } from '../shared/staff/onboarding-table.ts';
import { type List, readList, rowsAPage } from '../shared/staff/read-list.ts';
import { searchForm } from '../shared/staff/search.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { approvalsLink } from './approvals-link.ts';
import { erasureRequestsLink } from './erasure-requests.ts';
import { failuresPath } from './failure-path.ts';
import { unsentPath, unsentTitle } from './unsent-link.ts';

/** Counting stops here; larger numbers are shown as "100+". */
const mostCounted = 101;

function countText(count: number): string {
  return count >= mostCounted ? `${mostCounted - 1}+` : String(count);
}

/** What the list shows: those of a stage, those whose run has failed, or those whose cutover is to be recorded. */
type Shown = Stage | 'failed' | 'unrecorded';

const toRecord: Text = { fr: 'Bascules passées à enregistrer', en: 'Past cutovers to record' };

function queryOf(shown: Shown): string {
  if (shown === 'failed') return 'run=failed';
  return shown === 'unrecorded' ? 'cutovers=unrecorded' : `stage=${shown}`;
}

function labelOf(shown: Shown): Text {
  if (shown === 'failed') return failedRun;
  return shown === 'unrecorded' ? toRecord : lifecycle[shown].label;
}

function listOf({ store, clock }: WebDependencies, shown: Shown): List {
  const today = calendarDateOf(clock.now());
  if (shown === 'failed') return store.lists.failed;
  if (shown === 'unrecorded') return (page) => store.lists.cutoversToRecord(today, page);
  return (page) => store.lists.byStage(shown, page);
}

async function stageNav(view: View, { store }: WebDependencies, current: Shown | undefined): Promise<Html> {
  const all: readonly Exclude<Shown, 'unrecorded'>[] = [...stages, 'failed'];
  const counts = await Promise.all(
    all.map((shown) =>
      shown === 'failed'
        ? store.lists.countFailed(mostCounted)
        : store.lists.countInStage(shown, mostCounted),
    ),
  );
  const here = (yes: boolean) => (yes ? html` aria-current="true"` : nothing);
  return html`<nav aria-labelledby="stages"><h2 id="stages">${view.t({ fr: 'Tous les dossiers, par étape', en: 'All onboardings, by stage' })}</h2><ul class="menu">${all.map(
    (shown, index) =>
      html`<li><a href="${view.href(`/operations?${queryOf(shown)}`)}"${here(shown === current)}>${view.t(labelOf(shown))} (${countText(counts[index] ?? 0)})</a></li>`,
  )}</ul></nav>`;
}

const title: Text = { fr: 'Exploitation : à traiter', en: 'Operations: needs attention' };

/** A *go* recorded in advance does not hold any more, and the cutover is still to be decided. */
function hasLapsedGo(state: OnboardingState): boolean {
  return state.goInAdvance?.lapsed !== undefined && hasConfirmedWave(state);
}

/**
 * Customers whose cutover is at most four weeks away although a blocking condition is overdue, and those whose recorded
 * *go* has lapsed.
 */
async function beforeCutover({ store, platform, clock }: WebDependencies) {
  const today = calendarDateOf(clock.now());
  const near = (await store.waves.calendar(siteCodes(platform))).filter(
    ({ kind, booked, cutover }) =>
      kind !== 'PREPARATION' && booked.customers > 0 && isWithinLastWeeks(cutover, today),
  );
  const pages = await Promise.all(near.map(({ id }) => store.lists.byWave(id, { limit: rowsAPage })));
  const states = pages.flatMap(({ items }) => items);
  return {
    blocked: states.filter((state) => isBlockedInWave(state, today)),
    lapsed: states.filter(hasLapsedGo),
    unreadable: pages.flatMap((page) => page.unreadable ?? []),
  };
}

/** Onboardings that need an operator, most urgent group first; each group shows its oldest entries. */
async function stuckParts(view: View, deps: WebDependencies): Promise<Html> {
  const { store, clock, platform } = deps;
  const now = clock.now();
  const oldest = { limit: rowsAPage };
  const [failed, near, late, reviews, goNoGo, unrecorded, overdue] = await Promise.all([
    store.lists.failed(oldest),
    beforeCutover(deps),
    store.lists.overdue(now.toISOString(), oldest),
    store.lists.byStage('IN_REVIEW', oldest),
    store.lists.byStage('GO_NO_GO', oldest),
    listOf(deps, 'unrecorded')(oldest),
    overdueReferences(store, now),
  ]);
  const part = (caption: Text, rows: readonly OnboardingState[], shown?: Shown, more?: string) =>
    html`${onboardingTable(view, { caption, rows, at: '/operations', now, platform, overdue })}${
      shown === undefined || more === undefined
        ? nothing
        : html`<p><a href="${view.href(`/operations?${queryOf(shown)}`)}">${view.t({ fr: 'Voir tous :', en: 'View all:' })} ${view.t(labelOf(shown))}</a></p>`
    }`;
  const unreadable = [failed, near, late, reviews, goNoGo, unrecorded].flatMap(
    (page) => page.unreadable ?? [],
  );
  return html`${unreadableNotice(view, unreadable)}${part(failedRun, failed.items, 'failed', failed.cursor)}
${part({ fr: 'Condition bloquante en retard, bascule dans moins de quatre semaines', en: 'Blocking condition overdue, cutover within four weeks' }, near.blocked)}
${near.lapsed.length === 0 ? nothing : part({ fr: 'Go enregistré à l’avance devenu caduc, à décider de nouveau', en: 'Go recorded in advance has lapsed, to decide again' }, near.lapsed)}
${part({ fr: 'Délai écoulé sans que le dossier avance', en: 'Past its limit and not moved on' }, late.items)}
${part({ fr: 'Revues à décider, de la plus ancienne à la plus récente', en: 'Reviews to decide, oldest first' }, reviews.items, 'IN_REVIEW', reviews.cursor)}
${part({ fr: 'Décisions de bascule à prendre', en: 'Go/no-go decisions to make' }, goNoGo.items, 'GO_NO_GO', goNoGo.cursor)}
${part(toRecord, unrecorded.items, 'unrecorded', unrecorded.cursor)}`;
}

async function stagePart(view: View, deps: WebDependencies, shown: Shown, cursor?: string) {
  const { clock, platform } = deps;
  const now = clock.now();
  const [page, overdue] = await Promise.all([
    readList(listOf(deps, shown), { cursor }),
    overdueReferences(deps.store, now),
  ]);
  const label = labelOf(shown);
  const caption = {
    fr: `${label.fr}, du plus ancien au plus récent`,
    en: `${label.en}, oldest first`,
  };
  return html`${unreadableNotice(view, page.unreadable ?? [])}${onboardingTable(view, { caption, rows: page.items, at: '/operations', now, platform, overdue })}
${pagination(view, { path: `/operations?${queryOf(shown)}`, cursor: page.cursor })}`;
}

/** FAILED was a stage in the first release: its addresses lead to the failed runs. */
function shownBy(c: WebContext): Shown | undefined {
  const stage = c.req.query('stage');
  if (c.req.query('run') === 'failed' || stage === 'FAILED') return 'failed';
  if (c.req.query('cutovers') === 'unrecorded') return 'unrecorded';
  return stages.find((known) => known === stage);
}

/** The operators' list: onboardings that need attention, all of one stage, or those whose run has failed. */
export async function operationsList(c: WebContext, deps: WebDependencies) {
  const view = c.get('view');
  const shown = shownBy(c);
  const [approvals, erasures, nav, content] = await Promise.all([
    approvalsLink(c, deps),
    erasureRequestsLink(view, deps),
    stageNav(view, deps, shown),
    shown === undefined ? stuckParts(view, deps) : stagePart(view, deps, shown, c.req.query('cursor')),
  ]);
  const label = shown === undefined ? undefined : labelOf(shown);
  const heading: Text =
    label === undefined ? title : { fr: `Exploitation : ${label.fr}`, en: `Operations: ${label.en}` };
  return answerPage(c, {
    title: heading,
    ...(shown === undefined
      ? {}
      : { back: { path: '/operations', label: { fr: 'À traiter', en: 'Needs attention' } } }),
    body: html`<h1>${view.t(heading)}</h1>
${searchForm(view, '/operations')}
${approvals}${erasures}
${content}
${nav}
<p><a href="${view.href(failuresPath)}">${view.t({ fr: 'Quand une exécution échoue', en: 'When a run fails' })}</a></p>
<p><a href="${view.href(unsentPath)}">${view.t(unsentTitle)}</a></p>
<p><a href="${view.href(calendarPath)}">${view.t(calendarTitle)}</a></p>`,
  });
}
