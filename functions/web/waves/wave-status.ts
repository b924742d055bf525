import { findWave } from '../../application/find-wave.ts';
import { onboardingsBlockingFinish } from '../../application/wave-refusals.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { transitionsOn } from '../../domain/waves/wave.ts';
import { unlessUnreadable } from '../../store/unreadable.ts';
import type { StoredWave } from '../../store/waves.ts';
import type { WebDependencies } from '../shared/dependencies.ts';

/** The facts that decide which changes of a wave are offered; the same facts decide which are accepted. */
export interface WaveStatus {
  readonly wave: StoredWave;
  readonly today: string;
  /** For a running wave: onboardings without a recorded cutover, which keep it from finishing. */
  readonly blocking: readonly Snapshot[];
  /** Whether all who have a place could be read: else the wave cannot finish, since where they stand is not known. */
  readonly known: boolean;
}

/** @throws WaveNotFoundError, UnreadableItemError */
export async function readWaveStatus(deps: WebDependencies, id: string): Promise<WaveStatus> {
  const wave = await findWave(deps, id);
  const blocking =
    wave.state === 'RUNNING' ? await unlessUnreadable(() => onboardingsBlockingFinish(deps, wave.id)) : [];
  const today = calendarDateOf(deps.clock.now());
  return { wave, today, blocking: blocking ?? [], known: blocking !== undefined };
}

/** The state changes offered by one form; cancellation has a separate form. */
const byHand = ['open', 'freeze', 'reopen', 'start', 'finish'] as const;
export type StateChange = (typeof byHand)[number];

export function stateChangesOf({ wave, today, blocking, known }: WaveStatus): readonly StateChange[] {
  const allowed = transitionsOn(wave, today);
  return byHand.filter(
    (name) => allowed.includes(name) && (name !== 'finish' || (known && blocking.length === 0)),
  );
}

/** False if customers would lose their place: bookings of a preparation wave are not moved automatically. */
export function mayCancel({ wave, today }: WaveStatus): boolean {
  const allowed = transitionsOn(wave, today).includes('cancel');
  return allowed && (wave.kind !== 'PREPARATION' || wave.booked.customers === 0);
}
