import { bands } from '../../domain/input/figure.ts';
import type { ContactsInput, GroupInput, Input, Presence } from '../../domain/input/input.ts';
import { isBlank } from '../../domain/input/plain-text.ts';
import { dateTyped } from '../../domain/input/written-date.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { bandName, unknownName } from '../shared/layout/fields.ts';
import type { Entries } from './entries.ts';

/** A page of the questionnaire as it was sent. */
export interface ReadForm {
  /** The answers as they were typed, to be read by the rules; absent where a field is empty. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The fields as they were typed, to redisplay them. */
  readonly entries: Entries;
  /** Rows of the freeze windows that are filled in. */
  readonly rows: number;
  /** Fields that the page does not have. */
  readonly strange: readonly string[];
}

/** Fields of the page that are no answers. */
export const pageFields = {
  returnTo: 'return',
  save: 'save',
  add: 'add',
  seen: 'seen',
} as const;

/** The field that says which of two answers to a question is kept. */
export function keepField(id: string): string {
  return `keep.${id}`;
}

const rangeField = /^(E2)\[(\d{1,4})\]\.((?:from|to)\.(?:day|month|year))$/;
const dateParts = ['day', 'month', 'year'] as const;

type Form = Pick<FormFields, 'get' | 'all' | 'date'>;

function filledIn(form: Form, name: string): string | undefined {
  const value = form.get(name);
  return isBlank(value) ? undefined : value;
}

/** A value that two fields may give; both, as a list, when both are filled in. */
function eitherOf(one: unknown, other: unknown): unknown {
  if (one === undefined || other === undefined) return one ?? other;
  return [one, other];
}

/** What is chosen beside a number: "unknown", or a band by its lower end. */
function readBand(form: Form, name: string): unknown {
  const chosen = filledIn(form, bandName(name));
  return bands.find(({ from }) => String(from) === chosen) ?? chosen;
}

function readField(form: Form, name: string, input: Input): unknown {
  switch (input.kind) {
    case 'date': {
      const date = form.date(name);
      return input.orUnknown === true ? eitherOf(date, filledIn(form, unknownName(name))) : date;
    }
    case 'figure':
      return eitherOf(filledIn(form, name), readBand(form, name));
    default:
      return filledIn(form, name);
  }
}

function present(fields: readonly (readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** True for a part that belongs to another choice than the one made: the page hides it, whatever is left in it. */
function isHidden(form: Form, name: string, presence: Presence): boolean {
  if (presence.kind !== 'exactly_if') return false;
  const chosen = filledIn(form, `${name}.${presence.part}`);
  return chosen !== undefined && !isBlank(chosen) && chosen.toLowerCase() !== presence.is;
}

/** An empty group is still given, so that each of its missing parts is named; unless the form has ended. */
function readGroup(form: Form, name: string, { parts }: GroupInput, whole: boolean): unknown {
  const shown = parts.filter(({ presence }) => !isHidden(form, name, presence));
  const group = present(
    shown.map((part) => [part.name, readField(form, `${name}.${part.name}`, part.input)]),
  );
  return whole || Object.keys(group).length > 0 ? group : undefined;
}

function readContacts(form: Form, name: string, { roles }: ContactsInput, whole: boolean): unknown {
  const contacts = roles.map(({ code, required }) => {
    const contact = present(
      (['name', 'email'] as const).map((part) => [part, filledIn(form, `${name}.${code}.${part}`)]),
    );
    const given = Object.keys(contact).length > 0 || (required && whole);
    return [code, given ? contact : undefined] as const;
  });
  const given = present(contacts);
  return whole || Object.keys(given).length > 0 ? given : undefined;
}

function readRanges(form: Form, name: string, rows: number): unknown {
  return Array.from({ length: rows }, (_, index) =>
    present((['from', 'to'] as const).map((part) => [part, form.date(`${name}[${index}].${part}`)])),
  );
}

function readQuestion(form: Form, { id, input }: Question, rows: number, whole: boolean): unknown {
  switch (input.kind) {
    case 'group':
      return readGroup(form, id, input, whole);
    case 'contacts':
      return readContacts(form, id, input, whole);
    case 'many': {
      const values = form.all(id).filter((value) => !isBlank(value));
      return values.length === 0 ? undefined : values;
    }
    case 'ranges':
      return readRanges(form, id, rows);
    case 'attestation':
      return undefined;
    default:
      return readField(form, id, input);
  }
}

/** Names of the fields of a question on its page; ranges are recognised by their shape. */
function namesOf({ id, input }: Question): readonly string[] {
  const dated = (name: string) => dateParts.map((part) => `${name}.${part}`);
  switch (input.kind) {
    case 'group':
      return input.parts.flatMap((part) => {
        const name = `${id}.${part.name}`;
        if (part.input.kind === 'figure') return [name, bandName(name)];
        return part.input.kind === 'date' ? [...dated(name), unknownName(name)] : [name];
      });
    case 'contacts':
      return input.roles.flatMap(({ code }) => [`${id}.${code}.name`, `${id}.${code}.email`]);
    case 'ranges':
    case 'attestation':
      return [];
    default:
      return [id];
  }
}

/** Entries of the freeze windows without empty rows, renumbered: problems refer to these numbers. */
function withoutEmptyRows(typed: Entries): Entries {
  const filled = [...typed].flatMap(([name, values]) => {
    const [, , row] = rangeField.exec(name) ?? [];
    return row !== undefined && values.some((value) => !isBlank(value)) ? [Number(row)] : [];
  });
  const order = [...new Set(filled)].toSorted((a, b) => a - b);
  return new Map(
    [...typed].flatMap(([name, values]) => {
      const [, id, row, part] = rangeField.exec(name) ?? [];
      if (row === undefined) return [[name, values] as const];
      const index = order.indexOf(Number(row));
      return index === -1 ? [] : [[`${id}[${index}].${part}`, values] as const];
    }),
  );
}

/** A form made of the entries. */
function formOfEntries(entries: Entries): Form {
  const all = (name: string) => entries.get(name) ?? [];
  const get = (name: string) => all(name)[0];
  return {
    all,
    get,
    date: (name) => {
      const [day = '', month = '', year = ''] = dateParts.map((part) => get(`${name}.${part}`) ?? '');
      return dateTyped({ day, month, year });
    },
  };
}

/**
 * Reads a page of the questionnaire. With `whole`, questions of several parts are given even when they are empty, so
 * that each missing part is named at its field.
 */
export function readForm(
  asked: readonly Question[],
  fields: Pick<FormFields, 'names' | 'all'>,
  whole: boolean,
): ReadForm {
  const known = new Set([
    ...asked.flatMap((question) => [...namesOf(question), keepField(question.id)]),
    ...Object.values(pageFields),
  ]);
  const hasRanges = asked.some(({ input }) => input.kind === 'ranges');
  const strange = fields.names().filter((name) => !known.has(name) && !(hasRanges && rangeField.test(name)));
  const entries = withoutEmptyRows(new Map(fields.names().map((name) => [name, fields.all(name)])));
  const form = formOfEntries(entries);
  const rowsSeen = [...entries.keys()].map((name) => Number(rangeField.exec(name)?.[2] ?? -1));
  const rows = Math.max(-1, ...rowsSeen) + 1;
  const given = present(asked.map((question) => [question.id, readQuestion(form, question, rows, whole)]));
  return { given, entries, rows, strange };
}
