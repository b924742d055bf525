import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import { type CapacityVector, release, room, take } from './capacity.ts';
import type { SchedulingContext } from './demand.ts';
import { mayChangeDate, type Wave } from './wave.ts';

/** Effort points above which a customer counts as large [policy]. */
export const largeAbove = 20;
/** Days before the cutover from which no points are kept any more [policy]. */
const keptUntilDays = 60;

/** What a customer takes of the points that are left to those that are not large. */
export function smallPoints(points: number): number {
  return points > largeAbove ? 0 : points;
}

/** The day from which a wave keeps no points for large customers. */
export function releaseDay({ cutover }: Pick<Wave, 'cutover'>): CalendarDate {
  return addDays(cutover, -keptUntilDays);
}

/** True for a wave that keeps points for large customers until its release day. */
export function keepsPoints(
  { kind }: Pick<Wave, 'kind'>,
  { largeShare = 0 }: Pick<PlatformConfiguration, 'largeShare'>,
): boolean {
  return kind !== 'PREPARATION' && largeShare > 0;
}

/** Points of a wave that large customers alone may take; none without the policy, and from its release day on. */
export function pointsKept(wave: Wave, { asOf, platform }: SchedulingContext): number {
  const { largeShare = 0 } = platform;
  if (!keepsPoints(wave, platform) || asOf >= releaseDay(wave)) return 0;
  return Math.ceil((wave.capacity.points * largeShare) / 100);
}

/** Points that a wave keeps for large customers. */
export interface KeptForLarge {
  readonly points: number;
  /** Points that are left for all others. */
  readonly left: number;
  /** The first day on which it keeps none. */
  readonly until: CalendarDate;
}

/** What a wave keeps today, for its page and the API; undefined for nothing, and once its date no longer changes. */
export function keptForLarge(wave: Wave, context: SchedulingContext): KeptForLarge | undefined {
  const points = mayChangeDate(wave) ? pointsKept(wave, context) : 0;
  if (points === 0) return undefined;
  const left = Math.max(0, wave.capacity.points - points - (wave.small ?? 0));
  return { points, left, until: releaseDay(wave) };
}

/** A calendar with what each wave keeps for large customers. */
export function withKept<W extends Wave>(waves: readonly W[], context: SchedulingContext): readonly W[] {
  return waves.map((wave) => {
    const kept = pointsKept(wave, context);
    return kept === 0 ? wave : { ...wave, kept };
  });
}

/** The room that a wave has left for a customer of so many points. */
export function roomFrom({ capacity, booked, small = 0, kept = 0 }: Wave, points: number): CapacityVector {
  const left = room(capacity, booked);
  if (kept === 0 || smallPoints(points) === 0) return left;
  return { ...left, points: Math.min(left.points, capacity.points - kept - small) };
}

/** The wave with a customer of so many points more. @throws WaveFullError */
export function withCustomer<W extends Wave>(wave: W, amount: CapacityVector): W {
  const booked = take(amount, wave.capacity, wave.booked);
  return { ...wave, booked, small: (wave.small ?? 0) + smallPoints(amount.points) };
}

/** The wave with a customer of so many points less. @throws NothingToReleaseError */
export function withoutCustomer<W extends Wave>(wave: W, amount: CapacityVector): W {
  const booked = release(amount, wave.booked);
  return { ...wave, booked, small: (wave.small ?? 0) - smallPoints(amount.points) };
}
