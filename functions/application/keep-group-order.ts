import { hasToLeave } from '../domain/onboarding/bookings.ts';
import {
  followsText,
  isHeldBack,
  moveSetId,
  proposedMove,
  withProposedDate,
} from '../domain/onboarding/group-moves.ts';
import { partBefore } from '../domain/onboarding/parts.ts';
import { isPlacedNext } from '../domain/onboarding/seeks-date.ts';
import type { OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import { requestedApproval } from '../domain/onboarding/transitions/approval-lapse.ts';
import * as groupOrder from '../domain/onboarding/transitions/group-order.ts';
import { dateToFollow } from '../domain/onboarding/transitions/placement.ts';
import { notAfterParent } from '../domain/waves/date-constraints.ts';
import type { Store } from '../store/store.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { judgeDates } from './read-dates.ts';
import { followersOf, partsOf } from './read-parts.ts';
import { leadersNow } from './read-placing.ts';

/** One that others follow, with the date that it has or is to have: none once it has lost it and someone decides first. */
function dated(now: Snapshot, at: Date): OnboardingState {
  const { state, booking } = now;
  const isLost = hasToLeave(booking) && !isPlacedNext(state);
  return isLost ? { ...state, cutover: undefined } : withProposedDate(now, at);
}

/** Those that a customer has to come after, each with the date that it has or is to have; undefined while it has no place. */
async function leadersAt(store: Store, { state, booking }: Snapshot, at: Date) {
  if (booking === undefined) return undefined;
  const intake = await store.dossiers.intake(state.reference);
  const leaders = (await leadersNow(store, state, intake)).map((now) => ({ now, dated: dated(now, at) }));
  const date = dateToFollow(leaders.map(({ dated }) => dated));
  return { leaders, date, isBefore: notAfterParent(date, booking.cutover) !== undefined, intake };
}

/** True for a member of a group that would cut over before its parent, which may have to leave its place, or is held back. */
export async function isOutOfOrder(store: Store, snapshot: Snapshot, at: Date): Promise<boolean> {
  if (snapshot.booking === undefined) return false;
  if (isHeldBack(snapshot.state)) return true;
  const found = await leadersAt(store, snapshot, at);
  return found?.isBefore === true || found?.leaders.some(({ now }) => hasToLeave(now.booking)) === true;
}

/** How a customer stands to those that it follows, with the waves that it could move to. */
async function followingOf(
  dependencies: ApplicationDependencies,
  snapshot: Snapshot,
  isFirst: boolean,
): Promise<groupOrder.Following> {
  const at = dependencies.clock.now();
  const found = await leadersAt(dependencies.store, snapshot, at);
  if (found === undefined || !found.isBefore) return { order: 'kept' };
  const { leaders, date, intake } = found;
  // While one that it follows looks for a place, there is no date to come after.
  if (date === undefined || date === 'unbooked' || !groupOrder.holdsPromise(snapshot)) {
    return { order: 'broken' };
  }
  const { dates } = await judgeDates(dependencies, snapshot, date);
  const own = snapshot.booking?.wave;
  const waves = dates.flatMap(({ admissible, wave }) => (admissible && wave.id !== own ? [wave] : []));
  const leader = leaders.find(({ dated }) => dated.cutover === date);
  if (leader === undefined || waves.length === 0) return { order: 'broken' };
  const isPart = leader.dated.reference === partBefore(snapshot.state);
  const led = proposedMove(leader.now, at);
  const group = {
    set: led?.group.set ?? moveSetId(leader.dated.reference, date),
    after: date,
    ...(isPart ? ({ part: true } as const) : {}),
  };
  return {
    order: 'movable',
    waves,
    group,
    // It is read within a sentence.
    reason: followsText(group)[intake.language].replace(/\.$/, ''),
    tells: isFirst && led === undefined,
  };
}

/**
 * Restores the order in a group once the date of an onboarding has changed, or another is proposed to it: for those that
 * follow it, and for itself, since its parent may have moved while it was booked. The later of two concurrent changes sees
 * the other. Safe to repeat.
 */
export async function keepGroupOrder(
  dependencies: ApplicationDependencies,
  reference: string,
): Promise<void> {
  const { store, clock } = dependencies;
  const { state } = await store.onboardings.now(reference);
  const followers = await followersOf(store, state);
  let told = false;

  async function keepOf(each: string): Promise<OnboardingState> {
    return store.onboardings.change(each, async (snapshot) => {
      const member = await followingOf(dependencies, snapshot, !told);
      const change = groupOrder.keepGroupOrder(snapshot, member, clock.now());
      told ||= change !== undefined && requestedApproval(change) !== undefined;
      return { change, result: snapshot.state };
    });
  }

  for (const each of [reference, ...followers]) {
    const kept = await unlessUnreadable(() => keepOf(each));
    // Of a member that was split, the parts have dates.
    const parts = kept === undefined ? [] : ((await unlessUnreadable(() => partsOf(store, kept))) ?? []);
    for (const part of parts) await unlessUnreadable(() => keepOf(part.state.reference));
  }
}
