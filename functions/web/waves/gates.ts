import { gatesOf, type Wave } from '../../domain/waves/wave.ts';
import { table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

/** Days from the cutover in planning notation: `−35`, empty on the day itself, `+7`. */
function offsetText(offset: number): string {
  if (offset === 0) return '';
  return `${offset < 0 ? '−' : '+'}${Math.abs(offset)}`;
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
        cell: ({ offset }) => view.t({ fr: `J${offsetText(offset)}`, en: `T${offsetText(offset)}` }),
        number: true,
      },
    ],
  });
}
