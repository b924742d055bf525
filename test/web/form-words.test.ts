import { expect, it } from 'vitest';
import { faultsOfForms } from './form-words.ts';

const page = (action: string, content: string) =>
  `<main><form method="post" action="${action}" novalidate>${content}</form></main>`;
const button = (words: string) => `<button type="submit" class="button">${words}</button>`;

it.each([
  ['a question that is sent by another word', page('/questionnaire/A3', button('Suivant'))],
  ['a button that names no act', page('/status/withdrawal', button('Valider'))],
  ['a form without a button', page('/status/withdrawal', '')],
  ['an asterisk', page('/proof', `<label for="a">Nom *</label>${button('Vérifier')}`)],
  ['a field that the browser requires', page('/proof', `<input name="a" required>${button('Vérifier')}`)],
  [
    'an optional field in other words',
    page('/proof', `<label for="a">Nom (si possible, facultatif)</label>${button('Vérifier')}`),
  ],
])('finds %s', (_what, html) => {
  expect(faultsOfForms(html, 'fr')).toHaveLength(1);
});

it('finds nothing in a form that speaks well', () => {
  const form = `<label for="a">Nom (facultatif)</label><input id="a" name="a">${button('Retirer l’accès')}`;
  expect(faultsOfForms(page('/proof', form), 'fr')).toEqual([]);
});
