import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import {
  bookingWrites,
  calendarFor,
  leaveWave,
  type Placing,
  placingOf,
  preparationWrites,
} from '../../application/placing.ts';
import { withoutOffer } from '../../application/wave-answers.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { waitIdOf } from '../../domain/onboarding/waits.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { notAfterParent } from '../../domain/waves/date-constraints.ts';
import { place } from '../../domain/waves/placement.ts';
import type { BookedPlacement } from '../../domain/waves/placement-outcome.ts';
import { placePreparation, preparationFor } from '../../domain/waves/preparation.ts';
import { takesConfirmations, type Wave } from '../../domain/waves/wave.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, platformFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { dateGone, holdIsOver, leaveList } from '../../store/decisions.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { type Decided, system, type Transition } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';
import { joinWaitingList } from '../../store/waiting-list.ts';
import { leaving } from '../../store/waits.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: PlatformConfiguration;
}

type Outcome = z.infer<typeof tasks.ScheduleWave.output>;

/** Confirmations that may time out before an operator is asked. */
const timeoutsAllowed = 1;
const timedOut = 'CONFIRMATION_TIMED_OUT';

/** The customer has declined, and the wait timed out before it was woken: come upon again, it ends with that. */
function isDeclined({ state, wait }: Snapshot): boolean {
  return wait?.id === waitIdOf('confirmation', state) && wait.decision === 'DECLINED';
}

/** The answer of an earlier call that was cut off after its write, or nothing. */
function settled(now: Snapshot, at: Date): Outcome['outcome'] | undefined {
  const { state, booking } = now;
  if (booking?.status === 'CONFIRMED') return 'CONFIRMED';
  if (booking?.status === 'HELD' && (isDeclined(now) || !holdIsOver(booking, at))) return 'HELD';
  if (booking?.status === 'OFFERED' && !holdIsOver(booking, at)) return 'WAITING_LIST';
  if (booking === undefined && state.reviewKind === 'placement' && state.stage !== 'IN_REVIEW') {
    return 'REVIEW';
  }
  return undefined;
}

/** Takes, moves or keeps a place in the first admissible wave. */
export function createHandler({ store, clock, logger, platform }: Dependencies): TaskHandler {
  /** A seat in a preparation wave beside the booking, while a wanted service is not open. */
  function preparationBeside(now: Snapshot, wave: Wave, placing: Placing, calendar: readonly Wave[]) {
    const context = { asOf: calendarDateOf(clock.now()), platform };
    if (now.preparation !== undefined || preparationFor(placing.demand, context) !== 'offered') return [];
    const seat = placePreparation({ before: wave.cutover }, calendar, context);
    if (seat.kind !== 'booked') return [];
    return preparationWrites(now.state.reference, seat.wave, clock.now());
  }

  function held(
    now: Snapshot,
    placement: BookedPlacement,
    placing: Placing,
    calendar: readonly Wave[],
  ): Transition {
    const { wave } = placement;
    const { state, booking } = now;
    const at = clock.now();
    const expired = booking?.status === 'HELD';
    return {
      to: 'WAVE_HELD',
      again: true,
      set: {
        wave: wave.id,
        cutover: wave.cutover,
        waitingRank: placing.rank,
        because: undefined,
        priority: undefined,
        confirmationTimeouts: state.confirmationTimeouts + (expired ? 1 : 0),
      },
      happening: {
        type: booking === undefined ? 'WAVE_HELD' : 'WAVE_MOVED',
        who: system,
        data: { wave: wave.id, cutover: wave.cutover, points: placing.demand.points },
      },
      messages: [
        { kind: 'mail', template: booking === undefined ? 'wave_held' : 'wave_moved', to: 'customer' },
        { kind: 'event', type: 'OnboardingBooked', data: { wave: wave.id, cutover: wave.cutover } },
        // A place left behind may serve somebody who waits; members of a group wait for their parent's date.
        ...(placing.inGroup || booking !== undefined ? [{ kind: 'offer_places' } as const] : []),
        // Those that follow it may come before it now; its own parent may have gone elsewhere since its date was read.
        { kind: 'keep_group_order' },
      ],
      writes: [
        ...bookingWrites({ now, wave, demand: placing.demand, status: 'HELD', at }),
        ...leaveList(now),
        ...preparationBeside(now, wave, placing, calendar),
      ],
    };
  }

  /** No other date for a customer who asked for one: it keeps what it has, with new time to answer. */
  function stays(now: Snapshot, placing: Placing, calendar: readonly Wave[]): Decided<Outcome> | undefined {
    const { booking } = now;
    if (booking?.status !== 'TO_MOVE' || booking.mayStay !== true) return undefined;
    const wave = calendar.find(({ id }) => id === booking.wave);
    // While another date is sought, a wave may be cancelled or begin, or the parent of a group go past it.
    if (wave === undefined || !takesConfirmations(wave)) return undefined;
    if (notAfterParent(placing.toFollow, wave.cutover) !== undefined) return undefined;
    return {
      result: { outcome: 'HELD' },
      transition: {
        to: 'WAVE_HELD',
        again: true,
        set: { because: 'NO_OTHER_DATE' },
        happening: { type: 'NO_OTHER_DATE', who: system, data: { wave: wave.id } },
        messages: [{ kind: 'mail', template: 'wave_held', to: 'customer' }],
        writes: bookingWrites({ now, wave, demand: placing.demand, status: 'HELD', at: clock.now() }),
      },
    };
  }

  function toReview(now: Snapshot, placing: Placing, because: string, data: object): Decided<Outcome> {
    const { booking } = now;
    return {
      result: { outcome: 'REVIEW' },
      transition: {
        set: {
          because,
          // The mark by which a repeated call knows that this one was made.
          reviewKind: 'placement',
          wave: undefined,
          cutover: undefined,
          waitingRank: placing.rank,
          ...(because === timedOut ? { confirmationTimeouts: now.state.confirmationTimeouts + 1 } : {}),
        },
        happening: { type: 'PLACEMENT_IMPOSSIBLE', who: system, data: { because, ...data } },
        messages: booking === undefined ? [] : dateGone,
        writes: [...leaveWave(now), ...leaveList(now)],
      },
    };
  }

  function waits(now: Snapshot, placing: Placing, because: string): Decided<Outcome> {
    const { state, booking } = now;
    const result: Outcome = { outcome: 'WAITING_LIST' };
    const listed = state.stage === 'WAITING_LIST' && state.waitingRank === placing.rank;
    if (listed && booking === undefined && state.because === because) return { result };
    return {
      result,
      transition: {
        to: 'WAITING_LIST',
        set: { because, wave: undefined, cutover: undefined, waitingRank: placing.rank },
        happening: { type: 'WAITING', who: system, data: { because } },
        messages: [
          ...(state.stage === 'WAITING_LIST'
            ? []
            : [{ kind: 'mail', template: 'waiting_list', to: 'customer' } as const]),
          ...(booking === undefined ? [] : dateGone),
        ],
        writes: [
          ...leaveWave(now),
          ...(state.waitingRank === placing.rank ? [] : leaveList(now)),
          joinWaitingList({ rank: placing.rank, reference: state.reference }),
        ],
      },
    };
  }

  async function decide(now: Snapshot): Promise<Decided<Outcome>> {
    const { state, booking } = now;
    const at = clock.now();
    const done = settled(now, at);
    if (done !== undefined) return { result: { outcome: done } };
    if (booking?.status === 'OFFERED') {
      // Its time has passed unanswered: the place is for the next one, not for a longer hold.
      return {
        result: { outcome: 'WAITING_LIST' },
        transition: withoutOffer(now, 'OFFER_EXPIRED', system),
      };
    }
    const asOf = calendarDateOf(at);
    const placing = await placingOf(store, state, asOf);
    if (booking?.status === 'HELD' && state.confirmationTimeouts >= timeoutsAllowed) {
      return toReview(now, placing, timedOut, { wave: booking.wave });
    }
    const calendar = await store.waves.calendar(
      platform.sites.map(({ code }) => code),
      { consistent: true },
    );
    const placement = place(placing.demand, calendarFor(now, calendar), { asOf, platform });
    switch (placement.kind) {
      case 'booked':
        return {
          result: { outcome: 'HELD' },
          transition: held(now, placement, placing, calendar),
        };
      case 'waiting':
        return stays(now, placing, calendar) ?? waits(now, placing, placement.reason.code);
      case 'too_large':
        return toReview(now, placing, 'TOO_LARGE_FOR_ANY_WAVE', {
          points: placement.points,
          largest: placement.largest,
        });
      case 'no_wave_before_deadline':
        return (
          stays(now, placing, calendar) ??
          toReview(now, placing, 'NO_WAVE_BEFORE_DEADLINE', { deadline: placement.deadline })
        );
    }
  }

  return createTask(tasks.ScheduleWave, logger, ({ reference, run }) =>
    store.onboardings.change<Outcome>(reference, async (now) => {
      const left = leaving(now.state, run);
      if (left !== undefined) return { result: { outcome: left } };
      return decide(now);
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), platform: platformFromEnvironment() }),
);
