import { midSentence, type Text } from '../../domain/text.ts';
import { componentLabels } from '../../domain/waves/capacity.ts';
import { type Wave, waveStateLabels } from '../../domain/waves/wave.ts';
import type { Page } from '../../store/table.ts';
import type { WaveEvent, WaveFacts } from '../../store/wave-events.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { noValue, table } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorName } from '../shared/staff/actor-name.ts';
import { componentsOf } from './capacity-fields.ts';

/** Changes on the page of a wave. */
const mostShown = 50;

export function readHistory({ store }: WebDependencies, { id }: Pick<Wave, 'id'>): Promise<Page<WaveEvent>> {
  return store.waves.history(id, { limit: mostShown });
}

const created: Text = { fr: 'Vague ajoutée', en: 'Wave added' };

function stateText(before: WaveFacts, after: WaveFacts): Text {
  if (before.state === 'FROZEN' && after.state === 'OPEN') return { fr: 'Rouverte', en: 'Reopened' };
  return waveStateLabels[after.state];
}

/** What a change of a wave changed: one line each. */
function changesOf(view: View, wave: Wave, { before, after }: WaveEvent): readonly string[] {
  const state = view.t(waveStateLabels[after.state]);
  if (before === undefined) return [`${view.t(created)} (${state})`];
  const name = (component: keyof typeof componentLabels) => view.t(midSentence(componentLabels[component]));
  return [
    ...(before.state === after.state ? [] : [view.t(stateText(before, after))]),
    ...(before.cutover === after.cutover
      ? []
      : [`${dayText(view, before.cutover)} → ${dayText(view, after.cutover)}`]),
    ...componentsOf(wave.kind)
      .filter((component) => before.capacity[component] !== after.capacity[component])
      .map((component) => `${before.capacity[component]} → ${after.capacity[component]} ${name(component)}`),
  ];
}

const beforeHistory: Text = {
  fr: 'Cette vague a été ajoutée avant que l’historique soit tenu : les changements antérieurs n’y figurent pas.',
  en: 'This wave was added before its history was kept: earlier changes are not in it.',
};

/** Why it was changed, and why it may grow more than the rule admits. */
function reasonsOf(view: View, { reason, growthReason }: WaveEvent) {
  if (growthReason === undefined) return reason ?? noValue;
  const growth = `${view.t({ fr: 'Croissance : ', en: 'Growth: ' })}${growthReason}`;
  return reason === undefined ? growth : html`${reason}<br>${growth}`;
}

/** Who changed a wave, when and why, the latest first. */
export function historyTable(view: View, wave: Wave, { items, cursor }: Page<WaveEvent>): Html {
  const isWhole = cursor !== undefined || items.at(-1)?.number === 1;
  const note = isWhole ? '' : html`<p>${view.t(beforeHistory)}</p>`;
  if (items.length === 0) return html`${note}`;
  return html`${table(view, {
    caption: { fr: 'Du plus récent au plus ancien', en: 'Newest first' },
    rows: items,
    columns: [
      { name: { fr: 'Quand', en: 'When' }, cell: ({ at }) => instantText(view, at) },
      {
        name: { fr: 'Changement', en: 'Change' },
        cell: (event) => {
          const changes = changesOf(view, wave, event);
          return changes.length === 0 ? noValue : changes.join(view.t({ fr: ' ; ', en: '; ' }));
        },
      },
      { name: { fr: 'Auteur', en: 'Actor' }, cell: ({ actor }) => actorName(view, actor) },
      { name: { fr: 'Motif', en: 'Reason' }, cell: (event) => reasonsOf(view, event) },
    ],
  })}${note}`;
}
