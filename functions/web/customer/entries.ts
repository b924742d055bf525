import { findBand } from '../../domain/input/figure.ts';
import type { Input } from '../../domain/input/input.ts';
import { isFields, ownValue } from '../../domain/input/read-input.ts';
import type { Answers } from '../../domain/questionnaire/answers.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { bandName, datePartsOf, unknownName } from '../shared/layout/fields.ts';

/** The content of a form's fields: texts by field name. */
export type Entries = ReadonlyMap<string, readonly string[]>;

type Entry = readonly [name: string, values: readonly string[]];

export function entryOf(entries: Entries, name: string): string | undefined {
  return entries.get(name)?.[0];
}

/** The three fields of a date. */
export function dateEntries(name: string, date: unknown): readonly Entry[] {
  if (typeof date !== 'string') return [];
  const { day, month, year } = datePartsOf(date);
  return [
    [`${name}.day`, [day]],
    [`${name}.month`, [month]],
    [`${name}.year`, [year]],
  ];
}

export function entriesOfValue(input: Input, name: string, value: unknown): readonly Entry[] {
  switch (input.kind) {
    case 'date':
      return value === 'unknown' ? [[unknownName(name), ['unknown']]] : dateEntries(name, value);
    case 'figure': {
      const chosen = value === 'unknown' ? value : findBand(value)?.from;
      return chosen === undefined ? written(name, value) : [[bandName(name), [String(chosen)]]];
    }
    case 'many':
      return Array.isArray(value) ? [[name, value.map(String)]] : [];
    case 'group': {
      if (!isFields(value)) return [];
      return input.parts.flatMap((part) =>
        entriesOfValue(part.input, `${name}.${part.name}`, ownValue(value, part.name)),
      );
    }
    case 'contacts': {
      if (!isFields(value)) return [];
      return input.roles.flatMap(({ code }) => entriesOfContact(`${name}.${code}`, ownValue(value, code)));
    }
    case 'ranges':
      return Array.isArray(value)
        ? value.flatMap((range, index) => entriesOfRange(`${name}[${index}]`, range))
        : [];
    case 'attestation':
      return [];
    default:
      return written(name, value);
  }
}

function written(name: string, value: unknown): readonly Entry[] {
  return value === undefined ? [] : [[name, [String(value)]]];
}

function entriesOfContact(name: string, contact: unknown): readonly Entry[] {
  if (!isFields(contact)) return [];
  return (['name', 'email'] as const).map((part) => [
    `${name}.${part}`,
    [String(ownValue(contact, part) ?? '')],
  ]);
}

function entriesOfRange(name: string, range: unknown): readonly Entry[] {
  if (!isFields(range)) return [];
  return [
    ...dateEntries(`${name}.from`, ownValue(range, 'from')),
    ...dateEntries(`${name}.to`, ownValue(range, 'to')),
  ];
}

/** The fields of a question as its answer fills them; none when it has no answer yet. */
export function entriesOfAnswer(
  { id, input }: Pick<Question, 'id' | 'input'>,
  answers: Answers,
): readonly Entry[] {
  return entriesOfValue(input, id, answers[id]);
}
