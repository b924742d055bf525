import * as z from 'zod/mini';
import { WaveNotFoundError } from '../domain/errors.ts';
import { system } from '../domain/onboarding/actor.ts';
import type { RoomGivenBack, RoomTaken } from '../domain/onboarding/effects.ts';
import type { CapacityVector } from '../domain/waves/capacity.ts';
import { type Wave, type WaveState, waveKinds, waveStates } from '../domain/waves/wave.ts';
import type { Clock } from '../platform/clock.ts';
import { indexKeys, keys, referenceOf } from './keys.ts';
import type { PageRequest } from './lists.ts';
import { othersOf, withOthers } from './other-attributes.ts';
import { noRequest, type RequestKeeper } from './requests.ts';
import { ConditionFailedError, type Item, type Page, type Table, type Write, written } from './table.ts';
import { type NoteUnreadable, readEach, readItem } from './unreadable.ts';
import { toWaveEvent, type WaveAct, type WaveEvent, waveEventItem } from './wave-events.ts';
import { putIf, putNew } from './writes.ts';

const count = z.int().check(z.nonnegative());
const vector = z.object({ customers: count, points: count, complex: count });
const waveItem = z.object({
  id: z.string(),
  site: z.string(),
  kind: z.enum(waveKinds),
  state: z.enum(waveStates),
  cutover: z.string(),
  capacity: vector,
  left: vector,
  /** Points of customers that are not large. */
  small: z.optional(z.int()),
  /** Points booked while `small` was counted: others than those booked once an earlier release has not counted it. */
  counted: z.optional(z.int()),
  failedCutovers: z.optional(count),
  /** Hash of the last change of its history. */
  eventHash: z.optional(z.string()),
  version: count,
});
type WaveItem = z.infer<typeof waveItem>;

export interface StoredWave extends Wave {
  readonly version: number;
  /** Hash of the last change that is chained in its history; absent for none. */
  readonly eventHash?: string | undefined;
  /** Points booked while `small` was counted; absent for none. */
  readonly counted?: number;
  /** An earlier release has booked in it, or given back, without counting `small`. */
  readonly uncounted?: true;
}

function toWave(item: Item): StoredWave {
  const { left, small, counted = 0, ...wave } = z.parse(waveItem, item);
  const stored = {
    ...wave,
    ...(small === undefined || small === 0 ? {} : { small }),
    ...(counted === 0 ? {} : { counted }),
    ...(counted === wave.capacity.points - left.points ? {} : ({ uncounted: true } as const)),
    booked: {
      customers: wave.capacity.customers - left.customers,
      points: wave.capacity.points - left.points,
      complex: wave.capacity.complex - left.complex,
    },
  };
  return withOthers(stored, item, waveItem.shape);
}

/** What of a wave is counted and chained beside what people change. */
type Kept = Pick<WaveItem, 'version' | 'counted' | 'eventHash'>;

function toItem(wave: Wave, { version, counted, eventHash }: Kept): WaveItem {
  const { id, site, kind, state, cutover, capacity, booked, small, failedCutovers } = wave;
  return {
    id,
    site,
    kind,
    state,
    cutover,
    capacity: { ...capacity },
    left: {
      customers: capacity.customers - booked.customers,
      points: capacity.points - booked.points,
      complex: capacity.complex - booked.complex,
    },
    ...(small === undefined ? {} : { small }),
    ...(counted === undefined ? {} : { counted }),
    ...(failedCutovers === undefined ? {} : { failedCutovers }),
    ...(eventHash === undefined ? {} : { eventHash }),
    version,
  };
}

const names = {
  '#left': 'left',
  '#customers': 'customers',
  '#points': 'points',
  '#complex': 'complex',
};

/** SET expression that adds to (or takes from) each component of the room left, and counts points the other way. */
function roomMoved(sign: '+' | '-'): string {
  const components = ['customers', 'points', 'complex'] as const;
  const moved = components.map((part) => `#left.#${part} = #left.#${part} ${sign} :${part}`);
  const other = sign === '-' ? '+' : '-';
  const small = `#small = if_not_exists(#small, :none) ${other} :small`;
  const counted = `counted = if_not_exists(counted, :none) ${other} :points`;
  return `SET ${[...moved, small, counted].join(', ')}`;
}

function amountValues(amount: CapacityVector) {
  return { ':customers': amount.customers, ':points': amount.points, ':complex': amount.complex };
}

const smallNames = { ...names, '#small': 'small' };

/** The condition that nothing was booked or given back in a wave, and no operator has changed it, since it was read. */
const sameRoom =
  'version = :version AND #left.#customers = :customers AND #left.#points = :points AND #left.#complex = :complex AND (attribute_not_exists(#small) OR #small = :small)';

function roomRead(wave: StoredWave) {
  const { left } = toItem(wave, wave);
  return { ':version': wave.version, ...amountValues(left), ':small': wave.small ?? 0 };
}

function movedValues({ amount, small }: Pick<RoomTaken, 'amount' | 'small'>) {
  return { ...amountValues(amount), ':small': small, ':none': 0 };
}

/**
 * Takes room in a wave as part of a transaction; the guard `room` fails when there is not enough, it is not open, or it
 * was put to another date since it was chosen.
 */
export function takeRoom({ wave, amount, small, keeps }: RoomTaken): Write {
  // A wave that counts nothing yet has room: the customer itself fits beside what is kept.
  const leaves =
    keeps === undefined
      ? ''
      : ' AND #capacity.#points = :of AND (attribute_not_exists(#small) OR #small <= :most)';
  return {
    guards: 'room',
    item: {
      Update: {
        TableName: '',
        Key: keys.wave(wave.site, wave.id),
        UpdateExpression: roomMoved('-'),
        ConditionExpression: `#state = :open AND cutover = :cutover AND #left.#customers >= :customers AND #left.#points >= :points AND #left.#complex >= :complex${leaves}`,
        ExpressionAttributeNames: {
          ...{ ...smallNames, '#state': 'state' },
          ...(keeps === undefined ? {} : { '#capacity': 'capacity' }),
        },
        ExpressionAttributeValues: {
          ...movedValues({ amount, small }),
          ...{ ':open': 'OPEN', ':cutover': wave.cutover },
          ...(keeps === undefined ? {} : { ':of': keeps.of, ':most': keeps.of - keeps.kept - small }),
        },
      },
    },
  };
}

type Update = NonNullable<Write['item']['Update']>;

/** Updates a wave that exists. */
function updated(
  { site, id }: Pick<Wave, 'site' | 'id'>,
  update: Pick<Update, 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>,
): Write {
  const Update = {
    ...{ TableName: '', Key: keys.wave(site, id), ConditionExpression: 'attribute_exists(pk)' },
    ...update,
  };
  return { guards: 'wave', item: { Update } };
}

/** Gives room back to a wave as part of the transaction that takes the booking away. */
export function giveRoomBack({ wave, amount, small }: RoomGivenBack): Write {
  return updated(wave, {
    UpdateExpression: roomMoved('+'),
    ExpressionAttributeNames: smallNames,
    ExpressionAttributeValues: movedValues({ amount, small }),
  });
}

/** Counts a cutover of a wave that did not take place, as part of the transaction that records it. */
export function countFailedCutover(wave: Pick<Wave, 'site' | 'id'>): Write {
  return updated(wave, {
    UpdateExpression: 'ADD failedCutovers :one',
    ExpressionAttributeValues: { ':one': 1 },
  });
}

/** The condition that a wave is in one of these states, as part of a transaction that counts on it. */
export function requireWave({ site, id }: Pick<Wave, 'site' | 'id'>, states: readonly WaveState[]): Write {
  const values = states.map((state, index) => [`:state${index}`, state] as const);
  return {
    guards: 'wave',
    item: {
      ConditionCheck: {
        TableName: '',
        Key: keys.wave(site, id),
        ConditionExpression: `#state IN (${values.map(([name]) => name).join(', ')})`,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: Object.fromEntries(values),
      },
    },
  };
}

/** Whoever else changes a wave is named. */
const byPlatform: WaveAct = { actor: system };

interface CalendarRead {
  readonly consistent?: boolean;
}

export interface WholeCalendar {
  readonly items: readonly StoredWave[];
  readonly unreadable: readonly string[];
}

export interface Waves {
  /** Every wave of the sites that can be read, by site and date. */
  calendar(sites: readonly string[], options?: CalendarRead): Promise<readonly StoredWave[]>;
  /** The same, with the ids of those that this release cannot read. */
  wholeCalendar(sites: readonly string[], options?: CalendarRead): Promise<WholeCalendar>;
  /** @throws WaveNotFoundError */
  get(site: string, id: string): Promise<StoredWave>;
  /** Adds a wave, with the first entry of its history; false when it was there before. */
  create(wave: Wave, act?: WaveAct): Promise<boolean>;
  /** Replaces what an operator may change, provided it has not changed since it was read; its history says so. */
  replace(before: StoredWave, after: Wave, act?: WaveAct): Promise<boolean>;
  /**
   * Stores what was counted in a wave of an earlier release: the points of its customers that are not large. False when it
   * has changed since it was read.
   */
  putSmall(before: StoredWave, points: number): Promise<boolean>;
  /** The changes of a wave, the latest first; those of earlier releases were not recorded. */
  history(wave: string, page: PageRequest): Promise<Page<WaveEvent>>;
  /** References of the onboardings booked in a wave, a page of them. */
  bookedIn(wave: string, page: PageRequest): Promise<Page<string>>;
}

export function createWaves(
  table: Table,
  clock: Clock,
  note: NoteUnreadable,
  request: RequestKeeper = noRequest,
): Waves {
  function eventOf(wave: Wave, before: StoredWave | undefined, act: WaveAct) {
    const number = (before?.version ?? 0) + 1;
    const at = clock.now().toISOString();
    return waveEventItem(wave, before, { number, at, ...act });
  }

  async function create(wave: Wave, act = byPlatform): Promise<boolean> {
    const event = eventOf(wave, undefined, act);
    const item = { ...keys.wave(wave.site, wave.id), ...toItem(wave, { version: 1, eventHash: event.hash }) };
    const kept = request.writes({ wave: wave.id });
    try {
      await table.write([putNew('wave', item), putNew('event', event), ...kept]);
      request.kept();
      return true;
    } catch (error) {
      if (error instanceof ConditionFailedError && error.guard === 'wave') return false;
      throw error;
    }
  }

  async function wholeCalendar(sites: readonly string[], options?: CalendarRead): Promise<WholeCalendar> {
    const pages = await Promise.all(
      sites.map((site) => table.query(keys.wave(site, '').pk, { consistent: options?.consistent === true })),
    );
    return readEach(
      pages.flatMap(({ items }) => items),
      toWave,
      note,
    );
  }

  return {
    calendar: async (sites, options) => (await wholeCalendar(sites, options)).items,
    wholeCalendar,
    get: async (site, id) => {
      const item = await table.get(keys.wave(site, id));
      if (item === undefined) throw new WaveNotFoundError();
      return readItem(item, toWave, note);
    },
    create,
    replace: (before, after, act = byPlatform) => {
      const event = eventOf(after, before, act);
      const item = { ...othersOf(before), ...keys.wave(after.site, after.id) };
      const kept = { version: before.version + 1, counted: before.counted, eventHash: event.hash };
      return written(table, [
        putIf(
          'wave',
          { ...item, ...toItem(after, kept) },
          {
            // What is counted is part of the condition: a booking between the read and this write must not be undone.
            // Room is compared by component, since not every DynamoDB server compares maps.
            ConditionExpression: `${sameRoom} AND (attribute_not_exists(failedCutovers) OR failedCutovers = :failed)`,
            ExpressionAttributeNames: smallNames,
            ExpressionAttributeValues: {
              ...roomRead(before),
              // None before the first.
              ':failed': before.failedCutovers ?? 0,
            },
          },
        ),
        putNew('event', event),
      ]);
    },
    putSmall: (before, points) =>
      written(table, [
        {
          guards: 'wave',
          item: {
            Update: {
              TableName: '',
              Key: keys.wave(before.site, before.id),
              UpdateExpression: 'SET #small = :sum, counted = :booked',
              ConditionExpression: sameRoom,
              ExpressionAttributeNames: smallNames,
              ExpressionAttributeValues: {
                ...roomRead(before),
                ...{ ':sum': points, ':booked': before.booked.points },
              },
            },
          },
        },
      ]),
    history: async (wave, page) => {
      const { pk, prefix } = keys.waveEvents(wave);
      const { items, ...rest } = await table.query(pk, { ...page, prefix, newestFirst: true });
      const read = readEach(items, toWaveEvent, note);
      return { ...rest, ...read };
    },
    bookedIn: async (wave, page) => {
      const { items, ...rest } = await table.queryIndex('byOwner', indexKeys.booked(wave, '').ownerPk, page);
      return { ...rest, items: items.map(referenceOf) };
    },
  };
}
