import { type Gate, gatesOf, type Wave } from '../../domain/waves/wave.ts';
import { table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

/** Days from the cutover in planning notation: `J−35`, `J` on the day itself, `J+7`. */
export function offsetText(view: View, { offset }: Pick<Gate, 'offset'>): string {
  const days = offset === 0 ? '' : `${offset < 0 ? '−' : '+'}${Math.abs(offset)}`;
  return view.t({ fr: `J${days}`, en: `T${days}` });
}

/** The days of the gates; nothing for a preparation wave, which has none. */
export function gatesTable(view: View, wave: Pick<Wave, 'kind' | 'cutover'>): Html {
  const rows = gatesOf(wave);
  if (rows.length === 0) return nothing;
  return table(view, {
    caption: { fr: 'Jalons par date', en: 'Gates by date' },
    rows,
    columns: [
      { name: { fr: 'Jalon', en: 'Gate' }, cell: ({ label }) => view.t(label) },
      { name: { fr: 'Date', en: 'Date' }, cell: ({ date }) => dayText(view, date) },
      {
        name: { fr: 'Jours', en: 'Days' },
        cell: (gate) => offsetText(view, gate),
        number: true,
      },
    ],
  });
}
