import type { Text } from '../text.ts';
import type { FieldProblem } from './field-problem.ts';
import type { ContactsInput, GroupInput, Input, ManyInput, Option, Part } from './input.ts';
import { isBlank } from './plain-text.ts';
import { fieldProblem, type ProblemCode, shownFieldName } from './problem-texts.ts';
import {
  type ReadText,
  readCode,
  readCount,
  readDay,
  readDayOrUnknown,
  readFigure,
  readMail,
  readName,
  readSlug,
} from './read-text.ts';
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

/** A field of the sender's own that says something: blank text and a placeholder such as `-` count as absent. */
export function givenValue(fields: Fields, name: string): unknown {
  const value = ownValue(fields, name);
  return isBlank(value) ? undefined : value;
}

/** True for an object of which no field says anything: a row that was left empty. */
function isEmptyRow(value: unknown): boolean {
  return isFields(value) && Object.keys(value).length > 0 && Object.values(value).every(isBlank);
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
      return taken(reading, place, readCount(value));
    case 'figure':
      return taken(reading, place, readFigure(value, input.orUnknown));
    case 'date':
      return taken(reading, place, input.orUnknown === true ? readDayOrUnknown(value) : readDay(value));
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

/** The value of a text, or undefined with its problem in `reading`; a problem of codes lists the accepted ones. */
function taken<T>(reading: Reading, place: Place, read: ReadText<T>, accepted?: string): T | undefined {
  return 'value' in read ? read.value : refuse(reading, place, read.problem, accepted);
}

function listed(choices: readonly Option[]): string {
  return choices.map(({ code }) => code).join(', ');
}

function readOption(reading: Reading, place: Place, choices: readonly Option[], value: unknown) {
  const codes = choices.map(({ code }) => code);
  return taken(reading, place, readCode(value, codes), listed(choices));
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

const marks = ['0', '1', '2', '3', '4', 'na', 'unknown'] as const;

function readScale(reading: Reading, place: Place, value: unknown) {
  const read = readCode(typeof value === 'number' ? String(value) : value, marks);
  if ('problem' in read) {
    return refuse(reading, place, read.problem === 'unknown_option' ? 'out_of_scale' : read.problem);
  }
  return read.value === 'na' || read.value === 'unknown' ? read.value : Number(read.value);
}

function readSite(reading: Reading, place: Place, value: unknown) {
  const codes = reading.sites && ['any', ...reading.sites];
  const read = codes === undefined ? readSiteCode(value) : readCode(value, codes);
  return taken(reading, place, read, codes?.join(', ') ?? 'any');
}

/** Without the sites of the platform, any short code is one. */
function readSiteCode(value: unknown): ReadText<string> {
  const read = readSlug(value);
  return 'value' in read ? { value: read.value.toLowerCase() } : { problem: 'unknown_option' };
}

/** A text that must be there; a blank one is missing. */
function readRequired<T>(
  reading: Reading,
  place: Place,
  value: unknown,
  read: (value: unknown) => ReadText<T>,
): T | undefined {
  if (value === undefined || isBlank(value)) return refuse(reading, place, 'missing');
  return taken(reading, place, read(value));
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
      const given = readPart(reading, within(place, `.${part.name}`, part.label), part, input, fields);
      if (given !== undefined) kept[part.name] = given;
    }
    refuseDisorder(reading, place, input, kept);
  });
}

/** What a part means, whatever its problems: another part may depend on it. */
function meaningOf({ sites }: Reading, { parts }: GroupInput, name: string, fields: Fields): unknown {
  const part = parts.find((one) => one.name === name);
  const place: Place = { field: name, name: { fr: name, en: name } };
  return part && readInput({ sites, problems: [] }, place, part.input, givenValue(fields, name));
}

function readPart(reading: Reading, place: Place, part: Part, group: GroupInput, siblings: Fields) {
  const value = givenValue(siblings, part.name);
  const { presence } = part;
  const holds =
    presence.kind !== 'always' && meaningOf(reading, group, presence.part, siblings) === presence.is;
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
  const kept = value.flatMap((item, index) =>
    isEmptyRow(item) ? [] : [readGroup(reading, within(place, `[${index}]`), rangeParts, item)],
  );
  return reading.problems.length === before ? kept : undefined;
}

function readContacts(reading: Reading, place: Place, input: ContactsInput, value: unknown) {
  const codes = input.roles.map(({ code }) => code);
  return readFields(reading, place, value, codes, (fields, kept) => {
    for (const { code, label, required } of input.roles) {
      const given = ownValue(fields, code);
      const at = within(place, `.${code}`, label);
      const leftEmpty = !required && isEmptyRow(given);
      if (given !== undefined && !leftEmpty) kept[code] = readContact(reading, at, given);
      else if (required) refuse(reading, at, 'missing');
    }
  });
}

function readContact(reading: Reading, place: Place, value: unknown) {
  if (!isFields(value)) return refuse(reading, place, 'not_an_object');
  refuseUnknownNames(reading, place, value, ['name', 'email']);
  const namePlace = within(place, '.name', { fr: 'nom', en: 'name' });
  const mailPlace = within(place, '.email', { fr: 'courriel', en: 'email' });
  return {
    name: readRequired(reading, namePlace, ownValue(value, 'name'), readName),
    email: readRequired(reading, mailPlace, ownValue(value, 'email'), readMail),
  };
}
