import type { Text } from '../text.ts';

/**
 * What a wave can take, or a customer asks of it: how many customers, how many effort points, how many complex
 * customers. Whole numbers, never negative.
 */
export interface CapacityVector {
  readonly customers: number;
  readonly points: number;
  readonly complex: number;
}

/** The three components in which a wave is full, as they are called. */
export const componentLabels: Readonly<Record<keyof CapacityVector, Text>> = {
  customers: { fr: 'Clients', en: 'Customers' },
  points: { fr: 'Points d’effort', en: 'Effort points' },
  complex: { fr: 'Clients complexes', en: 'Complex customers' },
};

export const noCapacity: CapacityVector = { customers: 0, points: 0, complex: 0 };

/** A wave was asked for more than it has left: somebody else took the room first. */
export class WaveFullError extends Error {
  override readonly name = 'WaveFullError';

  constructor() {
    super('The wave has no room left for this customer');
  }
}

/** More would be given back than was ever taken: a booking released twice. */
export class NothingToReleaseError extends Error {
  override readonly name = 'NothingToReleaseError';

  constructor() {
    super('More capacity would be released than is booked');
  }
}

function added(a: CapacityVector, b: CapacityVector, sign: 1 | -1): CapacityVector {
  return {
    customers: a.customers + sign * b.customers,
    points: a.points + sign * b.points,
    complex: a.complex + sign * b.complex,
  };
}

/** The components of `amount` that are larger than the same component of `limit`. */
export function componentsAbove(amount: CapacityVector, limit: CapacityVector): (keyof CapacityVector)[] {
  const components = ['customers', 'points', 'complex'] as const;
  return components.filter((component) => amount[component] > limit[component]);
}

/** What is left of a capacity; negative where an operator lowered it below what is booked. */
export function room(capacity: CapacityVector, booked: CapacityVector): CapacityVector {
  return added(capacity, booked, -1);
}

/** True when `amount` can be booked on top of `booked` without exceeding any component. */
export function fits(amount: CapacityVector, capacity: CapacityVector, booked: CapacityVector): boolean {
  return componentsAbove(amount, room(capacity, booked)).length === 0;
}

/**
 * What is booked once `amount` has been taken.
 * @throws WaveFullError when a component would be exceeded.
 */
export function take(
  amount: CapacityVector,
  capacity: CapacityVector,
  booked: CapacityVector,
): CapacityVector {
  if (!fits(amount, capacity, booked)) throw new WaveFullError();
  return added(booked, amount, 1);
}

/**
 * What is booked once `amount` has been given back.
 * @throws NothingToReleaseError when more would be given back than is booked.
 */
export function release(amount: CapacityVector, booked: CapacityVector): CapacityVector {
  if (componentsAbove(amount, booked).length > 0) throw new NothingToReleaseError();
  return added(booked, amount, -1);
}
