/** How a criterion of the RGAA stands: met, not met, not tried, or not applicable because no page has what it is about. */
export type Standing = 'met' | 'not_met' | 'not_tried' | 'not_applicable';

const letters: Readonly<Record<string, Standing>> = {
  c: 'met',
  x: 'not_met',
  t: 'not_tried',
  n: 'not_applicable',
};

/**
 * The 106 criteria of RGAA 4.1.2, one letter each, theme by theme; `docs/accessibility.md` has the evidence, and a test
 * compares the two.
 */
const themes = [
  'ncnnnnnnn',
  'nn',
  'ccc',
  'nnnnnnnnnnnnn',
  'nnnccccn',
  'cc',
  'cccnc',
  'cccccccccn',
  'cccn',
  'ccccccccccccnn',
  'cccccccnccccn',
  'ccccnccccnn',
  'ccccnnnncncn',
] as const;

export interface Criterion {
  readonly number: string;
  readonly standing: Standing;
}

export const selfAudit: readonly Criterion[] = themes.flatMap((theme, index) =>
  [...theme].map((letter, place) => ({
    number: `${index + 1}.${place + 1}`,
    standing: letters[letter] ?? 'not_tried',
  })),
);

/** The day of the self-audit. */
export const auditedOn = '2026-11-27';
