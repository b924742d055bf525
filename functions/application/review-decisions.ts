import { calendarDateOf } from '../domain/calendar-date.ts';
import { type ReviewKind, reviewDecisions } from '../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { place } from '../domain/waves/placement.ts';
import type { CommandDependencies } from './dependencies.ts';
import { placingOf } from './placing.ts';

type Reading = Pick<CommandDependencies, 'store' | 'clock' | 'platform'>;

/** True while no wave of the calendar, even when empty, could take a customer who came to the operators for that. */
export async function isStillTooLarge(
  { store, clock, platform }: Reading,
  { state }: Snapshot,
): Promise<boolean> {
  if (state.because !== 'TOO_LARGE_FOR_ANY_WAVE') return false;
  const asOf = calendarDateOf(clock.now());
  const [{ demand }, calendar] = await Promise.all([
    placingOf(store, state, asOf),
    store.waves.calendar(platform.sites.map(({ code }) => code)),
  ]);
  return place(demand, calendar, { asOf, platform }).kind === 'too_large';
}

/**
 * The named decisions that a review admits as things stand: a tier that is unknown is not kept, nobody goes before the
 * parent of its group, and who is larger than every wave does not wait for a place.
 */
export async function decisionsOf(
  reading: Reading,
  now: Snapshot,
  kind: ReviewKind,
): Promise<readonly string[]> {
  const named: readonly string[] = reviewDecisions[kind];
  if (kind === 'go_no_go' && now.state.because === 'PARENT_NOT_BEFORE') return ['no_go'];
  if (kind === 'readiness' && now.state.tier === 'UNKNOWN') return named.filter((one) => one !== 'accept');
  const hopeless = kind === 'placement' && (await isStillTooLarge(reading, now));
  return hopeless ? named.filter((one) => one !== 'wait') : named;
}
