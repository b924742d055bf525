import { onboardingsBlockingFinish } from '../../application/wave-refusals.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { transitionsOn } from '../../domain/waves/wave.ts';
import type { StoredWave } from '../../store/waves.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { waveById } from './find-wave.ts';

/** What decides which changes of a wave are offered: the same as decides which are accepted. */
export interface WaveStanding {
  readonly wave: StoredWave;
  readonly today: string;
  /** While it runs: customers who are not through their cutover, so that it cannot end. */
  readonly inTheWay: readonly Snapshot[];
}

/** @throws WaveNotFoundError */
export async function readWaveStanding(deps: WebDependencies, id: string): Promise<WaveStanding> {
  const wave = await waveById(deps, id);
  const inTheWay = wave.state === 'RUNNING' ? await onboardingsBlockingFinish(deps, wave.id) : [];
  return { wave, today: calendarDateOf(deps.clock.now()), inTheWay };
}

/** Changes of the state that have a form of their own together; a cancellation has its own. */
const byHand = ['open', 'freeze', 'reopen', 'start', 'finish'] as const;
export type StateChange = (typeof byHand)[number];

export function stateChangesOf({ wave, today, inTheWay }: WaveStanding): readonly StateChange[] {
  const allowed = transitionsOn(wave, today);
  return byHand.filter((name) => allowed.includes(name) && (name !== 'finish' || inTheWay.length === 0));
}

/** True unless customers would be left behind: seats of a preparation wave are not moved to another by themselves. */
export function mayCancel({ wave, today }: WaveStanding): boolean {
  const allowed = transitionsOn(wave, today).includes('cancel');
  return allowed && (wave.kind !== 'PREPARATION' || wave.booked.customers === 0);
}
