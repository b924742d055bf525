import type { FieldProblem } from '../../domain/input/field-problem.ts';
import type { Input } from '../../domain/input/input.ts';
import { findQuestion, questions } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { Problem } from '../shared/layout/error-summary.ts';

function questionOf(field: string): string {
  return field.split(/[.[]/)[0] ?? '';
}

/** The page shows the question above its parts, so their problems do not repeat it. A row names its number. */
function shortened(message: string, label: string, row: string | undefined): string {
  if (!message.startsWith(`${label}, `)) return message;
  const rest = message.slice(label.length + 2);
  return row === undefined ? rest : `${row}, ${rest}`;
}

const choose: Text = { fr: 'choisissez une réponse.', en: 'choose an answer.' };
const missingByKind: Readonly<Partial<Record<Input['kind'], Text>>> = {
  one: choose,
  site: choose,
  scale: choose,
  many: { fr: 'cochez au moins une réponse.', en: 'tick at least one answer.' },
  integer: {
    fr: 'indiquez un nombre, zéro s’il n’y en a pas.',
    en: 'enter a number, zero if there are none.',
  },
  date: { fr: 'indiquez une date.', en: 'enter a date.' },
};

/** The fix for an empty field, by its kind. */
function missing(field: string): Text {
  const [id = '', ...rest] = field.split('.');
  const input = findQuestion(id)?.input;
  const part = input?.kind === 'group' ? input.parts.find(({ name }) => name === rest[0])?.input : input;
  return (
    missingByKind[part?.kind ?? 'group'] ?? {
      fr: 'ce champ est obligatoire ; renseignez-le.',
      en: 'this field is required; fill it in.',
    }
  );
}

/** Drops the question mark or ellipsis of a label before a colon. */
function withoutMark(message: string): string {
  return message.replace(/ ?[?…](?= ?: )/, '');
}

function inWords({ code, message, field }: FieldProblem): Text {
  const label = findQuestion(questionOf(field))?.label ?? { fr: '', en: '' };
  const row = /\[(\d+)\]\./.exec(field)?.[1];
  const number = row === undefined ? undefined : Number(row) + 1;
  const fr = shortened(message.fr, label.fr, number === undefined ? undefined : `Période ${number}`);
  const en = shortened(message.en, label.en, number === undefined ? undefined : `Window ${number}`);
  const words = code === 'missing' ? missing(field) : undefined;
  return {
    fr: withoutMark(words === undefined ? fr : fr.replace(/ : [^:]*$/, ` : ${words.fr}`)),
    en: withoutMark(words === undefined ? en : en.replace(/: [^:]*$/, `: ${words.en}`)),
  };
}

/** Problems at the fields of a page, in its order: one for each field, those of an item of a list at the list. */
export function atFields(problems: readonly FieldProblem[]): readonly Problem[] {
  const rank = ({ field }: FieldProblem) => questions.findIndex(({ id }) => id === questionOf(field));
  const placed = problems
    .toSorted((a, b) => rank(a) - rank(b))
    .map((problem) => ({
      field: problem.field.replace(/\[\d+\]$/, ''),
      message: inWords(problem),
    }));
  return placed.filter(({ field }, index) => placed.findIndex((other) => other.field === field) === index);
}
