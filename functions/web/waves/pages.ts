import type { Text } from '../../domain/text.ts';
import { componentLabels } from '../../domain/waves/capacity.ts';
import { bookableUntil } from '../../domain/waves/date-constraints.ts';
import {
  gatesOf,
  mayChangeCapacity,
  mayChangeDate,
  type Wave,
  waveKindLabels,
} from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { type Pair, summaryList, table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { requireRole } from '../shared/session/access.ts';
import { bookedTable, readBooked } from './booked.ts';
import { calendarPage } from './calendar.ts';
import { componentsOf } from './capacity-fields.ts';
import { registerWaveChanges } from './change.ts';
import { registerNewWave } from './new-wave.ts';
import { waitingListPage } from './waiting-list.ts';
import { mayCancel, readWaveStanding, stateChangesOf, type WaveStanding } from './wave-standing.ts';
import { loadText, waveStateTag, waveTitle } from './wave-words.ts';

const flashes: Readonly<Record<string, Text>> = {
  created: { fr: 'La vague est ajoutée.', en: 'The wave is added.' },
  capacity: { fr: 'La capacité est changée.', en: 'The capacity is changed.' },
  state: { fr: 'L’état est changé.', en: 'The state is changed.' },
  cancellation: {
    fr: 'La vague est annulée ; ceux qui y étaient sont replacés.',
    en: 'The wave is cancelled; those who were in it are placed anew.',
  },
};

/** Days from the cutover, as planners write them: `−35`, nothing on the day itself, `+7`. */
function offsetText(offset: number): string {
  if (offset === 0) return '';
  return `${offset < 0 ? '−' : '+'}${Math.abs(offset)}`;
}

function gates(view: View, wave: Wave): Html {
  const rows = gatesOf(wave);
  if (rows.length === 0) return nothing;
  return html`<h2>${view.t({ fr: 'Jalons', en: 'Gates' })}</h2>
${table(view, {
  caption: { fr: 'Par date', en: 'By date' },
  rows,
  columns: [
    { name: { fr: 'Jalon', en: 'Gate' }, cell: ({ label }) => view.t(label) },
    { name: { fr: 'Date', en: 'Date' }, cell: ({ date }) => dayText(view, date) },
    {
      name: { fr: 'Jours', en: 'Days' },
      cell: ({ offset }) => view.t({ fr: `J${offsetText(offset)}`, en: `T${offsetText(offset)}` }),
      number: true,
    },
  ],
})}`;
}

function links(view: View, standing: WaveStanding): Html {
  const { wave } = standing;
  const possible = [
    ...(mayChangeCapacity(wave)
      ? [{ path: 'capacity', label: { fr: 'Changer la capacité', en: 'Change the capacity' } }]
      : []),
    ...(stateChangesOf(standing).length > 0
      ? [{ path: 'state', label: { fr: 'Changer l’état', en: 'Change the state' } }]
      : []),
    ...(mayCancel(standing)
      ? [{ path: 'cancellation', label: { fr: 'Annuler la vague', en: 'Cancel the wave' } }]
      : []),
  ];
  return possible.length === 0
    ? html`<p>${view.t({ fr: 'Rien à faire sur cette vague.', en: 'Nothing to do on this wave.' })}</p>`
    : html`<ul>${possible.map(({ path, label }) => html`<li><a href="${view.href(`/waves/${wave.id}/${path}`)}">${view.t(label)}</a></li>`)}</ul>`;
}

/** Until when customers can be placed in a wave that has not begun: too near a date serves nobody. */
function bookable(view: View, { wave, today }: WaveStanding): readonly Pair[] {
  if (!mayChangeDate(wave)) return [];
  const last = bookableUntil(wave);
  const over = {
    fr: ' : passé, plus personne ne peut y être placé',
    en: ': passed, nobody can be placed in it',
  };
  return [
    {
      key: { fr: 'Places réservables jusqu’au', en: 'Places bookable until' },
      value: `${dayText(view, last)}${last < today ? view.t(over) : ''}`,
    },
  ];
}

/** Why a wave that runs does not end. */
function inTheWay(view: View, { inTheWay: left }: WaveStanding): Html {
  if (left.length === 0) return nothing;
  return html`<p>${view.t({ fr: 'La vague se termine une fois enregistrée la bascule de :', en: 'The wave ends once the cutover is recorded of:' })}</p><ul>${left.map(({ state: { reference, name } }) => html`<li><a href="${view.href(`/operations/${reference}`)}">${name}</a> (<span class="code">${reference}</span>)</li>`)}</ul>`;
}

async function booked(view: View, deps: WebDependencies, wave: Wave): Promise<Html> {
  const heading = html`<h2>${view.t({ fr: 'Qui est réservé', en: 'Who is booked' })}</h2>`;
  if (wave.kind !== 'PREPARATION') return html`${heading}${bookedTable(view, await readBooked(deps, wave))}`;
  return html`${heading}<p>${view.t({ fr: 'Les places de préparation sont comptées sans liste. Les dossiers à l’étape', en: 'Preparation seats are counted without a list. Onboardings at the stage' })} <a href="${view.href('/operations?stage=PREPARING')}">${view.t({ fr: 'Préparation', en: 'Preparing' })}</a> ${view.t({ fr: 'disent chacun leur vague. Une vague de préparation réservée se fige, mais ne s’annule pas.', en: 'each name their wave. A preparation wave with seats taken can be frozen, not cancelled.' })}</p>`;
}

/** The calendar of waves and what operators do with it. */
export function registerWavePages(app: WebApp, deps: WebDependencies): void {
  app.use('/waves/*', requireRole(deps, 'operator'));
  app.get('/waves', (c) => calendarPage(c, deps));
  app.get('/waves/waiting-list', (c) => waitingListPage(c, deps));
  registerNewWave(app, deps);

  app.get('/waves/:id', async (c) => {
    const view = c.get('view');
    const standing = await readWaveStanding(deps, c.req.param('id'));
    const { wave } = standing;
    const title = waveTitle(wave, deps.platform);
    return answerPage(c, {
      title,
      back: { path: '/waves' },
      flashes,
      body: html`<h1>${view.t(title)}</h1>
${summaryList(view, [
  { key: { fr: 'Nature', en: 'Kind' }, value: view.t(waveKindLabels[wave.kind]) },
  { key: { fr: 'État', en: 'State' }, value: waveStateTag(view, wave.state) },
  ...bookable(view, standing),
  ...componentsOf(wave.kind).map((name) => ({
    key: componentLabels[name],
    value: loadText(view, wave, name),
  })),
])}
<h2>${view.t({ fr: 'Actions', en: 'Actions' })}</h2>
${links(view, standing)}
${inTheWay(view, standing)}
${await booked(view, deps, wave)}
${gates(view, wave)}`,
    });
  });

  registerWaveChanges(app, deps);
}
