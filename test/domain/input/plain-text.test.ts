import { describe, expect, it } from 'vitest';
import { isPlainLine, isPlainText } from '../../../functions/domain/input/plain-text.ts';
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

  it.each(broken)('is what every name of a prospect and of a contact is held to: no %j', (character) => {
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
  });
});
