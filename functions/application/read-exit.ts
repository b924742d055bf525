import { calendarDateOf } from '../domain/calendar-date.ts';
import {
  type CutoverTally,
  type ExitStatus,
  exitStatusOf,
  tallyOf,
} from '../domain/onboarding/exit-criteria.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import type { Wave } from '../domain/waves/wave.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** Customers of a wave that are looked at, whatever is booked. */
export const mostLookedAt = 50;

/** How the cutovers of a wave's first customers went. */
export interface WaveExit {
  readonly tally: CutoverTally;
  readonly customers: readonly { readonly state: OnboardingState; readonly status: ExitStatus }[];
  /** Whether these are all the customers of the wave. */
  readonly isWhole: boolean;
  /** Whether each of them could be read. */
  readonly known: boolean;
}

/** Reads how the cutovers of a wave went; undefined for one that has not begun, or has no cutover. */
export async function readExit(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  wave: Wave,
): Promise<WaveExit | undefined> {
  if (wave.kind === 'PREPARATION' || (wave.state !== 'RUNNING' && wave.state !== 'DONE')) return undefined;
  const today = calendarDateOf(clock.now());
  const { items, unreadable = [], cursor } = await store.lists.byWave(wave.id, { limit: mostLookedAt });
  const customers = items.map((state) => ({ state, status: exitStatusOf(state, wave, today) }));
  return {
    tally: tallyOf(
      customers.map(({ status }) => status),
      wave,
    ),
    customers,
    isWhole: cursor === undefined,
    known: unreadable.length === 0,
  };
}
