import { calendarDateOf } from '../domain/calendar-date.ts';
import { listedRank } from '../domain/onboarding/bookings.ts';
import { joinWaitingList } from '../domain/onboarding/transitions/placement.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { askedOf } from './read-placing.ts';

/**
 * Reads anew what an onboarding on the waiting list asks for, after a change of it: its entry says so, at the rank that
 * follows from it. Nothing is read of one that is not on the list, and an offered place keeps its rank until it is
 * answered. Safe to repeat.
 */
export async function refreshWaiting(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
): Promise<void> {
  await unlessUnreadable(() =>
    changeOnboarding(store, reference, async (snapshot) => {
      const { state, booking } = snapshot;
      if (listedRank(state) === undefined || booking !== undefined) return undefined;
      const entry = await store.waitingList.entry(state);
      if (entry?.demand !== undefined) return undefined;
      const placing = await askedOf(store, state, calendarDateOf(clock.now()));
      const moved = joinWaitingList(snapshot, placing, state.cause ?? 'WAVE_FULL', entry?.since);
      if (moved === undefined) await store.waitingList.keepDemand(state, placing.listed);
      return moved;
    }),
  );
}
