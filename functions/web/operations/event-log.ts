import { lifecycle, stages } from '../../domain/lifecycle.ts';
import type { Text } from '../../domain/text.ts';
import type { Actor, OnboardingEvent } from '../../store/onboardings.ts';
import { table } from '../layout/components.ts';
import { instantText } from '../layout/dates.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { eventText } from '../layout/timeline.ts';
import type { View } from '../layout/view.ts';

const actors: Readonly<Record<Actor['kind'], Text>> = {
  customer: { fr: 'Client', en: 'Customer' },
  sales: { fr: 'Équipe commerciale', en: 'Sales' },
  operator: { fr: 'Exploitation', en: 'Operator' },
  machine: { fr: 'Système autorisé', en: 'Authorised system' },
  system: { fr: 'Plateforme', en: 'Platform' },
};

function stageName(view: View, code: string): string {
  const stage = stages.find((known) => known === code);
  return stage === undefined ? code : view.t(lifecycle[stage].label);
}

/** The codes and ids an event carries; it never carries answers or personal data. */
function dataText({ data = {} }: OnboardingEvent): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

function moved(view: View, { before, after }: OnboardingEvent): Html | string {
  if (before === after) return stageName(view, after);
  return html`${stageName(view, before)} → ${stageName(view, after)}`;
}

/** Everything that happened, newest first, with who did it, why, and what the record says besides. */
export function eventLog(view: View, events: readonly OnboardingEvent[]): Html {
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
        name: { fr: 'Qui', en: 'Who' },
        cell: ({ who }) => html`${view.t(actors[who.kind])}<br><span class="soft">${who.id}</span>`,
      },
      {
        name: { fr: 'Pourquoi et données', en: 'Why and data' },
        cell: (event) => {
          const data = dataText(event);
          if (event.why === undefined && data === '') return '–';
          const why = event.why === undefined ? nothing : html`${event.why}`;
          const both = event.why !== undefined && data !== '';
          return html`${why}${both ? html`<br>` : nothing}<span class="soft">${data}</span>`;
        },
      },
    ],
  });
}
