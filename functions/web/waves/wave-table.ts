import type { Text } from '../../domain/text.ts';
import { type CapacityVector, componentLabels } from '../../domain/waves/capacity.ts';
import { type Wave, waveKindLabels } from '../../domain/waves/wave.ts';
import { table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { components, waveStateTag } from './wave-labels.ts';

/** Waves by date, with what `load` says of each component of their capacity. */
export function waveTable(
  view: View,
  caption: Text,
  rows: readonly Wave[],
  load: (view: View, wave: Wave, component: keyof CapacityVector) => Html | string,
): Html {
  return table(view, {
    caption,
    rows,
    columns: [
      {
        name: { fr: 'Bascule ou début', en: 'Cutover or start' },
        cell: ({ id, cutover }) => html`<a href="${view.href(`/waves/${id}`)}">${dayText(view, cutover)}</a>`,
      },
      { name: { fr: 'Type', en: 'Type' }, cell: ({ kind }) => view.t(waveKindLabels[kind]) },
      { name: { fr: 'État', en: 'State' }, cell: ({ state }) => waveStateTag(view, state) },
      ...components.map((component) => ({
        name: componentLabels[component],
        cell: (wave: Wave) => load(view, wave, component),
      })),
    ],
  });
}
