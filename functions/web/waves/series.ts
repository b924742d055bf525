import {
  createSeries,
  mostInSeries,
  planSeries,
  type Series,
  type SeriesEntry,
} from '../../application/create-series.ts';
import { findWave } from '../../application/find-wave.ts';
import { isBlank } from '../../domain/input/plain-text.ts';
import { fieldProblem, type ProblemCode } from '../../domain/input/problem-texts.ts';
import { readCount } from '../../domain/input/read-text.ts';
import { readDate } from '../../domain/input/written-date.ts';
import type { Text } from '../../domain/text.ts';
import { siteLabel, type Wave, waveKindLabels, waveKinds } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, noValue, type Tone, table, tag } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes, dateField, integerField, radios } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf } from '../shared/session/access.ts';
import { refusalStatus } from '../shared/staff/acts.ts';
import { reasonField } from '../shared/staff/reason.ts';
import { capacityFields, readCapacity, refusedFields } from './capacity-fields.ts';
import { growthField, readReasons } from './growth-field.ts';
import { shownField } from './impact.ts';
import { openings } from './new-wave.ts';
import { components } from './wave-labels.ts';

const title: Text = { fr: 'Ajouter une série de vagues', en: 'Add a series of waves' };
const labels = {
  from: { fr: 'Première date', en: 'First date' },
  everyWeeks: { fr: 'Nombre de semaines d’une date à la suivante', en: 'Weeks from one date to the next' },
  count: { fr: 'Nombre de dates à chaque site', en: 'Number of dates at each site' },
} as const satisfies Readonly<Record<string, Text>>;
/** The longest interval, in weeks. */
const mostWeeks = 52;

const outcomes: Readonly<Record<SeriesEntry['outcome'], { readonly label: Text; readonly tone: Tone }>> = {
  planned: { label: { fr: 'À ajouter', en: 'To be added' }, tone: 'good' },
  created: { label: { fr: 'Ajoutée', en: 'Added' }, tone: 'good' },
  existing: { label: { fr: 'Existe déjà', en: 'Exists already' }, tone: 'plain' },
  excluded: { label: { fr: 'Exclue', en: 'Excluded' }, tone: 'bad' },
};

/** What would become, or became, of each wave: those that are left out come first. */
function reportTable(view: View, { platform }: WebDependencies, entries: readonly SeriesEntry[]): Html {
  const excluded = entries.filter(({ outcome }) => outcome === 'excluded');
  const others = entries.filter(({ outcome }) => outcome !== 'excluded');
  const count = (outcome: SeriesEntry['outcome']) =>
    entries.filter((entry) => entry.outcome === outcome).length;
  const [done, planned] = [count('created'), count('planned')];
  const first =
    done > 0
      ? { fr: `${done} ajoutée${done > 1 ? 's' : ''}`, en: `${done} added` }
      : { fr: `${planned} à ajouter`, en: `${planned} to be added` };
  return html`<h2>${view.t({ fr: 'Dates de la série', en: 'Dates of the series' })}</h2>
<p>${view.t({
    fr: `${first.fr}, ${count('existing')} qui existe${count('existing') > 1 ? 'nt' : ''} déjà, ${excluded.length} exclue${excluded.length > 1 ? 's' : ''}. Les dates exclues ne sont pas remplacées.`,
    en: `${first.en}, ${count('existing')} already there, ${excluded.length} excluded. Excluded dates are not replaced.`,
  })}</p>
${table(view, {
  caption: { fr: 'Dates exclues d’abord', en: 'Excluded dates first' },
  rows: [...excluded, ...others],
  columns: [
    { name: { fr: 'Date', en: 'Date' }, cell: ({ wave }) => dayText(view, wave.cutover) },
    { name: { fr: 'Site', en: 'Site' }, cell: ({ wave }) => view.t(siteLabel(platform, wave.site)) },
    {
      name: { fr: 'Résultat', en: 'Result' },
      cell: ({ outcome }) => tag(view, outcomes[outcome].label, outcomes[outcome].tone),
    },
    {
      name: { fr: 'Motif', en: 'Reason' },
      cell: ({ reason }) => (reason === undefined ? noValue : view.t(reason)),
    },
  ],
})}`;
}

interface Given {
  /** The wave whose kind, site and capacity the form begins with. */
  readonly template?: Wave | undefined;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
  readonly entries?: readonly SeriesEntry[];
  /** The series as it is shown, to be confirmed. */
  readonly series?: Series;
}

function seriesFields(
  view: View,
  { platform }: WebDependencies,
  { fields, problems = [], template, entries }: Given,
): Html {
  const sites = template === undefined ? platform.sites.map(({ code }) => code) : [template.site];
  const number = (name: 'everyWeeks' | 'count', value: string) =>
    integerField(view, {
      name,
      label: labels[name],
      value: fields?.get(name) ?? value,
      problem: problemOf(problems, name),
    });
  return html`${checkboxes(view, {
    name: 'sites',
    label: { fr: 'Sites', en: 'Sites' },
    choices: platform.sites.map(({ code, label }) => ({ value: code, label })),
    values: fields?.all('sites') ?? sites,
    problem: problemOf(problems, 'sites'),
  })}${radios(view, {
    name: 'kind',
    label: { fr: 'Type', en: 'Type' },
    choices: waveKinds.map((kind) => ({ value: kind, label: waveKindLabels[kind] })),
    value: fields?.get('kind') ?? template?.kind ?? 'MIGRATION',
    problem: problemOf(problems, 'kind'),
  })}${dateField(view, {
    name: 'from',
    label: labels.from,
    value: fields?.dateParts('from'),
    problem: problemOf(problems, 'from'),
  })}${number('everyWeeks', '4')}${number('count', '6')}${capacityFields(view, { form: fields, problems, shown: components, anyKind: true, ...(template === undefined ? {} : { before: template.capacity }) })}${radios(
    view,
    {
      name: 'state',
      label: { fr: 'État', en: 'State' },
      choices: Object.entries(openings).map(([value, label]) => ({ value, label })),
      value: fields?.get('state') ?? 'OPEN',
    },
  )}${growthField(view, { form: fields, problems, grows: entries?.some(({ growth }) => growth !== undefined) })}${reasonField(view, { form: fields, problems, optional: true })}`;
}

function seriesPage(c: WebContext, deps: WebDependencies, given: Given, status?: 409) {
  const view = c.get('view');
  const { problems = [], entries, series } = given;
  const confirms = series !== undefined && entries?.some(({ outcome }) => outcome === 'planned') === true;
  const label = confirms
    ? { fr: 'Ajouter ces vagues', en: 'Add these waves' }
    : { fr: 'Voir les dates', en: 'Show the dates' };
  return answerPage(
    c,
    {
      title,
      back: { path: '/waves' },
      problems,
      body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
        fr: `Des vagues identiques à intervalle régulier, ${mostInSeries} au plus à la fois. Les dates s’affichent avant d’être ajoutées, avec celles que les gels, les jours fériés, les délais, la croissance et les autres vagues excluent.`,
        en: `Waves alike at a regular interval, at most ${mostInSeries} at a time. The dates are shown before they are added, with those that freezes, holidays, lead times, growth and other waves exclude.`,
      })}</p>${entries === undefined ? nothing : reportTable(view, deps, entries)}
${form(view, {
  kept: true,
  action: '/waves/series',
  content: html`${seriesFields(view, deps, given)}${confirms ? shownField(series) : nothing}`,
  buttons: [{ label }],
})}`,
    },
    status,
  );
}

/** A whole number from 1, or its problem. */
function readNumber(fields: FormFields, name: 'everyWeeks' | 'count', most: number) {
  const typed = fields.get(name);
  const refused = (code: ProblemCode) => ({ problem: fieldProblem(name, labels[name], code) });
  if (isBlank(typed ?? '')) return refused('missing');
  const read = readCount(typed);
  if ('problem' in read) return refused(read.problem);
  if (read.value >= 1 && read.value <= most) return { value: read.value };
  const { fr, en } = labels[name];
  const message = { fr: `${fr} : indiquez de 1 à ${most}.`, en: `${en}: enter 1 to ${most}.` };
  return { problem: { field: name, message } };
}

function readSeries({ platform }: WebDependencies, fields: FormFields) {
  const sites = platform.sites.map(({ code }) => code).filter((code) => fields.all('sites').includes(code));
  const kind = waveKinds.find((known) => known === fields.get('kind'));
  const typed = fields.date('from');
  const from = readDate(typed ?? '');
  const everyWeeks = readNumber(fields, 'everyWeeks', mostWeeks);
  const count = readNumber(fields, 'count', mostInSeries);
  const { capacity, problems: counted } = readCapacity(fields, kind);
  const problems: Problem[] = [
    ...(sites.length > 0
      ? []
      : [
          {
            field: 'sites',
            message: { fr: 'Sites : cochez au moins un site.', en: 'Sites: tick at least one site.' },
          },
        ]),
    ...(kind !== undefined
      ? []
      : [{ field: 'kind', message: { fr: 'Type : choisissez un type.', en: 'Type: select a type.' } }]),
    ...(from !== undefined
      ? []
      : [fieldProblem('from', labels.from, typed === undefined ? 'missing' : 'not_a_date')]),
    ...('problem' in everyWeeks ? [everyWeeks.problem] : []),
    ...('problem' in count ? [count.problem] : []),
    ...counted,
  ];
  const why = readReasons(fields, false);
  if ('problems' in why) return { problems: [...problems, ...why.problems] };
  if (problems.length > 0 || kind === undefined || from === undefined) return { problems };
  if ('problem' in everyWeeks || 'problem' in count) return { problems };
  const state = fields.get('state') === 'PLANNED' ? 'PLANNED' : 'OPEN';
  const { reason, ...growth } = why;
  const series: Series = {
    ...{ sites, kind, state, capacity, from },
    ...{ everyWeeks: everyWeeks.value, count: count.value, ...growth },
  };
  return { series, reason };
}

/** The form that adds a series: it shows every date first, then adds those that can be. */
export function registerSeries(app: WebApp, deps: WebDependencies): void {
  app.get('/waves/series', async (c) => {
    const id = c.req.query('template');
    return seriesPage(c, deps, id === undefined ? {} : { template: await findWave(deps, id) });
  });

  app.post('/waves/series', async (c) => {
    const fields = formOf(c);
    const read = readSeries(deps, fields);
    if (read.problems !== undefined) return seriesPage(c, deps, { fields, problems: read.problems });
    if (onlyAsksForLanguage(c)) return seriesPage(c, deps, { fields });
    const { series, reason } = read;
    try {
      if (fields.get('shown') !== JSON.stringify(series)) {
        return await seriesPage(c, deps, { fields, series, entries: await planSeries(deps, series) });
      }
      const entries = await createSeries(deps, series, { actor: actorOf(c, 'operator'), reason });
      // Where dates were left out, the report says what became of each.
      const isWhole = entries.every(({ outcome }) => outcome !== 'excluded');
      if (!isWhole) return await seriesPage(c, deps, { fields, entries });
    } catch (error) {
      const problems = refusedFields(error, 'from');
      return await seriesPage(c, deps, { fields, problems }, refusalStatus(error));
    }
    return leadTo(c, deps.site, `/waves?from=${series.from}`, 'series');
  });
}
