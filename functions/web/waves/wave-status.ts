import { findWave } from '../../application/find-wave.ts';
import { blockingFinish } from '../../application/wave-refusals.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { mayChangeDate, transitionsOn, type Wave } from '../../domain/waves/wave.ts';
import type { Page } from '../../store/table.ts';
import type { StoredWave } from '../../store/waves.ts';
import type { WebDependencies } from '../shared/dependencies.ts';

/** The facts that decide which changes of a wave are offered; the same facts decide which are accepted. */
export interface WaveStatus {
  readonly wave: StoredWave;
  readonly today: string;
  /** For a running wave: of its first customers those without a recorded cutover, who keep it from finishing. */
  readonly blocking: readonly OnboardingState[];
  /** Whether these could be read: else the wave cannot finish, since where they stand is not known. */
  readonly known: boolean;
}

/** Customers of a running wave that its page looks at; all of them are when an operator ends it. */
const lookedAt = 50;

/** @throws WaveNotFoundError, UnreadableItemError */
export async function readWaveStatus(deps: WebDependencies, id: string): Promise<WaveStatus> {
  const wave = await findWave(deps, id);
  const none: Page<OnboardingState> = { items: [] };
  const { items: blocking, unreadable = [] } =
    wave.state === 'RUNNING' ? await blockingFinish(deps, wave.id, { limit: lookedAt }) : none;
  const today = calendarDateOf(deps.clock.now());
  return { wave, today, blocking, known: unreadable.length === 0 };
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

/** A wave keeps its date once someone has booked it. */
export function mayMove(wave: Wave): boolean {
  return mayChangeDate(wave) && wave.booked.customers === 0;
}

/** False if customers would lose their place: bookings of a preparation wave are not moved automatically. */
export function mayCancel({ wave, today }: WaveStatus): boolean {
  const allowed = transitionsOn(wave, today).includes('cancel');
  return allowed && (wave.kind !== 'PREPARATION' || wave.booked.customers === 0);
}
