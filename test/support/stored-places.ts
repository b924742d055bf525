import { paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StoreBench } from '../store/bench.ts';

const amount = z.object({ customers: z.number(), points: z.number(), complex: z.number() });
const waveItem = z.object({
  ...{ sk: z.string(), kind: z.string(), capacity: amount, left: amount },
  /** Points of customers of at most 20. */
  small: z.number().optional(),
});
const bookingItem = z.object({
  pk: z.string(),
  wave: z.string(),
  status: z.string(),
  points: z.number(),
  complex: z.number(),
  /** The index that answers who is booked in a wave. */
  ownerPk: z.string(),
});
const stateItem = z.object({
  reference: z.string(),
  stage: z.string(),
  wave: z.string().optional(),
  waitingRank: z.string().optional(),
  reviewKind: z.string().optional(),
});
const seatItem = z.object({ pk: z.string(), wave: z.string() });

const components = ['customers', 'points', 'complex'] as const;

/** The items of a table that say who has which place, as they are stored: no program between reads them. */
export interface StoredPlaces {
  readonly waves: readonly z.infer<typeof waveItem>[];
  readonly bookings: readonly z.infer<typeof bookingItem>[];
  readonly seats: readonly z.infer<typeof seatItem>[];
  readonly states: readonly z.infer<typeof stateItem>[];
  /** References on the waiting list, with the rank that each is listed at. */
  readonly waiting: readonly string[];
}

export async function readStoredPlaces({
  documents,
  tableName,
}: Pick<StoreBench, 'documents' | 'tableName'>): Promise<StoredPlaces> {
  const items: Record<string, unknown>[] = [];
  const pages = paginateScan(
    { client: documents },
    {
      TableName: tableName,
      ConsistentRead: true,
      FilterExpression: 'begins_with(sk, :now) OR begins_with(pk, :calendar) OR begins_with(pk, :waiting)',
      ExpressionAttributeValues: { ':now': 'NOW#', ':calendar': 'CALENDAR#', ':waiting': 'WAITING_LIST' },
    },
  );
  for await (const { Items = [] } of pages) items.push(...Items);
  const inPartition = (start: string) => items.filter(({ pk }) => String(pk).startsWith(start));
  const called = (name: string) => items.filter(({ sk }) => sk === name);
  return {
    waves: inPartition('CALENDAR#').map((item) => waveItem.parse(item)),
    bookings: called('NOW#BOOKING').map((item) => bookingItem.parse(item)),
    seats: called('NOW#PREPARATION').map((item) => seatItem.parse(item)),
    states: called('NOW#STATE').map((item) => stateItem.parse(item)),
    waiting: inPartition('WAITING_LIST').map(({ sk }) => String(sk)),
  };
}

/**
 * What is wrong with the places that are stored, in words; nothing when all is right: no wave has given more than it has,
 * each counts what is booked in it, no customer has two places, and every customer on the waiting list is stored as waiting.
 */
export async function wrongPlaces(bench: Pick<StoreBench, 'documents' | 'tableName'>): Promise<string[]> {
  const stored = await readStoredPlaces(bench);
  return [...wrongCounts(stored), ...wrongCustomers(stored), ...wrongList(stored)];
}

function wrongCounts({ waves, bookings, seats }: StoredPlaces): readonly string[] {
  const known = new Set(waves.map(({ sk }) => sk));
  const lost = [...bookings, ...seats].filter(({ wave }) => !known.has(wave));
  return [
    ...lost.map(({ pk, wave }) => `${pk} has a place in ${wave}, which does not exist`),
    ...waves.flatMap(({ sk, capacity, left, small = 0 }) => {
      const here = bookings.filter(({ wave }) => wave === sk);
      const taken = {
        customers: here.length + seats.filter(({ wave }) => wave === sk).length,
        points: here.reduce((sum, { points }) => sum + points, 0),
        complex: here.reduce((sum, { complex }) => sum + complex, 0),
      };
      const ofSmall = here.reduce((sum, { points }) => sum + (points > 20 ? 0 : points), 0);
      const counts = components.flatMap((name) => [
        ...(left[name] < 0 ? [`${sk} is over-booked: ${left[name]} ${name} left`] : []),
        ...(capacity[name] - left[name] === taken[name]
          ? []
          : [`${sk} counts ${capacity[name] - left[name]} ${name}, ${taken[name]} are booked`]),
      ]);
      return small === ofSmall
        ? counts
        : [...counts, `${sk} counts ${small} small points, there are ${ofSmall}`];
    }),
  ];
}

function wrongCustomers({ bookings, states }: StoredPlaces): readonly string[] {
  const byReference = new Map(states.map((state) => [state.reference, state]));
  const faults: string[] = [];
  for (const { pk, wave, ownerPk } of bookings) {
    const reference = pk.slice('ONB#'.length);
    const state = byReference.get(reference);
    if (ownerPk !== `WAVE#${wave}`) faults.push(`${reference} is booked in ${wave}, listed in ${ownerPk}`);
    if (state === undefined || state.stage === 'CLOSED') faults.push(`${reference} is closed with a place`);
    if (state?.wave !== wave) faults.push(`${reference} has a place in ${wave}, and says ${state?.wave}`);
  }
  const placed = new Set(bookings.map(({ pk }) => pk));
  for (const { reference, wave, stage } of states) {
    const needsPlace = wave !== undefined && stage !== 'CLOSED';
    if (needsPlace && !placed.has(`ONB#${reference}`))
      faults.push(`${reference} has lost its place in ${wave}`);
  }
  return faults;
}

function wrongList({ states, waiting }: StoredPlaces): readonly string[] {
  const should = states
    .filter(({ stage, reviewKind }) => stage === 'WAITING_LIST' && reviewKind === undefined)
    .map(({ waitingRank, reference }) => `${waitingRank}#${reference}`);
  return [
    ...should.filter((entry) => !waiting.includes(entry)).map((entry) => `${entry} waits and is not listed`),
    ...waiting
      .filter((entry) => !should.includes(entry))
      .map((entry) => `${entry} is listed and does not wait`),
  ];
}
