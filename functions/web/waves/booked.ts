import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import { unlessUnreadable } from '../../store/unreadable.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { stageTag } from '../shared/layout/stage-tag.ts';
import type { View } from '../shared/layout/view.ts';
import { bookingLabels } from '../shared/staff/status-summary.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';

/** The most bookings shown: each is read for it. */
const mostShown = 200;

/** The onboardings with a place in a wave. */
interface Booked {
  readonly rows: readonly Snapshot[];
  /** References of those that this release cannot read. */
  readonly unreadable: readonly string[];
  /** How many there are beyond those shown. */
  readonly more: number;
}

export async function readBooked({ store }: WebDependencies, { id }: Wave): Promise<Booked> {
  const references = await store.waves.bookedIn(id);
  const shown = references.slice(0, mostShown);
  const found = await Promise.all(
    shown.map((reference) => unlessUnreadable(() => store.onboardings.now(reference))),
  );
  return {
    rows: found.flatMap((each) => (each?.booking?.wave === id ? [each] : [])),
    unreadable: shown.filter((_, index) => found[index] === undefined),
    more: references.length - shown.length,
  };
}

/** The bookings of a wave, with stage and status. */
export function bookedList(view: View, { rows, unreadable, more }: Booked): Html {
  return html`${unreadableNotice(view, unreadable)}${bookedTable(view, rows, more)}`;
}

function bookedTable(view: View, rows: readonly Snapshot[], more: number): Html {
  if (rows.length === 0) return html`<p>${view.t({ fr: 'Aucune réservation.', en: 'No bookings.' })}</p>`;
  return table(view, {
    caption: {
      fr: `Clients ayant réservé${more > 0 ? ` : les ${mostShown} premiers` : ''}`,
      en: `Booked customers${more > 0 ? `: the first ${mostShown}` : ''}`,
    },
    rows,
    columns: [
      {
        name: { fr: 'Organisme', en: 'Organisation' },
        cell: ({ state }) => html`<a href="${view.href(`/operations/${state.reference}`)}">${state.name}</a>`,
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
