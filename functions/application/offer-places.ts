import { calendarDateOf } from '../domain/calendar-date.ts';
import { placeDays } from '../domain/onboarding/durations.ts';
import { day } from '../domain/time.ts';
import { room } from '../domain/waves/capacity.ts';
import { place } from '../domain/waves/placement.ts';
import type { Wave } from '../domain/waves/wave.ts';
import { system } from '../store/onboardings.ts';
import { joinWaitingList, type Waiting } from '../store/waiting-list.ts';
import type { CommandDependencies } from './dependencies.ts';
import { bookingWrites, placingOf } from './placing.ts';

/** How many of those waiting are looked at in one call: the first ones are served first. */
const lookedAt = 200;

function hasRoom(wave: Wave): boolean {
  return (
    wave.kind !== 'PREPARATION' && wave.state === 'OPEN' && room(wave.capacity, wave.booked).customers > 0
  );
}

/**
 * Offers free places to the waiting list, in the order of service. An offer holds the place: capacity is taken with it.
 *
 * @returns how many offers were made.
 */
export async function offerPlaces(dependencies: CommandDependencies): Promise<number> {
  const { store } = dependencies;
  const waiting = (await store.waitingList.first(lookedAt)).filter(
    (entry) => entry.offeredUntil === undefined,
  );
  let offers = 0;
  // Room that others free meanwhile makes its own call.
  let calendar: readonly Wave[] | undefined;
  for (const entry of waiting) {
    calendar ??= await calendarNow(dependencies);
    if (!calendar.some(hasRoom)) break;
    if (!(await offer(dependencies, entry, calendar))) continue;
    offers += 1;
    calendar = undefined;
  }
  return offers;
}

function calendarNow({ store, platform }: CommandDependencies): Promise<readonly Wave[]> {
  const sites = platform.sites.map(({ code }) => code);
  return store.waves.calendar(sites, { consistent: true });
}

async function offer(
  dependencies: CommandDependencies,
  { reference, rank }: Waiting,
  seen: readonly Wave[],
): Promise<boolean> {
  const { store, clock, platform } = dependencies;
  let attempts = 0;
  return store.onboardings.change<boolean>(reference, async (now) => {
    const { state, booking } = now;
    if (state.stage !== 'WAITING_LIST' || booking !== undefined) return { result: false };
    // It was ranked anew since the list was read: an entry at the old rank would outlive its onboarding.
    if (state.waitingRank !== rank) return { result: false };
    attempts += 1;
    // Whoever came between may have taken the very place.
    const calendar = attempts === 1 ? seen : await calendarNow(dependencies);
    const at = clock.now();
    const asOf = calendarDateOf(at);
    const { demand } = await placingOf(store, state, asOf);
    const placement = place(demand, calendar, { asOf, platform });
    if (placement.kind !== 'booked') return { result: false };
    const { wave } = placement;
    const offeredUntil = new Date(at.getTime() + placeDays.offered * day).toISOString();
    return {
      result: true,
      transition: {
        set: { wave: wave.id, cutover: wave.cutover },
        happening: { type: 'PLACE_OFFERED', who: system, data: { wave: wave.id, cutover: wave.cutover } },
        messages: [
          { kind: 'mail', template: 'wave_offer', to: 'customer' },
          // Its parent may have gone elsewhere since its date was read.
          { kind: 'keep_group_order' },
        ],
        writes: [
          ...bookingWrites({ now, wave, demand, status: 'OFFERED', at }),
          joinWaitingList({ rank, reference, offeredUntil }),
        ],
      },
    };
  });
}
