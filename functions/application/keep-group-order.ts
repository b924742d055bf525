import { partAfter } from '../domain/onboarding/parts.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import * as moves from '../domain/onboarding/transitions/moves.ts';
import { dateToFollow } from '../domain/onboarding/transitions/placement.ts';
import { notAfterParent } from '../domain/waves/date-constraints.ts';
import type { Store } from '../store/store.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { leadersOf } from './read-placing.ts';

/** True for a member of a group that would cut over before its parent, whichever of the parent's scopes comes last. */
async function comesBeforeParent(store: Store, { state, booking }: Snapshot): Promise<boolean> {
  if (booking === undefined) return false;
  const parents = await leadersOf(store, state, await store.dossiers.intake(state.reference));
  return notAfterParent(dateToFollow(parents), booking.cutover) !== undefined;
}

/** True for a member of a group that would cut over before its parent, or is still held back for that. */
export async function isOutOfOrder(store: Store, snapshot: Snapshot): Promise<boolean> {
  if (snapshot.booking === undefined) return false;
  return moves.isHeldBack(snapshot.state) || comesBeforeParent(store, snapshot);
}

/**
 * Restores the order in a group once the date of an onboarding has changed: for its members, and for itself, since its
 * parent may have moved while it was booked. The later of two concurrent changes sees the other. Safe to repeat.
 */
export async function keepGroupOrder(
  { store, clock }: ApplicationDependencies,
  reference: string,
): Promise<void> {
  const { state } = await store.onboardings.now(reference);
  const after = partAfter(state);
  const followers = await store.starts.followers(state.siren);
  for (const each of [reference, ...(after === undefined ? [] : [after]), ...followers]) {
    await unlessUnreadable(() =>
      changeOnboarding(store, each, async (snapshot) =>
        moves.keepGroupOrder(snapshot, await comesBeforeParent(store, snapshot), clock.now()),
      ),
    );
  }
}
