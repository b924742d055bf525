import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { calendarNow, placingOf } from '../../application/read-placing.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { calendarFor } from '../../domain/onboarding/bookings.ts';
import { outcomeFor } from '../../domain/onboarding/definitions.ts';
import type { Booking, Snapshot } from '../../domain/onboarding/state.ts';
import { givingWay, goOnWithPlace, placeKept } from '../../domain/onboarding/transitions/kept-place.ts';
import { enterAfterReview } from '../../domain/onboarding/transitions/move-place.ts';
import { expireOffer } from '../../domain/onboarding/transitions/offers.ts';
import {
  askForPlacementReview,
  causeToAsk,
  followPlacement,
  hasLetPass,
  outcomeBefore,
  type Placed,
  type Placing,
  type SeatBeside,
  withoutLapsed,
  withSeat,
} from '../../domain/onboarding/transitions/placement.ts';
import { exitOutcome } from '../../domain/onboarding/waits.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { place } from '../../domain/waves/placement.ts';
import { mayGiveSeatBack, placePreparation, preparationFor } from '../../domain/waves/preparation.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, platformFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';
import { unlessUnreadable } from '../../store/unreadable.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: PlatformConfiguration;
}

type Outcome = z.infer<typeof tasks.ScheduleWave.output>;

/** Takes, moves or keeps a place in the first admissible wave. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { store, clock, logger, platform } = dependencies;

  /** The seat in a preparation wave to take or to give back with the booking. */
  function seatBeside(
    { preparation }: Snapshot,
    { cutover }: Pick<Wave, 'cutover'>,
    { demand }: Placing,
    calendar: readonly Wave[],
  ): SeatBeside {
    const context = { asOf: calendarDateOf(clock.now()), platform };
    if (preparation !== undefined) return mayGiveSeatBack(demand, context) ? 'give_back' : undefined;
    if (preparationFor(demand, context) !== 'offered') return undefined;
    const seat = placePreparation({ before: cutover }, calendar, context);
    return seat.kind === 'booked' ? { take: seat.wave } : undefined;
  }

  /** The calendar for a customer. A place that it let pass is for those who wait, as long as anyone does. */
  async function openTo(snapshot: Snapshot, calendar: readonly Wave[]): Promise<readonly Wave[]> {
    if (hasLetPass(snapshot) && (await store.waitingList.isAnyoneWaiting())) return calendar;
    return calendarFor(snapshot, calendar);
  }

  /** Goes on with the place that was kept, or seeks another one in its stead. */
  async function placedWith(snapshot: Snapshot, kept: Booking, at: Date): Promise<Placed> {
    const [placing, calendar] = await Promise.all([
      placingOf(store, snapshot.state, calendarDateOf(at)),
      calendarNow(dependencies),
    ]);
    const standing = { calendar, platform, at };
    const goesOn = goOnWithPlace(kept, placing, standing);
    if (goesOn === undefined) return placed(givingWay(snapshot, kept, placing, standing));
    const { outcome, change } = goesOn;
    return { outcome, change: withSeat(snapshot, change, seatBeside(snapshot, kept, placing, calendar), at) };
  }

  /** Adds the seat beside a place that was not found here. A customer that has one, or declines, needs none. */
  async function withSeatTaken(snapshot: Snapshot, found: Placed, at: Date): Promise<Placed> {
    const { state, wait, booking, preparation } = snapshot;
    const isPlaced = booking?.status === 'HELD' || booking?.status === 'CONFIRMED';
    if (!isPlaced || preparation !== undefined || wait?.decision === 'DECLINED') return found;
    // A place is not lost for want of a seat: where one that it follows cannot be read, there is none.
    const placing = await unlessUnreadable(() => placingOf(store, state, calendarDateOf(at)));
    if (placing === undefined) return found;
    const seat = seatBeside(snapshot, booking, placing, await calendarNow(dependencies));
    return { ...found, change: withSeat(snapshot, found.change, seat, at) };
  }

  async function placed(found: Snapshot): Promise<Placed> {
    const at = clock.now();
    const snapshot = withoutLapsed(found, at);
    const kept = placeKept(snapshot);
    if (kept !== undefined) return placedWith(snapshot, kept, at);
    const given = enterAfterReview(snapshot, at);
    if (given !== undefined) return withSeatTaken(snapshot, { outcome: 'HELD', change: given }, at);
    const before = outcomeBefore(snapshot, at);
    if (before !== undefined) return withSeatTaken(snapshot, { outcome: before }, at);
    // An expired offer: the place is for the next customer, not for a longer hold.
    const expired = expireOffer(snapshot, at);
    if (expired !== undefined) return { outcome: 'WAITING_LIST', change: expired };
    const asOf = calendarDateOf(at);
    const placing = await placingOf(store, snapshot.state, asOf);
    const cause = causeToAsk(snapshot, placing, asOf);
    if (cause !== undefined) {
      return { outcome: 'REVIEW', change: askForPlacementReview(snapshot, placing, cause) };
    }
    const calendar = await calendarNow(dependencies);
    const placement = place(placing.demand, await openTo(snapshot, calendar), { asOf, platform });
    const seat =
      placement.kind === 'booked' ? seatBeside(snapshot, placement.wave, placing, calendar) : undefined;
    return followPlacement(snapshot, { placing, placement, seat, calendar }, at);
  }

  return createTask(tasks.ScheduleWave, logger, ({ reference, run }) =>
    store.onboardings.change<Outcome>(reference, async (snapshot) => {
      const exit = exitOutcome(snapshot.state, run);
      if (exit !== undefined) return { result: { outcome: exit } };
      const { outcome, change } = await placed(snapshot);
      return { result: { outcome: outcomeFor(snapshot.state.run, 'SCHEDULE_WAVE', outcome) }, change };
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), platform: platformFromEnvironment() }),
);
