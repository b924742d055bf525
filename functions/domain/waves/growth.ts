import { formatDate } from '../calendar-date.ts';
import { formatNumber, type Text } from '../text.ts';
import type { Wave } from './wave.ts';

/** Most effort points of a wave, per cent of those of the wave before it at its site [policy, domain.md section 7]. */
const mostPercent = 150;

/** A wave larger than the one before it lets expect. */
export interface Growth<W extends Wave = Wave> {
  /** The wave that it is compared with. */
  readonly before: W;
  /** Effort points of the wave, and the most that the one before admits. */
  readonly points: number;
  readonly most: number;
}

/**
 * Whether a change may make a wave larger than the one before it: it is added, opened, enlarged, or put to a date where
 * another wave comes before it.
 */
export function mayGrow(before: Wave | undefined, after: Wave): boolean {
  return (
    before === undefined ||
    (before.state === 'PLANNED' && after.state === 'OPEN') ||
    after.capacity.points > before.capacity.points ||
    after.cutover !== before.cutover
  );
}

/**
 * The growth of a wave over the last one before it at its site, by cutover; undefined where it is within bounds.
 * Preparation waves, cancelled waves and waves without points are left out. The wave before counts whether it is over or
 * still to come.
 */
export function excessiveGrowth<W extends Wave>(wave: Wave, calendar: readonly W[]): Growth<W> | undefined {
  if (wave.kind === 'PREPARATION' || wave.state === 'CANCELLED') return undefined;
  const before = calendar
    .filter(
      ({ id, site, kind, state, cutover, capacity }) =>
        id !== wave.id &&
        site === wave.site &&
        kind !== 'PREPARATION' &&
        state !== 'CANCELLED' &&
        cutover < wave.cutover &&
        capacity.points > 0,
    )
    .toSorted((a, b) => (a.cutover < b.cutover ? -1 : 1))
    .at(-1);
  if (before === undefined) return undefined;
  const { points } = wave.capacity;
  const most = Math.floor((before.capacity.points * mostPercent) / 100);
  return points <= most ? undefined : { before, points, most };
}

/** The growth in figures, as a part of a sentence. */
export function growthText({ before, points, most }: Growth): Text {
  const [fr, en] = [formatDate(before.cutover, 'fr'), formatDate(before.cutover, 'en')];
  const number = (value: number) => ({ fr: formatNumber(value, 'fr'), en: formatNumber(value, 'en') });
  const [asked, limit, last] = [number(points), number(most), number(before.capacity.points)];
  return {
    fr: `${asked.fr} points d’effort, alors que la vague précédente du site (${fr}) en compte ${last.fr} : au plus ${limit.fr}, soit 50 % de plus, tant qu’elle n’a pas rempli ses critères de sortie, ou que cela n’a pas pu être vérifié`,
    en: `${asked.en} effort points, while the wave before it at this site (${en}) has ${last.en}: at most ${limit.en}, which is 50% more, as long as that wave has not met its exit criteria, or this could not be checked`,
  };
}
