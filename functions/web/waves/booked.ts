import { type BookedCustomer, bookedCustomers } from '../../application/booked-customers.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { Page } from '../../store/table.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { noValue, pagination, table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { stageTag } from '../shared/layout/stage-tag.ts';
import type { View } from '../shared/layout/view.ts';
import { firstIfWrong } from '../shared/staff/read-list.ts';
import { bookingLabels } from '../shared/staff/status-summary.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { openMattersList } from './open-matters.ts';

/** Customers on a page, whatever is booked. */
const rowsAPage = 50;

/** A page of the customers with a place in a wave. */
export function readBooked(
  deps: WebDependencies,
  wave: Wave,
  cursor?: string,
): Promise<Page<BookedCustomer>> {
  return firstIfWrong(cursor, (start) => bookedCustomers(deps, wave, { limit: rowsAPage, ...start }));
}

/** The bookings of a wave, with stage, status and what is open before the cutover. */
export function bookedList(
  view: View,
  { id }: Wave,
  { items, unreadable = [], cursor }: Page<BookedCustomer>,
  today: CalendarDate,
): Html {
  return html`${unreadableNotice(view, unreadable)}${bookedTable(view, items, today)}
${pagination(view, { path: `/waves/${id}`, cursor })}`;
}

function bookedTable(view: View, rows: readonly BookedCustomer[], today: CalendarDate): Html {
  if (rows.length === 0) return html`<p>${view.t({ fr: 'Aucune réservation.', en: 'No bookings.' })}</p>`;
  return table(view, {
    caption: { fr: 'Clients ayant réservé', en: 'Booked customers' },
    rows,
    columns: [
      {
        name: { fr: 'Organisme', en: 'Organisation' },
        cell: ({ snapshot: { state } }) =>
          html`<a href="${view.href(`/operations/${state.reference}`)}">${organisationName(state)}</a>`,
      },
      {
        name: { fr: 'Référence', en: 'Reference' },
        cell: ({ snapshot: { state } }) => html`<span class="code">${state.reference}</span>`,
      },
      { name: { fr: 'Étape', en: 'Stage' }, cell: ({ snapshot: { state } }) => stageTag(view, state) },
      {
        name: { fr: 'Place', en: 'Place' },
        cell: ({ booking }) => {
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
        name: { fr: 'Reste à régler', en: 'Left to settle' },
        cell: (customer) => openMattersList(view, customer, today) ?? noValue,
      },
      {
        name: { fr: 'Points', en: 'Points' },
        cell: ({ booking }) =>
          `${booking.points}${booking.complex > 0 ? view.t({ fr: ', complexe', en: ', complex' }) : ''}`,
      },
    ],
  });
}
