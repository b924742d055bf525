import { findWave } from '../../application/find-wave.ts';
import { readExit, type WaveExit } from '../../application/read-exit.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { isThrough } from '../../domain/onboarding/cutover.ts';
import { mayChangeDate, transitionsOn, type Wave } from '../../domain/waves/wave.ts';
import type { StoredWave } from '../../store/waves.ts';
import type { WebDependencies } from '../shared/dependencies.ts';

/** The facts that decide which changes of a wave are offered; the same facts decide which are accepted. */
export interface WaveStatus {
  readonly wave: StoredWave;
  readonly today: string;
  /** How the cutovers of its first customers went, once it has begun; all are looked at when an operator ends it. */
  readonly exit: WaveExit | undefined;
}

export async function readStatusOf(deps: WebDependencies, wave: StoredWave): Promise<WaveStatus> {
  return { wave, today: calendarDateOf(deps.clock.now()), exit: await readExit(deps, wave) };
}

/** @throws WaveNotFoundError, UnreadableItemError */
export async function readWaveStatus(deps: WebDependencies, id: string): Promise<WaveStatus> {
  return readStatusOf(deps, await findWave(deps, id));
}

/** Whether no customer is seen that keeps a running wave from finishing: each could be read and is through. */
function mayFinish({ exit }: WaveStatus): boolean {
  return exit === undefined || (exit.known && exit.customers.every(({ state }) => isThrough(state)));
}

/** The state changes offered by one form; cancellation has a separate form. */
const byHand = ['open', 'freeze', 'reopen', 'start', 'finish'] as const;
export type StateChange = (typeof byHand)[number];

export function stateChangesOf(waveStatus: WaveStatus): readonly StateChange[] {
  const { wave, today } = waveStatus;
  const allowed = transitionsOn(wave, today);
  return byHand.filter((name) => allowed.includes(name) && (name !== 'finish' || mayFinish(waveStatus)));
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
