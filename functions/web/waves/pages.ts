import type { BookedCustomer } from '../../application/booked-customers.ts';
import { findWave } from '../../application/find-wave.ts';
import { readLessons } from '../../application/lessons.ts';
import { readTaskFile, tasksOf } from '../../application/read-tasks.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import { componentLabels } from '../../domain/waves/capacity.ts';
import { bookableUntil } from '../../domain/waves/date-constraints.ts';
import { keptForLarge, largeAbove } from '../../domain/waves/large-customers.ts';
import { mayChangeCapacity, mayChangeDate, waveKindLabels } from '../../domain/waves/wave.ts';
import type { Page } from '../../store/table.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { type Pair, summaryList } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { requireRole } from '../shared/session/access.ts';
import { bookedList, readBooked } from './booked.ts';
import { calendarPage } from './calendar.ts';
import { componentsOf } from './capacity-fields.ts';
import { registerWaveChanges } from './change.ts';
import { exitSection } from './exit-section.ts';
import { goNoGoTitle, hasGoNoGo } from './go-no-go-link.ts';
import { historyTable, readHistory } from './history.ts';
import { registerLessons } from './lessons.ts';
import { lessonsSection } from './lessons-section.ts';
import { registerNewWave } from './new-wave.ts';
import { registerSeries } from './series.ts';
import { registerTask } from './task.ts';
import { tasksPage } from './tasks.ts';
import { tasksSection } from './tasks-section.ts';
import { waitingListPage } from './waiting-list.ts';
import { loadText, waveStateTag, waveTitle } from './wave-labels.ts';
import { mayCancel, mayMove, readStatusOf, stateChangesOf, type WaveStatus } from './wave-status.ts';

const flashes: Readonly<Record<string, Text>> = {
  created: { fr: 'La vague a été ajoutée.', en: 'The wave has been added.' },
  capacity: { fr: 'La capacité a été modifiée.', en: 'The capacity has been changed.' },
  date: { fr: 'La date a été modifiée.', en: 'The date has been changed.' },
  state: { fr: 'L’état a été modifié.', en: 'The state has been changed.' },
  task: { fr: 'La tâche a été enregistrée.', en: 'The task has been saved.' },
  cancellation: {
    fr: 'La vague a été annulée ; une autre place est cherchée pour ses clients : les 50 premiers aussitôt, les autres dans le quart d’heure.',
    en: 'The wave has been cancelled; another place is sought for its customers: the first 50 at once, all others within a quarter of an hour.',
  },
};

function links(view: View, waveStatus: WaveStatus): Html {
  const { wave } = waveStatus;
  const possible = [
    ...(hasGoNoGo(wave) ? [{ path: 'go-no-go', label: goNoGoTitle }] : []),
    ...(mayChangeCapacity(wave)
      ? [{ path: 'capacity', label: { fr: 'Changer la capacité', en: 'Change capacity' } }]
      : []),
    ...(mayMove(wave) ? [{ path: 'date', label: { fr: 'Changer la date', en: 'Change date' } }] : []),
    ...(stateChangesOf(waveStatus).length > 0
      ? [{ path: 'state', label: { fr: 'Changer l’état', en: 'Change state' } }]
      : []),
    ...(mayCancel(waveStatus)
      ? [{ path: 'cancellation', label: { fr: 'Annuler la vague', en: 'Cancel the wave' } }]
      : []),
  ];
  return possible.length === 0
    ? html`<p>${view.t({ fr: 'Aucune action possible sur cette vague.', en: 'No actions available for this wave.' })}</p>`
    : html`<ul>${possible.map(({ path, label }) => html`<li><a href="${view.href(`/waves/${wave.id}/${path}`)}">${view.t(label)}</a></li>`)}</ul>`;
}

/** The last day on which customers can be placed in a wave that has not started. */
function bookable(view: View, { wave, today }: WaveStatus): readonly Pair[] {
  if (!mayChangeDate(wave)) return [];
  const last = bookableUntil(wave);
  const over = {
    fr: ' : délai dépassé, plus aucun client ne peut y être placé',
    en: ': passed, no more customers can be placed in it',
  };
  return [
    {
      key: { fr: 'Réservations possibles jusqu’au', en: 'Bookable until' },
      value: `${dayText(view, last)}${last < today ? view.t(over) : ''}`,
    },
  ];
}

/** What the wave keeps for large customers, and until when. */
function kept(view: View, { wave, today }: WaveStatus, platform: PlatformConfiguration): readonly Pair[] {
  const now = keptForLarge(wave, { asOf: today, platform });
  if (now === undefined) return [];
  const until = dayText(view, now.until);
  return [
    {
      key: { fr: 'Gardés pour les grands clients', en: 'Kept for large customers' },
      value: view.t({
        fr: `${now.points} points jusqu’au ${until} ; il en reste ${now.left} pour les clients de ${largeAbove} points au plus.`,
        en: `${now.points} points until ${until}; ${now.left} are left for customers of at most ${largeAbove} points.`,
      }),
    },
  ];
}

function booked(view: View, { wave, today }: WaveStatus, places: Page<BookedCustomer>): Html {
  const heading = html`<h2>${view.t({ fr: 'Réservations', en: 'Bookings' })}</h2>`;
  if (wave.kind !== 'PREPARATION') {
    const work = view.href(`/operations?wave=${wave.id}`);
    return html`${heading}${bookedList(view, wave, places, today)}<p><a href="${work}">${view.t({ fr: 'Ce qu’il y a à traiter pour ces clients', en: 'What there is to do for these customers' })}</a></p>`;
  }
  return html`${heading}<p>${view.t({ fr: 'Les places de préparation sont comptées sans être listées. Les dossiers à l’étape', en: 'Preparation places are counted but not listed. Onboardings at stage' })} <a href="${view.href('/operations?stage=PREPARING')}">${view.t({ fr: 'Préparation', en: 'Preparing' })}</a> ${view.t({ fr: 'indiquent chacun leur vague. Une vague de préparation dont des places sont prises peut être gelée, mais pas annulée.', en: 'each show their wave. A preparation wave with places taken can be frozen, but not cancelled.' })}</p>`;
}

/** The wave calendar and the operators' actions on it. */
export function registerWavePages(app: WebApp, deps: WebDependencies): void {
  app.use('/waves/*', requireRole(deps, 'operator'));
  app.get('/waves', (c) => calendarPage(c, deps));
  app.get('/waves/waiting-list', (c) => waitingListPage(c, deps));
  app.get('/waves/tasks', (c) => tasksPage(c, deps));
  registerNewWave(app, deps);
  registerSeries(app, deps);

  app.get('/waves/:id', async (c) => {
    const view = c.get('view');
    const wave = await findWave(deps, c.req.param('id'));
    const [waveStatus, history, places, taskFile, lessons] = await Promise.all([
      readStatusOf(deps, wave),
      readHistory(deps, wave),
      wave.kind === 'PREPARATION' ? { items: [] } : readBooked(deps, wave, c.req.query('cursor')),
      readTaskFile(deps, wave),
      readLessons(deps, wave),
    ]);
    const tasks = tasksOf(taskFile, waveStatus);
    const title = waveTitle(wave, deps.platform);
    return answerPage(c, {
      title,
      back: { path: '/waves' },
      flashes,
      body: html`<h1>${view.t(title)}</h1>
${summaryList(view, [
  { key: { fr: 'Type', en: 'Type' }, value: view.t(waveKindLabels[wave.kind]) },
  { key: { fr: 'État', en: 'State' }, value: waveStateTag(view, wave.state) },
  ...bookable(view, waveStatus),
  ...componentsOf(wave.kind).map((name) => ({
    key: componentLabels[name],
    value: loadText(view, wave, name),
  })),
  ...kept(view, waveStatus, deps.platform),
])}
<h2>${view.t({ fr: 'Actions', en: 'Actions' })}</h2>
${links(view, waveStatus)}
<p><a href="${view.href(`/waves/series?template=${wave.id}`)}">${view.t({ fr: 'Ajouter une série à partir de cette vague', en: 'Add a series from this wave' })}</a></p>
${exitSection(view, waveStatus)}
${booked(view, waveStatus, places)}
${tasksSection(view, wave, { tasks, unreadable: taskFile.unreadable })}
${lessonsSection(view, deps, wave, lessons)}
<h2>${view.t({ fr: 'Historique', en: 'History' })}</h2>
${historyTable(view, wave, history)}`,
    });
  });

  registerWaveChanges(app, deps);
  registerTask(app, deps);
  registerLessons(app, deps);
}
