import { isCalendarDate } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import type { FieldProblem } from './field-problem.ts';
import type { ContactsInput, GroupInput, Input, ManyInput, Option, Part } from './input.ts';
import { isMailAddress } from './mail-address.ts';
import { isPlainLine, withoutInvisible } from './plain-text.ts';
import {
  fieldProblem,
  largestCount,
  longestText,
  type ProblemCode,
  shownFieldName,
} from './problem-texts.ts';
import { unknownNames } from './unknown-names.ts';

const longestList = 50;

/** The field of a value and its label. */
interface Place {
  readonly field: string;
  readonly name: Text;
}

/** The reading of values from outside, with the problems found so far. */
export interface Reading {
  readonly problems: FieldProblem[];
  /** Site codes of the platform; when absent any short code is taken. */
  readonly sites: readonly string[] | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of the sender's own; properties that JavaScript objects inherit do not count. */
export function ownValue(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function refuse(reading: Reading, place: Place, code: ProblemCode, detail?: string | Text): undefined {
  reading.problems.push(fieldProblem(place.field, place.name, code, detail));
  return undefined;
}

function within(place: Place, step: string, name?: Text): Place {
  const inner = name ?? place.name;
  return {
    field: `${place.field}${step}`,
    name: name ? { fr: `${place.name.fr}, ${inner.fr}`, en: `${place.name.en}, ${inner.en}` } : inner,
  };
}

/** The value to store, or undefined when it has problems (now in `reading`). */
export function readInput(reading: Reading, place: Place, input: Input, value: unknown): unknown {
  switch (input.kind) {
    case 'one':
      return readOption(reading, place, input.options, value);
    case 'many':
      return readMany(reading, place, input, value);
    case 'integer':
      return readCount(reading, place, value);
    case 'date':
      return readDate(reading, place, value);
    case 'site':
      return readSite(reading, place, value);
    case 'scale':
      return readScale(reading, place, value);
    case 'attestation':
      return value === true ? true : refuse(reading, place, 'not_attested');
    case 'ranges':
      return readRanges(reading, place, value);
    case 'group':
      return readGroup(reading, place, input, value);
    case 'contacts':
      return readContacts(reading, place, input, value);
  }
}

function listed(choices: readonly Option[]): string {
  return choices.map(({ code }) => code).join(', ');
}

function readOption(reading: Reading, place: Place, choices: readonly Option[], value: unknown) {
  const known = choices.find(({ code }) => code === value);
  return known ? known.code : refuse(reading, place, 'unknown_option', listed(choices));
}

function readMany(reading: Reading, place: Place, input: ManyInput, value: unknown) {
  if (!Array.isArray(value)) return refuse(reading, place, 'not_a_list');
  if (value.length > longestList) return refuse(reading, place, 'too_many');
  if (value.length === 0) return refuse(reading, place, 'missing');
  const before = reading.problems.length;
  const kept: string[] = [];
  for (const [index, item] of value.entries()) {
    const at = within(place, `[${index}]`);
    const code = readOption(reading, at, input.options, item);
    if (code !== undefined && kept.includes(code)) refuse(reading, at, 'duplicate');
    else if (code !== undefined) kept.push(code);
  }
  if (kept.length > 1 && kept.some((code) => input.standsAlone.includes(code))) {
    refuse(reading, place, 'stands_alone');
  }
  return reading.problems.length === before ? kept : undefined;
}

function readCount(reading: Reading, place: Place, value: unknown) {
  if (typeof value !== 'number' || !Number.isInteger(value)) return refuse(reading, place, 'not_an_integer');
  if (value < 0) return refuse(reading, place, 'negative');
  return value > largestCount ? refuse(reading, place, 'too_large') : value + 0;
}

function readScale(reading: Reading, place: Place, value: unknown) {
  const onScale = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 4;
  if (onScale || value === 'na' || value === 'unknown') return value;
  return refuse(reading, place, 'out_of_scale');
}

function readDate(reading: Reading, place: Place, value: unknown) {
  return typeof value === 'string' && isCalendarDate(value) ? value : refuse(reading, place, 'not_a_date');
}

function readSite(reading: Reading, place: Place, value: unknown) {
  const codes = reading.sites && ['any', ...reading.sites];
  const known =
    typeof value === 'string' && (codes?.includes(value) ?? /^[a-z0-9][a-z0-9_-]{0,39}$/.test(value));
  return known ? value : refuse(reading, place, 'unknown_option', codes?.join(', ') ?? 'any');
}

function readLine(reading: Reading, place: Place, value: unknown): string | undefined {
  if (value === undefined) return refuse(reading, place, 'missing');
  if (typeof value !== 'string') return refuse(reading, place, 'not_text');
  const line = withoutInvisible(value).trim();
  if (line === '') return refuse(reading, place, 'missing');
  if (line.length > longestText) return refuse(reading, place, 'too_long');
  return isPlainLine(line) ? line : refuse(reading, place, 'not_text');
}

function refuseUnknownNames(reading: Reading, place: Place, fields: Fields, known: readonly string[]) {
  for (const name of unknownNames(fields, (given) => known.includes(given))) {
    const shown = shownFieldName(name);
    refuse(reading, within(place, `.${shown}`, { fr: shown, en: shown }), 'unknown_field');
  }
}

/**
 * Reads an object whose fields have known names.
 *
 * @param readEach reads the fields into `kept` and adds their problems
 */
function readFields(
  reading: Reading,
  place: Place,
  value: unknown,
  known: readonly string[],
  readEach: (fields: Fields, kept: Record<string, unknown>) => void,
) {
  if (!isFields(value)) return refuse(reading, place, 'not_an_object');
  const before = reading.problems.length;
  refuseUnknownNames(reading, place, value, known);
  const kept: Record<string, unknown> = {};
  readEach(value, kept);
  return reading.problems.length === before ? kept : undefined;
}

function readGroup(reading: Reading, place: Place, input: GroupInput, value: unknown) {
  const names = input.parts.map(({ name }) => name);
  return readFields(reading, place, value, names, (fields, kept) => {
    for (const part of input.parts) {
      const given = readPart(reading, within(place, `.${part.name}`, part.label), part, fields);
      if (given !== undefined) kept[part.name] = given;
    }
    refuseDisorder(reading, place, input, kept);
  });
}

function readPart(reading: Reading, place: Place, part: Part, siblings: Fields) {
  const value = ownValue(siblings, part.name);
  const { presence } = part;
  const holds = presence.kind !== 'always' && ownValue(siblings, presence.part) === presence.is;
  if (value !== undefined) {
    const excluded = presence.kind === 'exactly_if' && !holds;
    return excluded ? refuse(reading, place, 'not_expected') : readInput(reading, place, part.input, value);
  }
  const needed = presence.kind === 'always' || holds === (presence.kind === 'exactly_if');
  return needed ? refuse(reading, place, 'missing') : undefined;
}

function refuseDisorder(reading: Reading, place: Place, { order, parts }: GroupInput, kept: Fields) {
  const second = parts.find(({ name }) => name === order?.second);
  const first = parts.find(({ name }) => name === order?.first);
  if (!first || !second) return;
  if (isAfter(kept[first.name], kept[second.name])) {
    refuse(reading, within(place, `.${first.name}`, first.label), 'out_of_order', second.label);
  }
}

function isAfter(first: unknown, second: unknown): boolean {
  if (typeof first === 'number' && typeof second === 'number') return first > second;
  return typeof first === 'string' && typeof second === 'string' && first > second;
}

const rangeParts: GroupInput = {
  kind: 'group',
  parts: [
    {
      name: 'from',
      label: { fr: 'début', en: 'start' },
      input: { kind: 'date' },
      presence: { kind: 'always' },
    },
    { name: 'to', label: { fr: 'fin', en: 'end' }, input: { kind: 'date' }, presence: { kind: 'always' } },
  ],
  order: { first: 'from', second: 'to' },
};

function readRanges(reading: Reading, place: Place, value: unknown) {
  if (!Array.isArray(value)) return refuse(reading, place, 'not_a_list');
  if (value.length > longestList) return refuse(reading, place, 'too_many');
  const before = reading.problems.length;
  const kept = value.map((item, index) => readGroup(reading, within(place, `[${index}]`), rangeParts, item));
  return reading.problems.length === before ? kept : undefined;
}

function readContacts(reading: Reading, place: Place, input: ContactsInput, value: unknown) {
  const codes = input.roles.map(({ code }) => code);
  return readFields(reading, place, value, codes, (fields, kept) => {
    for (const { code, label, required } of input.roles) {
      const given = ownValue(fields, code);
      const at = within(place, `.${code}`, label);
      if (given !== undefined) kept[code] = readContact(reading, at, given);
      else if (required) refuse(reading, at, 'missing');
    }
  });
}

function readContact(reading: Reading, place: Place, value: unknown) {
  if (!isFields(value)) return refuse(reading, place, 'not_an_object');
  refuseUnknownNames(reading, place, value, ['name', 'email']);
  const name = readLine(reading, within(place, '.name', { fr: 'nom', en: 'name' }), ownValue(value, 'name'));
  const mailPlace = within(place, '.email', { fr: 'adresse électronique', en: 'email address' });
  const email = readLine(reading, mailPlace, ownValue(value, 'email'));
  if (email !== undefined && !isMailAddress(email)) refuse(reading, mailPlace, 'not_a_mail_address');
  return { name, email };
}
