import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { linkButton, pagination } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { staffOf } from '../shared/session/access.ts';
import { needsAttention } from '../shared/staff/attention.ts';
import { onboardingTable } from '../shared/staff/onboarding-table.ts';
import { type List, readList } from '../shared/staff/read-list.ts';
import { searchForm } from '../shared/staff/search.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';

const views = [
  { id: 'all', path: '/sales', label: { fr: 'Toute l’équipe', en: 'Whole team' } },
  { id: 'mine', path: '/sales?view=mine', label: { fr: 'Les miens', en: 'Mine' } },
  { id: 'attention', path: '/sales?view=attention', label: { fr: 'À traiter', en: 'Needs attention' } },
] as const;

const captions: Readonly<Record<(typeof views)[number]['id'], Text>> = {
  all: { fr: 'Tous, du plus récent au plus ancien', en: 'All, newest first' },
  mine: { fr: 'Les miens, du plus récent au plus ancien', en: 'Mine, newest first' },
  attention: { fr: 'À traiter', en: 'Needs attention' },
};

const title: Text = { fr: 'Dossiers de mon équipe', en: 'My team’s onboardings' };

function filters(view: View, current: string): Html {
  return html`<nav aria-label="${view.t({ fr: 'Filtres', en: 'Filters' })}"><ul class="menu">${views.map(
    ({ id, path, label }) =>
      html`<li><a href="${view.href(path)}"${id === current ? html` aria-current="true"` : nothing}>${view.t(label)}</a></li>`,
  )}</ul></nav>`;
}

/** The team's onboardings; on the first page, those that need attention come first. */
export async function salesList(c: WebContext, { store, clock, platform }: WebDependencies) {
  const view = c.get('view');
  const { team = '', mail } = staffOf(c);
  const cursor = c.req.query('cursor');
  const { id: shown, path } = views.find(({ id }) => id === c.req.query('view')) ?? views[0];
  const now = clock.now();
  const seen = { platform, at: now };
  const list: List = (page) => store.listsWithWaits.byTeam(team, page);
  const ofMine = (owner: string) => shown !== 'mine' || owner === mail;
  const keep = {
    all: () => true,
    mine: ({ state }: Snapshot) => state.owner === mail,
    attention: (snapshot: Snapshot) => needsAttention(snapshot, seen),
  }[shown];
  const first = cursor === undefined && shown !== 'attention';
  const none: Awaited<ReturnType<typeof readList>> = { items: [] };
  const [page, attention] = await Promise.all([
    readList(list, { cursor, keep }),
    first
      ? readList(list, {
          cursor: undefined,
          keep: (snapshot) => ofMine(snapshot.state.owner) && needsAttention(snapshot, seen),
        })
      : none,
  ]);
  const tableOf = (caption: Text, rows: typeof page.items) =>
    onboardingTable(view, { caption, rows, at: '/sales', now, platform });
  return answerPage(c, {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${linkButton(view, '/sales/new', { fr: 'Ouvrir un dossier', en: 'Start an onboarding' })}</p>
${searchForm(view, '/sales')}
${filters(view, shown)}
${first ? tableOf(captions.attention, attention.items) : nothing}
${first && attention.cursor !== undefined ? html`<p><a href="${view.href('/sales?view=attention')}">${view.t({ fr: 'Voir tous les dossiers à traiter', en: 'View all that need attention' })}</a></p>` : nothing}
${unreadableNotice(view, page.unreadable ?? [])}${tableOf(captions[shown], page.items)}
${pagination(view, { path, cursor: page.cursor })}`,
  });
}
