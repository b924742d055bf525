import { describe, expect, it } from 'vitest';
import { stylesheet } from '../../../functions/web/shared/layout/stylesheet.ts';
import { type ColourRole, themes } from '../../../functions/web/shared/layout/tokens.ts';

/** Relative luminance of a colour written `#rrggbb` (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Text of one role on the ground of another. */
const texts: readonly (readonly [ColourRole, ColourRole])[] = [
  ['ink', 'paper'],
  ['ink', 'tint'],
  ['soft', 'paper'],
  ['soft', 'tint'],
  ['link', 'paper'],
  ['link', 'tint'],
  ['error', 'paper'],
  ['error', 'tint'],
  ['action', 'paper'],
  ['action', 'tint'],
  ['on-brand', 'brand'],
  ['on-action', 'action'],
  ['on-action', 'hover'],
  ['on-error', 'error'],
  ['on-plain-tag', 'plain-tag'],
  ['on-good-tag', 'good-tag'],
  ['on-warn-tag', 'warn-tag'],
  ['on-bad-tag', 'bad-tag'],
];

/** Borders of fields, signs of a state, and the focus. */
const signs: readonly (readonly [ColourRole, ColourRole])[] = [
  ['field', 'paper'],
  ['action', 'paper'],
  ['action', 'tint'],
  ['error', 'paper'],
  ['good', 'paper'],
  ['ink', 'paper'],
  ['ink', 'tint'],
  ['focus', 'brand'],
];

describe.each(['light', 'dark'] as const)('in the %s theme', (name) => {
  const theme = themes[name];

  it.each(texts)('%s on %s can be read: 4.5:1 or more', (text, ground) => {
    expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(signs)('%s on %s can be told apart: 3:1 or more', (sign, ground) => {
    expect(contrast(theme[sign], theme[ground])).toBeGreaterThanOrEqual(3);
  });
});

describe('the stylesheet', () => {
  const rules = stylesheet.replace(/:root\{[^}]*\}/g, '');

  it('names roles, so that no colour is the same in both themes by oversight', () => {
    const printed = stylesheet.slice(stylesheet.indexOf('@media print'));
    const screen = rules.slice(0, rules.indexOf('@media print'));
    expect(screen.match(/#[0-9a-f]{3,8}\b|rgb|hsl/g)).toBeNull();
    expect(printed.match(/#[0-9a-f]{3,8}\b/g)?.every((colour) => colour === '#000')).toBe(true);
  });

  it('asks for no other file', () => {
    expect(stylesheet).not.toMatch(/url\(|@import|@font-face/);
  });
});
