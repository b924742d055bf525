import { describe, expect, it } from 'vitest';
import {
  isBlank,
  isPlainLine,
  isPlainText,
  repaired,
  showsNothing,
  withoutInvisible,
} from '../../../functions/domain/input/plain-text.ts';
import { parseIntake } from '../../../functions/domain/intake/intake.ts';
import { validateAnswers } from '../../../functions/domain/questionnaire/validate-answers.ts';
import { plainAnswers } from '../../support/sample-answers.ts';

const turning = ['\u202a', '\u202e', '\u2066', '\u2069'];
const broken = ['\u0000', '\u001b', '\u007f', '\u0085', '\ud800', '\udfff'];

describe('plain text', () => {
  it.each([...broken, ...turning])('holds no %j, on a line or among several', (character) => {
    expect([isPlainLine(`a${character}b`), isPlainText(`a${character}b`)]).toEqual([false, false]);
  });

  it.each(['\n', '\r', '\t'])('may have %j, but not on a line', (character) => {
    expect([isPlainLine(`a${character}b`), isPlainText(`a${character}b`)]).toEqual([false, true]);
  });

  it.each(['\u2028', '\u2029'])('breaks no line by %j', (character) => {
    expect([isPlainLine(`a${character}b`), isPlainText(`a${character}b`)]).toEqual([false, true]);
  });

  it.each(['Œuvre d’Île-de-France', 'שלום', '日本', '👩‍👧 𝒳', 'a\u200fb'])('may be %j', (text) => {
    expect([isPlainLine(text), isPlainText(text)]).toEqual([true, true]);
  });

  it.each(broken.filter((character) => character !== '\u0085'))(
    'is what every name of a prospect and of a contact is held to: no %j',
    (character) => {
      const name = `Direction${character}fictive`;
      const parsed = parseIntake({
        siren: '999000102',
        legalName: name,
        bodyType: 'company',
        contactName: name,
        contactEmail: 'camille@direction.example',
        services: 'exchange',
        group: name,
      });
      expect(parsed).toMatchObject({
        problems: ['legalName', 'contactName', 'group'].map((field) =>
          expect.objectContaining({ field, code: 'not_text' }),
        ),
      });
      const contact = { name, email: 'camille@direction.example' };
      const answers = { ...plainAnswers, E5: { sponsor: contact, projectManager: contact } };
      expect(validateAnswers(answers, { complete: true })).toMatchObject({
        problems: [{ field: 'E5.sponsor.name' }, { field: 'E5.projectManager.name' }],
      });
    },
  );
});

describe('text read as Latin-1', () => {
  it.each([
    ['l\u0092\u008cuvre', 'l’Œuvre'],
    ['\u0080 \u0085 \u0096 \u0097 \u009c', '€ … – — œ'],
    ['c\u009cur de ville \u0093Est\u0094', 'cœur de ville “Est”'],
    ['Ã\u0089cole', 'École'],
    ['l\u00e2\u0080\u0099Œuvre', 'lâ€™Œuvre'],
    ['Préfecture', 'Préfecture'],
    ['a\u0081b', 'a\u0081b'],
  ])('%j means %s', (text, meant) => {
    expect(repaired(text)).toBe(meant);
  });
});

describe('a text that shows nothing', () => {
  it.each([
    '',
    ' \u00a0',
    '\u3164',
    '\u2800\u2800',
    '\u0301',
    '\u115f\u1160',
    '\uffa0',
    '\u200b\ufeff',
    '\u{1d159}',
  ])('is %j', (text) => {
    expect(showsNothing(text)).toBe(true);
  });

  it.each(['x', 'é', '👩‍👧', '日', '1'])('is not %s', (text) => {
    expect(showsNothing(text)).toBe(false);
  });
});

describe('a blank text', () => {
  it.each(['', ' \u200b', '-', ' – ', '\u2212', '/', '.', '...', '--'])('is %j', (text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each(['0', '-1', 'a', '../', '\u3164', 0, null, undefined])('is not %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

it.each(['👩‍👧‍👦', '🏳️‍🌈', '👩🏽‍⚕️', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'])(
  'keeps the joined emoji %s whole, and drops the marks around it',
  (emoji) => {
    expect(withoutInvisible(`\u200d${emoji}\u200d\u200b\u{e0061}`)).toBe(emoji);
  },
);
