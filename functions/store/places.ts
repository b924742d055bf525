import { placeDueAt } from '../domain/onboarding/place-due.ts';
import type { Booking } from '../domain/onboarding/state.ts';
import { type DueList, dueListOf } from './due-list.ts';
import { indexKeys, keys, referenceOf } from './keys.ts';
import { fromBooking, toBooking } from './stored-onboarding.ts';
import type { Item, Table } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';

/** The item of a place in a wave. While something falls due on it by itself, it is in the list of places by date. */
export function bookingItem(reference: string, booking: Booking): Item {
  const due = placeDueAt(booking);
  return {
    ...keys.booking(reference),
    ...fromBooking(booking),
    ...indexKeys.booked(booking.wave, reference),
    ...(due === undefined ? {} : indexKeys.place(due, reference)),
  };
}

/** Places that are held or offered, by the date on which something is due. */
export interface Places extends DueList {
  /**
   * Lists the places of these onboardings that an earlier release stored without a due date.
   *
   * @returns how many there were.
   */
  list(references: readonly string[]): Promise<number>;
}

export function createPlaces(table: Table, note: NoteUnreadable): Places {
  return {
    ...dueListOf(table, indexKeys.place('', '').duePk),
    list: async (references) => {
      const items = await table.getAll(references.map((reference) => keys.booking(reference)));
      let listed = 0;
      const read = (item: Item) => ({ item, booking: toBooking(item) });
      for (const { item, booking } of readEach(items, read, note).items) {
        if (item['duePk'] !== undefined || placeDueAt(booking) === undefined) continue;
        const reference = referenceOf({ pk: String(item['pk']), sk: String(item['sk']) });
        const stored = await table.putIf(bookingItem(reference, booking), {
          ConditionExpression:
            'attribute_not_exists(duePk) AND wave = :wave AND bookedAt = :bookedAt AND #status = :status',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':wave': booking.wave,
            ':bookedAt': booking.bookedAt,
            ':status': booking.status,
          },
        });
        if (stored) listed += 1;
      }
      return listed;
    },
  };
}
