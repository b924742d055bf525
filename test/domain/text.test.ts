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
    ['Référence : « je ne sais pas »', 'Référence⟨fixe⟩: «⟨fixe⟩je ne sais pas⟨fixe⟩»'],
    [
      '62,5 % connus, avant 18 h, loi n° 2024-449',
      '62,5⟨fixe⟩% connus, avant 18⟨fixe⟩h, loi n°⟨fixe⟩2024-449',
    ],
    ['Suivre :\nhttps://accueil.example/f/a?b=c;d', 'Suivre⟨fixe⟩:\nhttps://accueil.example/f/a?b=c;d'],
    ['Enregistré à 14:02 – Partie A : vous', 'Enregistré à 14:02 – Partie A⟨fixe⟩: vous'],
    [' : ', '⟨fixe⟩: '],
  ])('%s', (written, set) => {
    expect(seen(typeset(written, 'fr'))).toBe(set);
  });

  test('a text that is set stays as it is, and no letter of it changes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(' ', ':', ';', '?', '!', '«', '»', '%', 'h', 'é', '4') }),
        (text) => {
          const set = typeset(text, 'fr');
          expect(typeset(set, 'fr')).toBe(set);
          expect(set.replace(/[\u00a0\u202f]/g, ' ')).toBe(text);
          expect(set).not.toMatch(/ [;?!:»%]|« /);
        },
      ),
    );
  });
});

test('English is left as it is written', () => {
  expect(inLanguage({ fr: 'Quoi ?', en: 'What : “this” ?' }, 'en')).toBe('What : “this” ?');
});
