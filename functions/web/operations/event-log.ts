import type { RecordedEvent } from '../../domain/onboarding/audit-chain.ts';
import { lifecycle, stages } from '../../domain/onboarding/lifecycle.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { noValue, table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { failedRun } from '../shared/layout/stage-tag.ts';
import { eventText, reasonText } from '../shared/layout/timeline.ts';
import type { View } from '../shared/layout/view.ts';
import { actorName } from '../shared/staff/actor-name.ts';
import { eventData } from './event-data.ts';

function stageName(view: View, code: string): string {
  // A failed run was a stage in events of the first release.
  if (code === 'FAILED') return view.t(failedRun);
  const stage = stages.find((known) => known === code);
  return stage === undefined ? code : view.t(lifecycle[stage].label);
}

function particulars(view: View, event: RecordedEvent, platform: PlatformConfiguration): Html | string {
  const data = eventData(view, event, platform);
  const lines = [
    ...(event.reason === undefined ? [] : [html`${view.t(reasonText(event.reason))}`]),
    ...(data.length === 0
      ? []
      : [html`<span class="soft">${data.join(view.t({ fr: ' ; ', en: '; ' }))}</span>`]),
  ];
  if (lines.length === 0) return noValue;
  return html`<span class="data">${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}</span>`;
}

function moved(view: View, { before, after }: RecordedEvent): Html | string {
  if (before === after) return stageName(view, after);
  return html`${stageName(view, before)} → ${stageName(view, after)}`;
}

/** The history, newest first, with actor, reason and data of each event. */
export function eventLog(
  view: View,
  events: readonly RecordedEvent[],
  platform: PlatformConfiguration,
): Html {
  return table(view, {
    caption: { fr: 'Du plus récent au plus ancien', en: 'Newest first' },
    rows: events.toReversed(),
    columns: [
      {
        name: { fr: 'Événement', en: 'Event' },
        cell: (event) => html`${event.number}. ${view.t(eventText(event))}`,
      },
      { name: { fr: 'Quand', en: 'When' }, cell: ({ at }) => instantText(view, at) },
      { name: { fr: 'Étape', en: 'Stage' }, cell: (event) => moved(view, event) },
      {
        name: { fr: 'Auteur', en: 'Actor' },
        cell: ({ actor }) => actorName(view, actor),
      },
      {
        name: { fr: 'Motif et détails', en: 'Reason and details' },
        cell: (event) => particulars(view, event, platform),
      },
    ],
  });
}
