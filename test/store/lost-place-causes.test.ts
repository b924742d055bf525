import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lostPlaceCauses, type Message } from '../../functions/domain/onboarding/messages.ts';
import type { Booking } from '../../functions/domain/onboarding/state.ts';
import { fromBooking, toBooking } from '../../functions/store/stored-onboarding.ts';
import { fromMessage, toEntry } from '../../functions/store/stored-outbox.ts';

/** As the release before this one reads them. */
const causesBefore = z.enum([
  'silence',
  'platform',
  'no_go',
  'no_decision',
  'review_open',
  'answers_awaited',
  'condition',
  'unsuited',
]);
const bookingBefore = z.object({
  leftFor: causesBefore.optional(),
  movedFrom: z
    .object({ site: z.string(), cutover: z.string(), reason: z.string(), asked: z.boolean().optional() })
    .optional(),
});
const lostBefore = z.object({ site: z.string(), cutover: z.string(), by: causesBefore });

const place = { site: 'paris', cutover: '2027-03-09' } as const;
const booking: Booking = {
  ...{ ...place, wave: 'paris-2027-03-09', status: 'TO_MOVE', points: 4, complex: 0 },
  bookedAt: '2026-11-23T08:00:00.000Z',
};

function entryOf(message: Message) {
  return toEntry({
    ...{ pk: 'OUTBOX#1', sk: 'x', reference: 'K7F4-M3XJ', version: 2, at: '2026-11-23T08:00:00.000Z' },
    messages: [fromMessage(message)],
  });
}

describe.each(lostPlaceCauses)('a place that is lost for %s', (by) => {
  it('is read as it was stored, here and by the release before', () => {
    const left: Booking = { ...booking, leftFor: by, movedFrom: { ...place, by } };
    const item = fromBooking(left);
    expect(toBooking(item)).toEqual(left);
    const before = bookingBefore.parse(item);
    expect(before.movedFrom).toBeUndefined();
    // To that release, no cause means that the customer has not been told yet.
    const told = by !== 'wave_cancelled' && by !== 'group_order' && by !== 'operators';
    expect(before.leftFor !== undefined).toBe(told);
  });

  it('is named in a mail that both releases can send', () => {
    const message = { kind: 'mail', template: 'place_lost', to: 'customer', lost: { ...place, by } } as const;
    expect(entryOf(message).messages).toEqual([message]);
    const { lost } = z.object({ lost: lostBefore }).parse(fromMessage(message));
    expect(lost.by === by || lost.by === 'platform').toBe(true);
  });
});

it('a move by operators keeps the spelling that it was first stored with', () => {
  const moved: Booking = {
    ...booking,
    status: 'HELD',
    movedFrom: { ...place, reason: 'Travaux', asked: true },
  };
  const item = fromBooking(moved);
  expect(bookingBefore.parse(item).movedFrom).toEqual(moved.movedFrom);
  expect(toBooking(item)).toEqual(moved);
});
