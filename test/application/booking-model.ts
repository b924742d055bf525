/** What a customer asks of a wave, and what a wave has. */
export interface Size {
  readonly customers: number;
  readonly points: number;
  readonly complex: number;
}

/** Sizes by the number of users, counted by hand: a point each 100 users begun, and one for the servers. */
export const sizes = {
  small: { users: 100, size: { customers: 1, points: 2, complex: 0 } },
  medium: { users: 1_500, size: { customers: 1, points: 16, complex: 0 } },
  // Above 20 points a migration is complex.
  large: { users: 2_500, size: { customers: 1, points: 26, complex: 1 } },
} as const;
export type SizeName = keyof typeof sizes;

export type Status = 'HELD' | 'CONFIRMED' | 'OFFERED' | 'WAITING' | 'REVIEW' | 'GONE';

export interface ModelPlace {
  readonly status: Status;
  readonly wave: string | undefined;
}

export interface ModelCustomer {
  readonly reference: string;
  readonly size: Size;
  place: ModelPlace;
  /** Dates that it has changed itself. */
  changes: number;
  /** Waves that it turned down, or let pass. */
  readonly turnedDown: Set<string>;
  /** Since when it has its place, at the earliest. */
  since: number;
  /** The platform took its date away, so it comes first. */
  priority: boolean;
  readonly startedOn: string;
}

export interface ModelWave {
  readonly id: string;
  state: 'OPEN' | 'FROZEN' | 'CANCELLED';
  capacity: Size;
}

/** Waves by date, customers by their start. */
export interface Model {
  readonly waves: readonly ModelWave[];
  readonly customers: ModelCustomer[];
  /** Milliseconds. */
  now: number;
}

const components = ['customers', 'points', 'complex'] as const;

export function fits(size: Size, room: Size): boolean {
  return components.every((name) => size[name] <= room[name]);
}

function added(one: Size, other: Size, sign: 1 | -1): Size {
  const [customers = 0, points = 0, complex = 0] = components.map((name) => one[name] + sign * other[name]);
  return { customers, points, complex };
}

/** What is taken of a wave. */
export function takenOf({ customers }: Model, id: string): Size {
  const none = { customers: 0, points: 0, complex: 0 };
  return customers
    .filter(({ place }) => place.wave === id)
    .reduce<Size>((sum, { size }) => added(sum, size, 1), none);
}

export function roomOf(model: Model, { id, capacity }: ModelWave): Size {
  return added(capacity, takenOf(model, id), -1);
}

/** A wave takes a customer while it is open and has room in every component. */
export function admits(model: Model, wave: ModelWave | undefined, size: Size): boolean {
  return wave?.state === 'OPEN' && fits(size, roomOf(model, wave));
}

export function waveOf({ waves }: Model, id: string | undefined): ModelWave | undefined {
  return waves.find((wave) => wave.id === id);
}

/** The first wave that takes a customer and that it has not turned down. */
export function firstFor(
  model: Model,
  size: Size,
  turnedDown: ReadonlySet<string> = new Set(),
): ModelWave | undefined {
  return model.waves.find((wave) => !turnedDown.has(wave.id) && admits(model, wave, size));
}

/** No wave that is still to come could hold the customer, were it empty. */
export function isTooLarge({ waves }: Model, size: Size): boolean {
  const live = waves.filter(({ state }) => state !== 'CANCELLED');
  return live.length > 0 && !live.some(({ capacity }) => fits(size, capacity));
}

/** What is stored of each customer, in the order of the model. */
export type Found = readonly ModelPlace[];

function isSame(one: ModelPlace, other: ModelPlace): boolean {
  return one.status === other.status && one.wave === other.wave;
}

/** A customer that waits may be offered a place whatever another customer does; everyone else keeps what it has. */
function mayBecome({ place, turnedDown }: ModelCustomer, found: ModelPlace): boolean {
  if (isSame(place, found)) return true;
  return place.status === 'WAITING' && found.status === 'OFFERED' && !turnedDown.has(found.wave ?? '');
}

/** In the order of service: those whom the platform moved, then by day of their start, then by reference. */
function orderOf({ priority, startedOn, reference }: ModelCustomer): string {
  return `${priority ? 0 : 1} ${startedOn} ${reference}`;
}

/** Customers that still wait although one behind them was offered a place that would have been theirs. */
function overtaken(model: Model, offered: readonly ModelCustomer[]): readonly string[] {
  const waiting = model.customers.filter(({ place }) => place.status === 'WAITING');
  return offered.flatMap((customer) => {
    const wave = waveOf(model, customer.place.wave);
    if (wave === undefined) return [];
    const room = added(roomOf(model, wave), customer.size, 1);
    return waiting
      .filter((other) => orderOf(other) < orderOf(customer) && !other.turnedDown.has(wave.id))
      .filter(({ size }) => fits(size, room))
      .map(({ reference }) => `${customer.reference} was offered ${wave.id} before ${reference}`);
  });
}

/** Customers that wait although a wave has room for them: a lost place. */
function leftWaiting(model: Model): readonly string[] {
  return model.customers.flatMap(({ reference, place, size, turnedDown }) => {
    const wave = place.status === 'WAITING' ? firstFor(model, size, turnedDown) : undefined;
    return wave === undefined ? [] : [`${reference} waits, and ${wave.id} has room for it`];
  });
}

/** What may have changed beside what a command did itself. */
export interface Scope {
  /** Customers whose places the command decides. */
  readonly touched: ReadonlySet<ModelCustomer>;
  /** Several things happened one after another: who was first is not seen. */
  readonly severalRounds: boolean;
  /** When the command began: what it led to may have begun at once. */
  readonly from: number;
}

/** Takes over what was found after a command; gives what the rules do not allow. */
export function follow(
  model: Model,
  found: Found,
  { touched, severalRounds, from }: Scope,
): readonly string[] {
  const faults: string[] = [];
  const offered: ModelCustomer[] = [];
  const before = model.customers.map(({ place }) => place);
  for (const [index, customer] of model.customers.entries()) {
    const place = found[index];
    if (place === undefined) throw new Error('A customer is not stored');
    const was = customer.place;
    if (!touched.has(customer) && !mayBecome(customer, place)) {
      faults.push(`${customer.reference} had ${JSON.stringify(was)}, and has ${JSON.stringify(place)}`);
    }
    if (isSame(was, place)) continue;
    customer.place = place;
    customer.since = from;
    if (place.status === 'HELD' || place.status === 'CONFIRMED') customer.priority = false;
    if (place.status === 'OFFERED' && before[index]?.status === 'WAITING') offered.push(customer);
  }
  return [...faults, ...(severalRounds ? [] : overtaken(model, offered)), ...leftWaiting(model)];
}
