import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Histories, openHistories } from '../support/booking-histories.ts';
import { type Act, booking, type Calendar } from '../support/booking-rules.ts';
import { isLinearizable, type Recorded } from '../support/linearizable.ts';

const histories = 200;
const inBatch = 50;
const batches = Array.from({ length: histories / inBatch }, (_, index) => index * inBatch + 1);

describe('bookings by several at once, with deaths and repeats', () => {
  let played: Histories;
  beforeAll(async () => {
    played = await openHistories();
  });
  afterAll(() => played.close());

  it.each(batches)(
    `have an order that explains them, in each of ${inBatch} histories from %i`,
    async (from) => {
      for (let seed = from; seed < from + inBatch; seed += 1)
        expect(await played.play(seed), `seed ${seed}`).toEqual([]);
      expect(await played.wrong()).toEqual([]);
    },
  );
});

describe('the checker of histories', () => {
  const march = 'paris-2027-03-09';
  const april = 'paris-2027-04-20';
  const first: Calendar = {
    customers: [
      { status: 'HELD', wave: march, changes: 0 },
      { status: 'HELD', wave: march, changes: 0 },
    ],
    waves: { [march]: { open: true, places: 2 }, [april]: { open: true, places: 1 } },
  };
  const chosen = (customer: number, began: number, ended: number, outcome = 'done'): Recorded<Act> => ({
    act: { kind: 'choose', customer, to: april },
    ...{ began, ended, outcome },
  });
  const withPlaces = (...customers: Calendar['customers']): Calendar => ({ ...first, customers });
  const there = { status: 'CONFIRMED', wave: april, changes: 1 } as const;
  const here = { status: 'HELD', wave: march, changes: 0 } as const;
  const explained = (last: Calendar, ...history: readonly Recorded<Act>[]) =>
    isLinearizable(booking, { first, last, history });

  it('explains one choice that wins and one that is refused', () => {
    const both = [chosen(0, 1, 4), chosen(1, 2, 3, 'DateNotPossibleError')];
    expect(explained(withPlaces(there, here), ...both)).toBe(true);
  });

  it.each<readonly [string, Calendar, readonly Recorded<Act>[]]>([
    ['two who get the last place', withPlaces(there, there), [chosen(0, 1, 3), chosen(1, 2, 4)]],
    ['a place that is lost', withPlaces(here, here), [chosen(0, 1, 2)]],
    [
      'a refusal before the place was taken',
      withPlaces(there, here),
      [chosen(1, 1, 2, 'DateNotPossibleError'), chosen(0, 3, 4)],
    ],
    ['a change that no one made', withPlaces(there, here), []],
  ])('does not explain %s', (_what, last, history) => {
    expect(explained(last, ...history)).toBe(false);
  });

  it('takes an act whose caller died as done, or not', () => {
    for (const last of [withPlaces(there, here), first]) {
      expect(explained(last, chosen(0, 1, 2, 'unknown'))).toBe(true);
    }
  });
});
