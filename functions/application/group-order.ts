import { addDays, calendarDateOf } from '../domain/calendar-date.ts';
import type { Booking, OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import { isDecided } from '../domain/onboarding/waits.ts';
import { notAfterParent } from '../domain/waves/date-constraints.ts';
import { decidedWait } from '../store/decisions.ts';
import { system, type Transition } from '../store/onboardings.ts';
import type { Store } from '../store/store.ts';
import type { CommandDependencies } from './dependencies.ts';
import { bookingWrite, dateToFollow, parentOf } from './placing.ts';
import { withoutOffer } from './wave-answers.ts';

/** Code of the reason for which a confirmed wave comes before operators. */
const parentNotBefore = 'PARENT_NOT_BEFORE';

/** True for a member of a group that would cut over before its parent, or is still held back for that. */
export async function isOutOfOrder(store: Store, { state, booking }: Snapshot): Promise<boolean> {
  if (booking === undefined) return false;
  if (state.because === parentNotBefore) return true;
  return comesBeforeParent(store, state, booking);
}

async function comesBeforeParent(store: Store, { reference }: OnboardingState, { cutover }: Booking) {
  const parent = await parentOf(store, await store.dossiers.intake(reference));
  return notAfterParent(dateToFollow(parent), cutover) !== undefined;
}

/**
 * Looks again at the order in a group once the date of an onboarding has changed: at those that follow it, and at
 * itself, since its parent may have moved while it was booked. Whoever of the two is stored last sees the other.
 * Safe to repeat.
 */
export async function keepGroupOrder(dependencies: CommandDependencies, reference: string): Promise<void> {
  const { store } = dependencies;
  const { state } = await store.onboardings.now(reference);
  for (const each of [reference, ...(await store.starts.followers(state.siren))]) {
    await keepOrder(dependencies, each);
  }
}

async function keepOrder({ store, clock }: CommandDependencies, reference: string): Promise<void> {
  await store.onboardings.change<void>(reference, async (now) => {
    const { state, booking } = now;
    if (booking === undefined || booking.status === 'TO_MOVE') return { result: undefined };
    // What was decided comes first: it leads to another place, to the end, or to the hand-over.
    if (isDecided(now.state, now.wait)) return { result: undefined };
    const at = clock.now();
    const transition = (await comesBeforeParent(store, state, booking))
      ? outOfOrder(now, booking, at)
      : inOrder(now, booking, at);
    return { result: undefined, ...(transition === undefined ? {} : { transition }) };
  });
}

/** Not confirmed: placed anew. Confirmed: for an operator to move, and shown as a go/no-go that can only be a no-go. */
function outOfOrder(now: Snapshot, booking: Booking, at: Date): Transition | undefined {
  const { state } = now;
  const stage = state.stage;
  const happening = { type: 'PARENT_MOVED', who: system, data: { wave: booking.wave } };
  if (booking.status === 'OFFERED') {
    const { set, ...rest } = withoutOffer(now, happening.type, system);
    // The wave itself may suit again, once the parent comes back before it.
    return { ...rest, set: { ...set, avoid: state.avoid } };
  }
  if (stage === 'WAVE_HELD') {
    const moving = { fr: 'Déplacer la vague', en: 'Moving the wave' };
    return {
      wait: decidedWait(now, ['confirmation'], moving, 'ANOTHER_DATE', at),
      happening,
      messages: [{ kind: 'wake' }],
      writes: [bookingWrite(state.reference, { ...booking, status: 'TO_MOVE', mayStay: false }, booking)],
    };
  }
  if (stage !== 'WAVE_CONFIRMED' && stage !== 'GO_NO_GO') return undefined;
  if (state.because === parentNotBefore) return undefined;
  return {
    to: 'GO_NO_GO',
    set: { because: parentNotBefore },
    happening: { ...happening, data: { ...happening.data, because: parentNotBefore } },
    messages: [
      { kind: 'mail', template: 'review_requested', to: 'operators' },
      { kind: 'mail', template: 'owner_stuck', to: 'owner' },
    ],
  };
}

/** The parent has come back before it: the go/no-go waits for the day before cutover, as any other. */
function inOrder({ state }: Snapshot, { wave, cutover }: Booking, at: Date): Transition | undefined {
  if (state.because !== parentNotBefore || state.stage !== 'GO_NO_GO') return undefined;
  return {
    ...(calendarDateOf(at) < addDays(cutover, -1) ? { to: 'WAVE_CONFIRMED' } : {}),
    set: { because: undefined },
    happening: { type: 'GO_NO_GO_PUT_OFF', who: system, data: { wave } },
  };
}
