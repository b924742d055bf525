import { formatNumber, type Text } from '../text.ts';

/** An order of magnitude; both ends count. The last band has no upper end. */
export interface Band {
  readonly from: number;
  readonly to?: number;
}

/** A number as well as the customer knows it. */
export type Figure = number | Band | 'unknown';

/** Every order of magnitude that a customer may give in place of a number. */
export const bands: readonly Band[] = [
  { from: 0, to: 0 },
  { from: 1, to: 9 },
  { from: 10, to: 49 },
  { from: 50, to: 199 },
  { from: 200, to: 999 },
  { from: 1_000, to: 4_999 },
  { from: 5_000, to: 19_999 },
  { from: 20_000 },
];

/** A band in words: `10 to 49`. */
export function bandLabel({ from, to }: Band): Text {
  const [fr, en] = [formatNumber(from, 'fr'), formatNumber(from, 'en')];
  if (to === undefined) return { fr: `${fr} et plus`, en: `${en} and more` };
  if (to === from) return { fr, en };
  return { fr: `${fr} à ${formatNumber(to, 'fr')}`, en: `${en} to ${formatNumber(to, 'en')}` };
}

/** The largest number that a band stands for; the last one has none, and counts as twice its lower end [policy]. */
export function upperEnd({ from, to }: Band): number {
  return to ?? 2 * from;
}

/** The band that a value from outside is; undefined for any other value. */
export function findBand(value: unknown): Band | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = new Map<string, unknown>(Object.entries(value));
  return bands.find(
    (band) =>
      given.get('from') === band.from &&
      given.get('to') === band.to &&
      given.size === Object.keys(band).length,
  );
}
