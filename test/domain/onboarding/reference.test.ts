import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatReference,
  parseReference,
  referenceByteCount,
  TooFewRandomBytesError,
} from '../../../functions/domain/onboarding/reference.ts';

const alphabet = '23456789CDFHJKMNPRTVWXY';
const bytes = fc.uint8Array({ minLength: referenceByteCount, maxLength: referenceByteCount, max: 252 });
const references = bytes.map(formatReference);
/** Places of the characters in the written form; the fifth is the hyphen. */
const places = [0, 1, 2, 3, 5, 6, 7, 8];

function replaced(text: string, place: number, character: string): string {
  return text.slice(0, place) + character + text.slice(place + 1);
}

describe('an onboarding reference', () => {
  it('has one form: four characters, a hyphen, four characters, digits at the even places', () => {
    fc.assert(
      fc.property(references, (reference) => {
        expect(reference).toMatch(
          /^[2-9CDFHJKMNPRTVWXY][2-9][2-9CDFHJKMNPRTVWXY][2-9]-[2-9CDFHJKMNPRTVWXY][2-9][2-9CDFHJKMNPRTVWXY]{2}$/,
        );
        expect(parseReference(reference)).toBe(reference);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is refused with any one character replaced by any other of the alphabet', () => {
    fc.assert(
      fc.property(references, (reference) => {
        const accepted = places.flatMap((place) =>
          [...alphabet]
            .filter((character) => character !== reference[place])
            .filter((character) => parseReference(replaced(reference, place, character)) !== undefined),
        );
        expect(accepted).toEqual([]);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('is refused with any two different characters exchanged, neighbours or not', () => {
    fc.assert(
      fc.property(references, (reference) => {
        const accepted = places.flatMap((first) =>
          places
            .filter((second) => first < second && reference[first] !== reference[second])
            .map((second) =>
              replaced(replaced(reference, first, reference.charAt(second)), second, reference.charAt(first)),
            )
            .filter((swapped) => parseReference(swapped) !== undefined),
        );
        expect(accepted).toEqual([]);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('takes each of 256 values of a byte without favour', () => {
    const counts = new Map<string, number>();
    for (let value = 0; value < 256; value += 1) {
      const first = formatReference(Uint8Array.of(value, 0, 0, 0, 0, 0, 0, 0)).charAt(0);
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    // 253 to 255 are passed over and the zero behind them is read: three more of the first character.
    expect(counts.get('2')).toBe(11 + 3);
    expect([...alphabet].slice(1).map((character) => counts.get(character))).toEqual(Array(22).fill(11));
  });

  it('asks for more random bytes rather than make do with too few', () => {
    expect(() => formatReference(new Uint8Array(6))).toThrow(TooFewRandomBytesError);
    expect(() => formatReference(new Uint8Array(24).fill(255))).toThrow(TooFewRandomBytesError);
  });

  it.each([
    'k7f4-m3xj',
    ' K7F4 M3XJ ',
    'K7F4M3XJ',
    'K7F4–M3XJ',
    'K7F4\u2011M3XJ',
    'K7F4\u00a0-\u200bM3XJ',
    'K-7-F-4-M-3-X-J',
    'Ｋ７F4-M3XJ',
  ])('is read from "%s"', (text) => {
    expect(parseReference(text)).toBe('K7F4-M3XJ');
  });

  it('reads letters as the digits they are mistaken for', () => {
    const reference = formatReference(Uint8Array.of(0, 6, 3, 4, 0, 3, 19));
    expect(reference).toMatch(/^2856-25V/);
    expect(parseReference(reference.replace('2856-25V', 'zbsg-zsu'))).toBe(reference);
  });

  it.each(['', 'K7F4-M3X', 'K7F4-M3XJJ', 'K7F4-M3XK', 'K7F4-M3X0', 'O7F4-M3XJ', 'KKKK-KKKK', '../../etc'])(
    'is not read from "%s"',
    (text) => {
      expect(parseReference(text)).toBeUndefined();
    },
  );
});
