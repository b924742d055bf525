import { calendarDateOf } from '../domain/calendar-date.ts';
import { hasMovedTooOften } from '../domain/onboarding/transitions/moves.ts';
import { offerPlace } from '../domain/onboarding/transitions/offers.ts';
import { room } from '../domain/waves/capacity.ts';
import { place } from '../domain/waves/placement.ts';
import type { Wave } from '../domain/waves/wave.ts';
import type { Store } from '../store/store.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import type { Waiting } from '../store/waiting-list.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { calendarNow, placingOf } from './read-placing.ts';

/** The most entries of the waiting list that one call reads, in the order of service. */
const lookedAt = 200;

function hasRoom(wave: Wave): boolean {
  return (
    wave.kind !== 'PREPARATION' && wave.state === 'OPEN' && room(wave.capacity, wave.booked).customers > 0
  );
}

/** Those on the waiting list without an offer, in the order of service. */
async function thoseWaiting(store: Store): Promise<readonly Waiting[]> {
  return (await store.waitingList.first(lookedAt)).filter(({ offeredUntil }) => offeredUntil === undefined);
}

/** True if anyone waits for a place. */
export async function isAnyoneWaiting(store: Store): Promise<boolean> {
  return (await thoseWaiting(store)).length > 0;
}

/**
 * Offers free places to the waiting list, in the order of service. An offer holds the place: capacity is taken with it.
 *
 * @returns how many offers were made.
 */
export async function offerPlaces(dependencies: ApplicationDependencies): Promise<number> {
  const { store } = dependencies;
  const waiting = await thoseWaiting(store);
  let offers = 0;
  // A change that frees room meanwhile leads to a call of its own.
  let calendar: readonly Wave[] | undefined;
  for (const entry of waiting) {
    calendar ??= await calendarNow(dependencies);
    if (!calendar.some(hasRoom)) break;
    const seen = calendar;
    if ((await unlessUnreadable(() => offer(dependencies, entry, seen))) !== true) continue;
    offers += 1;
    calendar = undefined;
  }
  return offers;
}

function offer(
  dependencies: ApplicationDependencies,
  { reference, rank }: Waiting,
  seen: readonly Wave[],
): Promise<boolean> {
  const { store, clock, platform } = dependencies;
  let attempts = 0;
  return changeOnboarding(store, reference, async (snapshot) => {
    const { state, booking } = snapshot;
    if (state.stage !== 'WAITING_LIST' || booking !== undefined) return undefined;
    // Its rank has changed since the list was read: an entry at the old rank would never be removed.
    if (state.waitingRank !== rank) return undefined;
    attempts += 1;
    // Another change may have taken the place meanwhile.
    const calendar = attempts === 1 ? seen : await calendarNow(dependencies);
    const at = clock.now();
    const asOf = calendarDateOf(at);
    if (hasMovedTooOften(state, asOf)) return undefined;
    const { demand } = await placingOf(store, state, asOf);
    const placement = place(demand, calendar, { asOf, platform });
    return placement.kind === 'booked'
      ? offerPlace(snapshot, { wave: placement.wave, demand, rank }, at)
      : undefined;
  });
}
