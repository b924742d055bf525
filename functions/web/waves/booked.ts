import { organisationName } from '../../domain/intake/scope-names.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { Page } from '../../store/table.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { pagination, table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { stageTag } from '../shared/layout/stage-tag.ts';
import type { View } from '../shared/layout/view.ts';
import { firstIfWrong } from '../shared/staff/read-list.ts';
import { bookingLabels } from '../shared/staff/status-summary.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';

/** Customers on a page, whatever is booked. */
const rowsAPage = 50;

/** A page of the onboardings with a place in a wave. */
export async function readBooked(
  { store }: WebDependencies,
  { id }: Wave,
  cursor?: string,
): Promise<Page<Snapshot>> {
  const page = await firstIfWrong(cursor, (start) =>
    store.lists.placesIn(id, { limit: rowsAPage, ...start }),
  );
  return { ...page, items: page.items.filter(({ booking }) => booking?.wave === id) };
}

/** The bookings of a wave, with stage and status. */
export function bookedList(
  view: View,
  { id }: Wave,
  { items, unreadable = [], cursor }: Page<Snapshot>,
): Html {
  return html`${unreadableNotice(view, unreadable)}${bookedTable(view, items)}
${pagination(view, { path: `/waves/${id}`, cursor })}`;
}

function bookedTable(view: View, rows: readonly Snapshot[]): Html {
  if (rows.length === 0) return html`<p>${view.t({ fr: 'Aucune réservation.', en: 'No bookings.' })}</p>`;
  return table(view, {
    caption: { fr: 'Clients ayant réservé', en: 'Booked customers' },
    rows,
    columns: [
      {
        name: { fr: 'Organisme', en: 'Organisation' },
        cell: ({ state }) =>
          html`<a href="${view.href(`/operations/${state.reference}`)}">${organisationName(state)}</a>`,
      },
      {
        name: { fr: 'Référence', en: 'Reference' },
        cell: ({ state }) => html`<span class="code">${state.reference}</span>`,
      },
      { name: { fr: 'Étape', en: 'Stage' }, cell: ({ state }) => stageTag(view, state) },
      {
        name: { fr: 'Place', en: 'Place' },
        cell: ({ booking }) => {
          if (booking === undefined) return '';
          const status = view.t(bookingLabels[booking.status]);
          return booking.holdUntil === undefined
            ? status
            : view.t({
                fr: `${status}, jusqu’au ${instantText(view, booking.holdUntil)}`,
                en: `${status}, until ${instantText(view, booking.holdUntil)}`,
              });
        },
      },
      {
        name: { fr: 'Points', en: 'Points' },
        cell: ({ booking }) =>
          booking === undefined
            ? ''
            : `${booking.points}${booking.complex > 0 ? view.t({ fr: ', complexe', en: ', complex' }) : ''}`,
      },
    ],
  });
}
