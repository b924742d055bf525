import type { Text } from '../text.ts';

/**
 * The capacity of a wave, or the demand of a customer: customers, effort points and complex customers. Whole numbers,
 * never negative.
 */
export interface CapacityVector {
  readonly customers: number;
  readonly points: number;
  readonly complex: number;
}

/** Labels of the three components of capacity. */
export const componentLabels: Readonly<Record<keyof CapacityVector, Text>> = {
  customers: { fr: 'Clients', en: 'Customers' },
  points: { fr: 'Points d’effort', en: 'Effort points' },
  complex: { fr: 'Clients complexes', en: 'Complex customers' },
};

export const noCapacity: CapacityVector = { customers: 0, points: 0, complex: 0 };

/** The request exceeds the room left in the wave: another customer took it first. */
export class WaveFullError extends Error {
  override readonly name = 'WaveFullError';

  constructor() {
    super('The wave has no room left for this customer');
  }
}

/** A release exceeds what is booked: a booking was released twice. */
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

/** True when both have the same components. */
export function isSameCapacity(one: CapacityVector, other: CapacityVector): boolean {
  return componentsAbove(one, other).length === 0 && componentsAbove(other, one).length === 0;
}

/** The room left; negative where an operator lowered the capacity below what is booked. */
export function room(capacity: CapacityVector, booked: CapacityVector): CapacityVector {
  return added(capacity, booked, -1);
}

/** True when `amount` can be booked on top of `booked` without exceeding any component. */
export function fits(amount: CapacityVector, capacity: CapacityVector, booked: CapacityVector): boolean {
  return componentsAbove(amount, room(capacity, booked)).length === 0;
}

/**
 * The booked amount after `amount` has been taken.
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
 * The booked amount after `amount` has been released.
 * @throws NothingToReleaseError when `amount` exceeds what is booked.
 */
export function release(amount: CapacityVector, booked: CapacityVector): CapacityVector {
  if (componentsAbove(amount, booked).length > 0) throw new NothingToReleaseError();
  return added(booked, amount, -1);
}
