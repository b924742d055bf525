import type { Wave, WaveState } from './wave.ts';

/** Lessons noted of one wave, at most. */
export const mostLessons = 50;

/** The states of a wave in which lessons of it may be noted: once it has opened, unless it is cancelled. */
export const statesWithLessons = [
  'OPEN',
  'FROZEN',
  'RUNNING',
  'DONE',
] as const satisfies readonly WaveState[];

export function mayNoteLessons({ state }: Pick<Wave, 'state'>): boolean {
  return statesWithLessons.some((known) => known === state);
}

/** Waves before another one whose lessons are shown with it. */
const wavesBefore = 2;

/** The last pilot or migration waves of a site before another of its waves, the latest first. */
export function wavesBeforeIt<W extends Wave>(wave: Wave, calendar: readonly W[]): readonly W[] {
  return calendar
    .filter(
      ({ site, kind, state, cutover }) =>
        site === wave.site && kind !== 'PREPARATION' && state !== 'CANCELLED' && cutover < wave.cutover,
    )
    .toSorted((one, other) => (one.cutover < other.cutover ? 1 : -1))
    .slice(0, wavesBefore);
}
