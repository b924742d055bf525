import { expect, it } from 'vitest';
import { checkRace, type Race, race } from '../support/booking-race.ts';
import { readStoredPlaces } from '../support/stored-places.ts';

const bookers = 256;
const places = 64;

const days = ['2027-03-09', '2027-03-10', '2027-03-11', '2027-03-12'];
const more = ['2027-03-16', '2027-03-17', '2027-03-18', '2027-03-19'];

/** The customers and waves of the places that are stored, and what each wave says is left. */
async function placesOf({ bench }: Race) {
  const { waves, bookings, waiting } = await readStoredPlaces(bench);
  return {
    booked: bookings.length,
    customers: new Set(bookings.map(({ pk }) => pk)).size,
    left: waves.reduce((sum, { left }) => sum + left.customers, 0),
    waiting: waiting.length,
  };
}

it.each([
  { what: 'one wave', calendar: ['2027-03-09'], each: places, deliveries: 1 },
  { what: 'one wave, asked for twice by each', calendar: ['2027-03-09'], each: places, deliveries: 2 },
  { what: 'eight waves', calendar: [...days, ...more], each: places / 8, deliveries: 1 },
])(
  `gives ${places} of ${bookers} who want them at once the ${places} places of $what: none twice, none lost`,
  async ({ calendar, each, deliveries }) => {
    const run = await race(bookers, calendar, each, deliveries);
    try {
      await checkRace(run, places);
      expect(await placesOf(run)).toEqual({
        ...{ booked: places, customers: places, left: 0 },
        waiting: bookers - places,
      });
    } finally {
      await run.bench.close();
    }
  },
);
