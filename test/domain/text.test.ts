import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { inLanguage, typeset } from '../../functions/domain/text.ts';

/** The two no-break spaces, made visible. */
function seen(text: string): string {
  return text.replaceAll('\u202f', '⟨fine⟩').replaceAll('\u00a0', '⟨fixe⟩');
}

describe('French is set as print sets it', () => {
  it.each([
    ['Est-ce tout ? Oui !', 'Est-ce tout⟨fine⟩? Oui⟨fine⟩!'],
    ['Rien n’est perdu ; réessayez.', 'Rien n’est perdu⟨fine⟩; réessayez.'],
    ['Référence : « je ne sais pas »', 'Référence⟨fine⟩: «⟨fixe⟩je⟨fixe⟩ne⟨fixe⟩sais⟨fixe⟩pas⟨fixe⟩»'],
    ['Je ne sais pas', 'Je⟨fixe⟩ne⟨fixe⟩sais⟨fixe⟩pas'],
    [
      '62,5 % connus, avant 18 h, loi n° 2024-449',
      '62,5⟨fixe⟩% connus, avant 18⟨fixe⟩h, loi n°⟨fixe⟩2024-449',
    ],
    ['Suivre :\nhttps://accueil.example/f/a?b=c;d', 'Suivre⟨fine⟩:\nhttps://accueil.example/f/a?b=c;d'],
    ['le 3 décembre 2026 à 9 h 13', 'le 3⟨fixe⟩décembre 2026 à 9⟨fixe⟩h⟨fixe⟩13'],
    ['le 1er mars 2027', 'le 1er⟨fixe⟩mars 2027'],
    ['15 points d’effort, (+ 12,5 points)', '15⟨fixe⟩points d’effort, (+⟨fixe⟩12,5⟨fixe⟩points)'],
    ['De 10 000 à 1 100 000 personnes', 'De 10⟨fine⟩000 à 1⟨fine⟩100⟨fine⟩000⟨fixe⟩personnes'],
    ['SIREN 999 000 102', 'SIREN 999⟨fine⟩000⟨fine⟩102'],
    ['en 2027 100 places, le 2 2027', 'en 2027 100⟨fixe⟩places, le 2 2027'],
    [
      'code, art. L. 1111-8 ; NIS 2, art. 31',
      'code, art.⟨fixe⟩L.⟨fixe⟩1111-8⟨fine⟩; NIS⟨fixe⟩2, art.⟨fixe⟩31',
    ],
    ['Partie A : vous, K7F4-M3X2 et B12 vus', 'Partie⟨fixe⟩A⟨fine⟩: vous, K7F4-M3X2 et B12 vus'],
    [' : ', '⟨fine⟩: '],
  ])('%s', (written, set) => {
    expect(seen(typeset(written, 'fr'))).toBe(set);
  });

  test('a text that is set stays as it is, and no letter of it changes', () => {
    const pieces = [
      ' ',
      ':',
      ';',
      '?',
      '!',
      '«',
      '»',
      '%',
      'h',
      'é',
      '4',
      '000',
      'n°',
      ',',
      '+',
      'je ne sais pas',
    ];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...pieces) }), (text) => {
        const set = typeset(text, 'fr');
        expect(typeset(set, 'fr')).toBe(set);
        expect(set.replace(/[\u00a0\u202f]/g, ' ')).toBe(text);
        expect(set).not.toMatch(/ [;?!:»%]|« /);
      }),
      { numRuns: 1_000 },
    );
  });
});

test('English is left as it is written', () => {
  expect(inLanguage({ fr: 'Quoi ?', en: 'What : “this” ?' }, 'en')).toBe('What : “this” ?');
});
