import { type CalendarDate, isCalendarDate } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import type { FieldProblem } from './field-problem.ts';
import { isPlainLine, showsNothing } from './plain-text.ts';
import { fieldProblem } from './problem-texts.ts';

/** A field as people read its name. */
export interface Field {
  readonly name: string;
  readonly label: Text;
}

/** A problem of one field in words of its own, after its label. */
export function problemOfField({ name, label }: Field, code: string, sentence: Text): FieldProblem {
  const message = { fr: `${label.fr} : ${sentence.fr}`, en: `${label.en}: ${sentence.en}` };
  return { field: name, code, message };
}

/** What is wrong with a line that is required and at most so many characters long. */
export function lineProblems(field: Field, value: string, longest: number): readonly FieldProblem[] {
  const { name, label } = field;
  if (value === '') return [fieldProblem(name, label, 'missing')];
  if (!isPlainLine(value) || showsNothing(value)) return [fieldProblem(name, label, 'not_text')];
  if (value.length <= longest) return [];
  return [
    problemOfField(field, 'too_long', {
      fr: `le texte dépasse ${longest} caractères ; raccourcissez-le.`,
      en: `the text exceeds ${longest} characters; shorten it.`,
    }),
  ];
}

/** What is wrong with a day that is required and not after today. */
export function dayProblems(field: Field, value: string, today: CalendarDate): readonly FieldProblem[] {
  const { name, label } = field;
  if (value === '') return [fieldProblem(name, label, 'missing')];
  if (!isCalendarDate(value)) return [fieldProblem(name, label, 'not_a_date')];
  if (value <= today) return [];
  return [
    problemOfField(field, 'future', {
      fr: 'cette date est à venir ; indiquez une date passée ou celle d’aujourd’hui.',
      en: 'this date is in the future; enter today’s date or an earlier one.',
    }),
  ];
}
