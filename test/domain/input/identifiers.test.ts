import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSiren, isFrenchVatNumber, parseSiren } from '../../../functions/domain/input/identifiers.ts';

describe('a SIREN', () => {
  it.each([
    ['999000102', 'plain'],
    ['999 000 102', 'spaces'],
    ['9990-0010-2', 'dashes'],
    ['999.000.102', 'dots'],
    ['999\u00a0000\u202f102', 'non-breaking spaces'],
    ['\ufeff999\u200b000102\u200e', 'invisible characters'],
  ])('is read from %j (%s)', (text) => {
    expect(parseSiren(text)).toEqual({ siren: '999000102' });
  });

  it('is written in groups of three, and read back', () => {
    expect(formatSiren('999000102')).toBe('999\u202f000\u202f102');
    expect(parseSiren(formatSiren('999000102'))).toEqual({ siren: '999000102' });
  });

  it.each([
    ['', 'missing'],
    [' \u200b-', 'missing'],
    ['99900010A', 'not_digits'],
    ['٩٩٩٠٠٠١٠٢', 'not_digits'],
    ['99900010', 'wrong_length'],
    ['9990001020', 'wrong_length'],
    ['999000103', 'wrong_check_digit'],
    ['000 000 000', 'unassigned'],
    ['00000000', 'unassigned'],
    ['35600000000000', 'unassigned'],
    ['00000000000000', 'unassigned'],
  ])('is refused in %j as %s', (text, problem) => {
    expect(parseSiren(text)).toBe(problem);
  });

  it.each([
    ['552100554.0', '552100554'],
    ['552100554.00000', '552100554'],
    ['552 100 554,00', '552100554'],
    ['552.100.554,0', '552100554'],
    ['552100554.', '552100554'],
    ['552,100,554', '552100554'],
    ['356.000.000', '356000000'],
    ['732829320 00074', '732829320'],
    ['732.829.320.00074', '732829320'],
    ['732.829.320 00074', '732829320'],
    ['73282932000074.0', '732829320'],
  ])('is read from %s without its decimal zeros', (text, siren) => {
    const found = parseSiren(text);
    expect(typeof found === 'string' ? undefined : found.siren).toBe(siren);
  });

  it.each([
    ['552100554.5', 'decimals'],
    ['732829320.00074', 'decimals'],
    ['35600000.4', 'decimals'],
    ['5521005.54', 'decimals'],
    ['35600000.0', 'wrong_length'],
    ['5,521E+08', 'scientific_notation'],
    ['5.52100554e+08', 'scientific_notation'],
    ['="552100554"', 'text_formula'],
    ['=552100554', 'text_formula'],
    ['5520135', 'lost_zeros'],
    ['5520135.0', 'lost_zeros'],
    ['#N/A', 'spreadsheet_error'],
    [' #REF! ', 'spreadsheet_error'],
    ['#VALEUR!', 'spreadsheet_error'],
    ['#########', 'spreadsheet_error'],
  ])('is refused in %s as %s, which a spreadsheet made of it', (text, problem) => {
    expect(parseSiren(text)).toBe(problem);
  });

  it('never becomes that of another organisation by a decimal tail', () => {
    const digits = fc.integer({ min: 1_000, max: 99_999_999_999_999 }).map(String);
    const tail = fc.tuple(fc.constantFrom('.', ',', ' .', ', '), fc.stringMatching(/^[0-9]{1,2}$/));
    fc.assert(
      fc.property(digits, tail, (number, [mark, decimals]) => {
        const [found, whole] = [parseSiren(`${number}${mark}${decimals}`), parseSiren(number)];
        expect(typeof found === 'string' || found).toEqual(typeof found === 'string' || whole);
      }),
      { seed: 13, numRuns: 20_000 },
    );
  });

  it('survives any decoration', () => {
    const decoration = fc.constantFrom('', ' ', '-', '_', '\u00a0', '\u200b', '\u2011');
    fc.assert(
      fc.property(fc.array(decoration, { minLength: 9, maxLength: 9 }), (marks) => {
        const text = [...'356000000'].map((digit, index) => `${marks[index]}${digit}`).join('');
        expect(parseSiren(text)).toEqual({ siren: '356000000' });
      }),
      { seed: 11 },
    );
  });

  it('catches every single wrong digit', () => {
    fc.assert(
      fc.property(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 9 }), (position, shift) => {
        const digits = [...'999000102'].map(Number);
        digits[position] = ((digits[position] ?? 0) + shift) % 10;
        expect(parseSiren(digits.join(''))).toBe('wrong_check_digit');
      }),
      { seed: 12 },
    );
  });
});

describe('a SIRET', () => {
  it('is reduced to its SIREN and kept', () => {
    expect(parseSiren('732 829 320 00074')).toEqual({ siren: '732829320', siret: '73282932000074' });
  });

  it.each(['73282932000075', '73282932100074'])('is refused when a check digit is wrong: %s', (text) => {
    expect(parseSiren(text)).toBe('wrong_check_digit');
  });

  const laPoste = { siren: '356000000' };
  it.each([
    ['35600000000048', 'the head office, by Luhn', { ...laPoste, siret: '35600000000048' }],
    ['35600000000015', 'a digit sum of 20, not Luhn', { ...laPoste, siret: '35600000000015' }],
    ['35600000000030', 'Luhn, a digit sum of 17', { ...laPoste, siret: '35600000000030' }],
    ['35600000000016', 'neither: a digit sum of 21, not Luhn', 'wrong_check_digit'],
  ])('of La Poste %s is judged by %s', (siret, _why, expected) => {
    expect(parseSiren(siret)).toEqual(expected);
  });

  it('of another company never passes by its digit sum', () => {
    expect(parseSiren('73282932000004')).toBe('wrong_check_digit');
  });
});

describe('a French VAT number', () => {
  it.each([
    ['FR44732829320', true],
    ['fr 44 732 829 320', true],
    ['FR 44 732.829.320', true],
    ['FR44732829320.0', true],
    ['FR4473282932.0', false],
    ['FR4473282932,0', false],
    ['FR45732829320', false],
    ['FRAB732829320', true],
    ['FRIO732829320', false],
    ['FR44732829321', false],
    ['FRAB732829321', false],
    ['DE44732829320', false],
    ['44732829320', false],
    ['', false],
  ])('%j is right: %s', (text, right) => {
    expect(isFrenchVatNumber(text)).toBe(right);
  });
});
