import { siteCodes } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import { inCalendarOrder, siteLabel, type Wave } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { linkButton } from '../shared/layout/components.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import {
  type CalendarFilter,
  type CalendarView,
  filterForm,
  isShown,
  periodLine,
  readFilter,
  viewLabels,
  viewMenu,
} from './calendar-filter.ts';
import { loadView } from './load-view.ts';
import { monthView } from './month-view.ts';
import { tasksTitle } from './tasks.ts';
import { loadText } from './wave-labels.ts';
import { waveTable } from './wave-table.ts';

const heading: Text = { fr: 'Vagues', en: 'Waves' };

/** The waves of each site, by date. */
function listView(view: View, { platform }: WebDependencies, waves: readonly Wave[]): Html {
  const sites = [...siteCodes(platform), ...waves.map(({ site }) => site)];
  return html`${[...new Set(sites)].map((site) => {
    const here = waves.filter((wave) => wave.site === site);
    if (here.length === 0) return html``;
    const name = siteLabel(platform, site);
    return html`<h2>${view.t(name)}</h2>
${waveTable(view, { fr: `Site ${name.fr}, par date`, en: `Site ${name.en}, by date` }, here, loadText)}`;
  })}`;
}

type Show = (view: View, deps: WebDependencies, waves: readonly Wave[], filter: CalendarFilter) => Html;
const views: Readonly<Record<CalendarView, Show>> = { list: listView, month: monthView, load: loadView };

/** What is shown of the calendar, or what to do where that is nothing. */
function content(view: View, deps: WebDependencies, calendar: readonly Wave[], filter: CalendarFilter): Html {
  if (calendar.length === 0) {
    return html`<p>${view.t({ fr: 'Le calendrier est vide : aucun client ne peut être placé. Ajoutez une première vague, pilote, à chaque site.', en: 'The calendar is empty: no customer can be placed. Add a first wave, a pilot, at each site.' })}</p>`;
  }
  const waves = inCalendarOrder(calendar, deps.platform).filter((wave) => isShown(wave, filter));
  const nothingFound = html`<p>${view.t({ fr: 'Aucune vague dans cette période avec ces filtres.', en: 'No waves in this period with these filters.' })} <a href="${view.href('/waves')}">${view.t({ fr: 'Tout afficher', en: 'Show all' })}</a></p>`;
  return html`${viewMenu(view, filter)}${filterForm(view, deps, filter)}
${periodLine(view, filter, calendar)}
${waves.length === 0 ? nothingFound : views[filter.view](view, deps, waves, filter)}`;
}

const flashes = {
  series: { fr: 'Les vagues de la série sont ajoutées.', en: 'The waves of the series have been added.' },
} as const;

/** The calendar in one of its views, with the capacity and the bookings of each wave. */
export async function calendarPage(c: WebContext, deps: WebDependencies) {
  const view = c.get('view');
  const filter = readFilter(c, deps);
  const { items: waves, unreadable } = await deps.store.waves.wholeCalendar(siteCodes(deps.platform), {
    consistent: true,
  });
  const label = viewLabels[filter.view];
  return answerPage(c, {
    title:
      filter.view === 'list'
        ? heading
        : { fr: `${heading.fr} : ${label.fr}`, en: `${heading.en}: ${label.en}` },
    flashes,
    body: html`<h1>${view.t(heading)}</h1>${unreadableNotice(view, unreadable)}
<div class="actions">${linkButton(view, '/waves/new', { fr: 'Ajouter une vague', en: 'Add a wave' })}${linkButton(view, '/waves/series', { fr: 'Ajouter une série', en: 'Add a series' }, 'second')}${linkButton(view, '/waves/waiting-list', { fr: 'Liste d’attente', en: 'Waiting list' }, 'second')}${linkButton(view, '/waves/tasks', tasksTitle, 'second')}</div>
${content(view, deps, waves, filter)}`,
  });
}
