import { addDays, type CalendarDate, calendarDateOf } from '../../domain/calendar-date.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { readDate } from '../../domain/input/written-date.ts';
import type { Text } from '../../domain/text.ts';
import { firstOfMonth } from '../../domain/waves/period.ts';
import {
  type Wave,
  type WaveKind,
  type WaveState,
  waveKindLabels,
  waveKinds,
  waveStateLabels,
  waveStates,
} from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebContext } from '../shared/http/web-app.ts';
import { button } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { problemOf } from '../shared/layout/error-summary.ts';
import { select, textField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

export const calendarViews = ['list', 'month', 'load'] as const;
export type CalendarView = (typeof calendarViews)[number];

export const viewLabels: Readonly<Record<CalendarView, Text>> = {
  list: { fr: 'Liste', en: 'List' },
  month: { fr: 'Calendrier', en: 'Calendar' },
  load: { fr: 'Charge', en: 'Load' },
};

/** What of the calendar is shown; all of it is in the address, so that each view can be kept. */
export interface CalendarFilter {
  readonly view: CalendarView;
  readonly site: string | undefined;
  readonly kind: WaveKind | undefined;
  readonly state: WaveState | undefined;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** The dates as they were typed, for the form. */
  readonly typed: { readonly from: string; readonly to: string };
  readonly problems: readonly Problem[];
}

const fromLabel: Text = { fr: 'Du', en: 'From' };
const toLabel: Text = { fr: 'Au', en: 'To' };

/** Months shown by default: from the one before the present one. */
const monthsShown = 15;
/** The longest period of a page, in months: longer ones are read page by page. */
const mostMonths = 36;

export function readFilter(c: WebContext, { platform, clock }: WebDependencies): CalendarFilter {
  const today = calendarDateOf(clock.now());
  const given = (name: string) => c.req.query(name)?.trim() ?? '';
  const typed = { from: given('from'), to: given('to') };
  const problems: Problem[] = [];
  const dateIn = (name: 'from' | 'to', label: Text): CalendarDate | undefined => {
    const date = readDate(typed[name]);
    if (typed[name] !== '' && date === undefined) problems.push(fieldProblem(name, label, 'not_a_date'));
    return date;
  };
  const [asked, until] = [dateIn('from', fromLabel), dateIn('to', toLabel)];
  const from = asked ?? firstOfMonth(until !== undefined && until < today ? until : today, -1);
  const end = addDays(firstOfMonth(from, mostMonths), -1);
  const wanted = until ?? addDays(firstOfMonth(from, monthsShown), -1);
  if (wanted < from) problems.push(fieldProblem('to', toLabel, 'out_of_order', fromLabel));
  const to = wanted < from ? addDays(firstOfMonth(from, monthsShown), -1) : wanted;
  return {
    view: calendarViews.find((known) => known === given('view')) ?? 'list',
    site: platform.sites.find(({ code }) => code === given('site'))?.code,
    kind: waveKinds.find((known) => known === given('kind')),
    state: waveStates.find((known) => known === given('state')),
    from,
    to: [to, end].toSorted()[0] ?? to,
    typed,
    problems,
  };
}

export function isShown(wave: Wave, { site, kind, state, from, to }: CalendarFilter): boolean {
  return (
    (site === undefined || wave.site === site) &&
    (kind === undefined || wave.kind === kind) &&
    (state === undefined || wave.state === state) &&
    from <= wave.cutover &&
    wave.cutover <= to
  );
}

/** The address of the calendar as filtered, with some of it changed. */
function addressOf(filter: CalendarFilter, changes: Readonly<Record<string, string>> = {}): string {
  const { view, site, kind, state, typed } = filter;
  const all = { view, site, kind, state, ...typed, ...changes };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && value !== '' && !(name === 'view' && value === 'list')) query.set(name, value);
  }
  const asked = query.toString();
  return asked === '' ? '/waves' : `/waves?${asked}`;
}

/** The three views of the same waves. */
export function viewMenu(view: View, filter: CalendarFilter): Html {
  const link = (each: CalendarView) =>
    html`<li><a href="${view.href(addressOf(filter, { view: each }))}"${each === filter.view ? html` aria-current="page"` : nothing}>${view.t(viewLabels[each])}</a></li>`;
  return html`<nav aria-label="${view.t({ fr: 'Vues du calendrier', en: 'Views of the calendar' })}"><ul class="menu">${calendarViews.map(link)}</ul></nav>`;
}

/** The period shown, with the ones before and after it as long as the calendar has waves there. */
export function periodLine(view: View, filter: CalendarFilter, calendar: readonly Wave[]): Html {
  const { from, to } = filter;
  const isBefore = calendar.some(({ cutover }) => cutover < from);
  const isAfter = calendar.some(({ cutover }) => cutover > to);
  const before = { from: firstOfMonth(from, -12), to: addDays(from, -1) };
  const after = { from: addDays(to, 1), to: addDays(firstOfMonth(addDays(to, 1), 12), -1) };
  const link = (period: { readonly from: string; readonly to: string }, label: Text) =>
    html`<a href="${view.href(addressOf(filter, period))}">${view.t(label)}</a>`;
  const text = view.t({
    fr: `Du ${dayText(view, from)} au ${dayText(view, to)}`,
    en: `From ${dayText(view, from)} to ${dayText(view, to)}`,
  });
  return html`<nav class="pages" aria-label="${view.t({ fr: 'Période', en: 'Period' })}">${isBefore ? link(before, { fr: 'Période précédente', en: 'Earlier' }) : nothing}<span>${text}</span>${isAfter ? link(after, { fr: 'Période suivante', en: 'Later' }) : nothing}</nav>`;
}

const all: Text = { fr: 'Tous', en: 'All' };

/** The filters, sent by GET: the address of what they show can be kept. */
export function filterForm(view: View, { platform }: WebDependencies, filter: CalendarFilter): Html {
  const { site, kind, state, typed, problems } = filter;
  const isSet = [site, kind, state, typed.from, typed.to].some(
    (value) => value !== undefined && value !== '',
  );
  // The dates alone are said below the form.
  const isOpen = problems.length > 0 || [site, kind, state].some((value) => value !== undefined);
  const choices = (given: readonly { readonly value: string; readonly label: Text }[]) => [
    { value: '', label: all },
    ...given,
  ];
  const date = (name: 'from' | 'to', label: Text) =>
    textField(view, {
      name,
      label,
      value: typed[name],
      short: true,
      hint: { fr: 'Par exemple 01/03/2027', en: 'For example 01/03/2027' },
      problem: problemOf(problems, name),
    });
  return html`<details${isOpen ? html` open` : nothing}><summary>${view.t({ fr: 'Filtrer', en: 'Filter' })}</summary>
<form method="get" action="${view.href('/waves')}" novalidate>${filter.view === 'list' ? nothing : html`<input type="hidden" name="view" value="${filter.view}">`}
<div class="row">${select(view, {
    name: 'site',
    label: { fr: 'Site', en: 'Site' },
    choices: choices(platform.sites.map(({ code, label }) => ({ value: code, label }))),
    value: site,
  })}${select(view, {
    name: 'kind',
    label: { fr: 'Type', en: 'Type' },
    choices: choices(waveKinds.map((each) => ({ value: each, label: waveKindLabels[each] }))),
    value: kind,
  })}${select(view, {
    name: 'state',
    label: { fr: 'État', en: 'State' },
    choices: choices(waveStates.map((each) => ({ value: each, label: waveStateLabels[each] }))),
    value: state,
  })}${date('from', fromLabel)}${date('to', toLabel)}</div>
<div class="actions">${button(view, { label: { fr: 'Afficher', en: 'Show' }, look: 'second' })}${isSet ? html`<a href="${view.href('/waves')}">${view.t({ fr: 'Tout afficher', en: 'Show all' })}</a>` : nothing}</div></form></details>`;
}
