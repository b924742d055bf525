import type { Text } from '../text.ts';
import type { FieldProblem } from './field-problem.ts';
import { isPlainText, repaired, showsNothing } from './plain-text.ts';
import { fieldProblem } from './problem-texts.ts';

export type ReadParagraph = { readonly value: string } | { readonly problems: readonly FieldProblem[] };

export interface ParagraphField {
  readonly field: string;
  readonly label: Text;
  /** Longest text, in characters. */
  readonly most: number;
}

/** Reads a paragraph of plain text that has to be given. */
export function readParagraph(given: string, { field, label, most }: ParagraphField): ReadParagraph {
  const value = repaired(given).trim();
  const refused = (code: string, sentence: Text): ReadParagraph => ({
    problems: [
      {
        field,
        code,
        message: { fr: `${label.fr} : ${sentence.fr}`, en: `${label.en}: ${sentence.en}` },
      },
    ],
  });
  if (showsNothing(value)) {
    return refused('missing', {
      fr: 'ce champ est obligatoire ; écrivez une phrase.',
      en: 'this field is required; write a sentence.',
    });
  }
  if (value.length > most) {
    return refused('too_long', {
      fr: `le texte dépasse ${most} caractères ; raccourcissez-le.`,
      en: `the text exceeds ${most} characters; shorten it.`,
    });
  }
  return isPlainText(value) ? { value } : { problems: [fieldProblem(field, label, 'not_plain_text')] };
}
