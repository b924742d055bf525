import { AlreadyDecidedError, NotExpectedNowError, OnboardingClosedError } from '../domain/errors.ts';
import {
  type Checkpoint,
  checkpointOf,
  lifecycle,
  type Outcome,
  type WaitKind,
} from '../domain/onboarding/lifecycle.ts';
import { nextRun } from '../domain/onboarding/run.ts';
import type { Booking, OnboardingState, Preparation, Snapshot, Wait } from '../domain/onboarding/state.ts';
import { waitIdOf } from '../domain/onboarding/waits.ts';
import type { Text } from '../domain/text.ts';
import { preparationSeat } from '../domain/waves/preparation.ts';
import { keys } from './keys.ts';
import type { Happening, Transition } from './onboardings.ts';
import { freeSiren } from './starts.ts';
import type { Write } from './table.ts';
import { leaveWaitingList } from './waiting-list.ts';
import { giveRoomBack } from './waves.ts';

/**
 * Refuses what comes too late.
 *
 * @throws OnboardingClosedError
 */
export function refuseClosed(state: OnboardingState): void {
  if (state.stage === 'CLOSED') throw new OnboardingClosedError();
}

/**
 * The open wait with a decision. The wait task may not have run yet: then the decision comes first, and the task finds
 * it here.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 */
export function decidedWait(
  now: Snapshot,
  kinds: readonly WaitKind[],
  asked: Text,
  decision: string,
  at: Date,
): Wait {
  const { state, wait } = now;
  refuseClosed(state);
  const stage = state.stage;
  const kind = lifecycle[stage].wait;
  if (kind === undefined || !kinds.includes(kind)) {
    throw new NotExpectedNowError(asked, lifecycle[state.stage].label);
  }
  const id = waitIdOf(kind, state);
  if (wait?.id !== id) {
    const instant = at.toISOString();
    return {
      ...{ id, kind, openedAt: instant, activeAt: instant, until: instant, reminders: 0, decision },
      ...unwokenOf(wait),
    };
  }
  if (wait.decision !== undefined) throw new AlreadyDecidedError();
  return { ...wait, decision };
}

/** A decided wait whose workflow may not have been woken yet: the next one keeps what it is woken with. */
function unwokenOf(wait: Wait | undefined): Pick<Wait, 'unwoken'> {
  if (wait?.decision === undefined) return {};
  const { kind, decision, token } = wait;
  return { unwoken: { kind, decision, ...(token === undefined ? {} : { token }) } };
}

/** What a booking takes of its wave. */
export function amountOf(booking: Pick<Booking, 'points' | 'complex'>) {
  return { customers: 1, points: booking.points, complex: booking.complex };
}

/** True once the place is no longer held; compared with the clock, never with the deletion of an item. */
export function holdIsOver(booking: Booking, at: Date): boolean {
  return booking.holdUntil !== undefined && Date.parse(booking.holdUntil) <= at.getTime();
}

/** Takes the booking away and gives its room back; the guard `booking` fails when it was gone or another one. */
export function releaseBooking(reference: string, booking: Booking): readonly Write[] {
  return [
    {
      guards: 'booking',
      item: {
        Delete: {
          TableName: '',
          Key: keys.booking(reference),
          ConditionExpression: 'wave = :wave',
          ExpressionAttributeValues: { ':wave': booking.wave },
        },
      },
    },
    giveRoomBack({ site: booking.site, id: booking.wave }, amountOf(booking)),
  ];
}

/** What follows once an onboarding has no date any more: its place is offered, and its group looked at again. */
export const dateGone = [{ kind: 'offer_places' }, { kind: 'keep_group_order' }] as const;

/** Takes an onboarding off the waiting list, if it is on it: one that was led from there to an operator is not. */
export function leaveList({ state }: Snapshot): readonly Write[] {
  const listed = state.stage === 'WAITING_LIST' && state.reviewKind === undefined;
  return listed && state.waitingRank !== undefined
    ? [leaveWaitingList(state.waitingRank, state.reference)]
    : [];
}

/** Takes the seat in a preparation wave away and gives it back. */
function releasePreparation(reference: string, { wave, site }: Preparation): readonly Write[] {
  return [
    {
      guards: 'preparation',
      item: {
        Delete: {
          TableName: '',
          Key: keys.preparation(reference),
          ConditionExpression: 'wave = :wave',
          ExpressionAttributeValues: { ':wave': wave },
        },
      },
    },
    giveRoomBack({ site, id: wave }, preparationSeat),
  ];
}

/** Gives back whatever an onboarding holds: its places in waves, its place on the waiting list. */
function releaseAll(now: Snapshot): readonly Write[] {
  const { state, booking, preparation } = now;
  return [
    ...(booking === undefined ? [] : releaseBooking(state.reference, booking)),
    ...(preparation === undefined ? [] : releasePreparation(state.reference, preparation)),
    ...leaveList(now),
  ];
}

/**
 * Closes an onboarding: its places are freed, its SIREN may start again, customer and owner are told, and whatever
 * wait is open is woken; all in one transaction. A customer that was handed over keeps the place it has used.
 */
export function closing(now: Snapshot, outcome: Outcome, happening: Happening, because?: string): Transition {
  const { state, wait, booking } = now;
  const frees = outcome !== 'HANDED_OVER';
  const open = wait !== undefined && wait.decision === undefined;
  return {
    to: 'CLOSED',
    set: {
      outcome,
      because,
      ...(frees ? { wave: undefined, cutover: undefined, waitingRank: undefined } : {}),
    },
    happening,
    ...(open ? { wait: { ...wait, decision: 'WITHDRAWN' } } : {}),
    writes: [...(frees ? releaseAll(now) : []), ...freeSiren(state.siren, state.reference)],
    messages: [
      { kind: 'mail', template: 'closed', to: 'customer' },
      {
        kind: 'event',
        type: 'OnboardingClosed',
        data: { outcome, ...(because === undefined ? {} : { because }) },
      },
      ...(frees && booking !== undefined ? dateGone : []),
      ...(open ? [{ kind: 'wake' } as const] : []),
    ],
  };
}

/**
 * Where a run of the workflow goes on for an onboarding. One that is to come before an operator for its placement is
 * still in the stage before.
 */
export function resumePoint(state: OnboardingState): Checkpoint | undefined {
  const checkpoint = checkpointOf(state.stage, state.reviewKind);
  return checkpoint !== undefined && state.reviewKind === 'placement' ? 'REVIEW_PLACEMENT' : checkpoint;
}

/** Starts the next run of the workflow where the onboarding stands; undefined when nothing is left to run. */
export function successor(state: OnboardingState, happening: Happening, at: Date): Transition | undefined {
  const resumeAt = resumePoint(state);
  if (resumeAt === undefined) return undefined;
  const run = nextRun(state, at.toISOString());
  return {
    run,
    happening,
    messages: [{ kind: 'start', run: run.number, resumeAt }],
  };
}
