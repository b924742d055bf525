import { lifecycle, stages } from '../../domain/onboarding/lifecycle.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import type { Actor, OnboardingEvent } from '../../store/onboardings.ts';
import { noValue, table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { eventText, reasonText } from '../shared/layout/timeline.ts';
import type { View } from '../shared/layout/view.ts';
import { eventData } from './event-data.ts';

const actors: Readonly<Record<Actor['kind'], Text>> = {
  customer: { fr: 'Client', en: 'Customer' },
  sales: { fr: 'Équipe commerciale', en: 'Sales' },
  operator: { fr: 'Exploitation', en: 'Operator' },
  machine: { fr: 'Client d’API', en: 'API client' },
  system: { fr: 'Plateforme', en: 'Platform' },
};

function stageName(view: View, code: string): string {
  const stage = stages.find((known) => known === code);
  return stage === undefined ? code : view.t(lifecycle[stage].label);
}

/** Name of the person or program; the platform and the customer have none. */
function nameOf({ kind, id }: Actor): Html {
  return kind === 'system' || kind === 'customer' ? nothing : html`<br><span class="soft">${id}</span>`;
}

function particulars(view: View, event: OnboardingEvent, platform: PlatformConfiguration): Html | string {
  const data = eventData(view, event, platform);
  const lines = [
    ...(event.why === undefined ? [] : [html`${view.t(reasonText(event.why))}`]),
    ...(data.length === 0
      ? []
      : [html`<span class="soft">${data.join(view.t({ fr: ' ; ', en: '; ' }))}</span>`]),
  ];
  if (lines.length === 0) return noValue;
  return html`<span class="data">${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}</span>`;
}

function moved(view: View, { before, after }: OnboardingEvent): Html | string {
  if (before === after) return stageName(view, after);
  return html`${stageName(view, before)} → ${stageName(view, after)}`;
}

/** The history, newest first, with actor, reason and data of each event. */
export function eventLog(
  view: View,
  events: readonly OnboardingEvent[],
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
        cell: ({ who }) => html`${view.t(actors[who.kind])}${nameOf(who)}`,
      },
      {
        name: { fr: 'Motif et détails', en: 'Reason and details' },
        cell: (event) => particulars(view, event, platform),
      },
    ],
  });
}
