import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { Language, Text } from '../../domain/text.ts';
import { closedOn, monthsBetween, weeksOf } from '../../domain/waves/period.ts';
import { siteLabel, type Wave, waveKindLabels } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import type { CalendarFilter } from './calendar-filter.ts';
import { loadText, waveStateTag } from './wave-labels.ts';

const locales: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

function written(day: CalendarDate, language: Language, options: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(locales[language], { timeZone: 'UTC', ...options });
  return text.format(Date.parse(`${day}T00:00:00Z`));
}

/** A Monday: the names of the days are those of the week that begins with it. */
const aWeek = [
  '2027-03-01',
  '2027-03-02',
  '2027-03-03',
  '2027-03-04',
  '2027-03-05',
  '2027-03-06',
  '2027-03-07',
] as const;

const closed: Readonly<Record<'freeze' | 'holiday', Text>> = {
  freeze: { fr: 'gel', en: 'freeze' },
  holiday: { fr: 'férié', en: 'holiday' },
};

function waveEntry(view: View, { platform }: WebDependencies, wave: Wave): Html {
  const name = `${view.t(waveKindLabels[wave.kind])}, ${view.t(siteLabel(platform, wave.site))}`;
  const load = view.t({
    fr: `Clients : ${loadText(view, wave, 'customers')}`,
    en: `Customers: ${loadText(view, wave, 'customers')}`,
  });
  return html`<br><a href="${view.href(`/waves/${wave.id}`)}">${name}</a><br>${waveStateTag(view, wave.state)}<br>${load}`;
}

function dayCell(
  view: View,
  deps: WebDependencies,
  day: CalendarDate | undefined,
  waves: readonly Wave[],
): Html {
  if (day === undefined) return html`<td role="cell" class="none"></td>`;
  const here = waves.filter(({ cutover }) => cutover === day);
  const shut = closedOn(day, deps.platform);
  const mark = shut === undefined ? nothing : html` <span class="soft">${view.t(closed[shut])}</span>`;
  const number = Number(day.slice(-2));
  if (here.length === 0) return html`<td role="cell" class="none">${number}${mark}</td>`;
  const weekday = written(day, view.language, { weekday: 'long' });
  return html`<td role="cell"><span class="cell-name" aria-hidden="true">${weekday} </span>${number}${mark}${here.map((wave) => waveEntry(view, deps, wave))}</td>`;
}

function weekRow(
  view: View,
  deps: WebDependencies,
  week: readonly (CalendarDate | undefined)[],
  waves: readonly Wave[],
): Html {
  const days = week.filter((day) => day !== undefined);
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const range = `${Number(first.slice(-2))}–${Number(last.slice(-2))}`;
  // On a narrow screen only weeks with waves are shown.
  const isEmpty = !waves.some(({ cutover }) => days.includes(cutover));
  return html`<tr role="row"${isEmpty ? html` class="none"` : nothing}><th scope="row" role="rowheader">${range}</th>${week.map((day) => dayCell(view, deps, day, waves))}</tr>`;
}

function monthTable(view: View, deps: WebDependencies, month: CalendarDate, waves: readonly Wave[]): Html {
  const name = written(month, view.language, { month: 'long', year: 'numeric' });
  const here = waves.filter(({ cutover }) => cutover.startsWith(month.slice(0, 7)));
  if (here.length === 0) {
    return html`<p>${view.t({ fr: `Aucune vague en ${name}.`, en: `No waves in ${name}.` })}</p>`;
  }
  const head = aWeek.map(
    (day) =>
      html`<th scope="col" role="columnheader">${written(day, view.language, { weekday: 'long' })}</th>`,
  );
  return html`<table class="fold month" role="table"><caption>${name}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${view.t({ fr: 'Jours', en: 'Days' })}</th>${head}</tr></thead>
<tbody role="rowgroup">${weeksOf(month).map((week) => weekRow(view, deps, week, here))}</tbody></table>`;
}

/** The months of the period as tables, with the waves of every site on their days. */
export function monthView(
  view: View,
  deps: WebDependencies,
  waves: readonly Wave[],
  { from, to }: CalendarFilter,
): Html {
  return html`${monthsBetween(from, to).map((month) => monthTable(view, deps, month, waves))}`;
}
