import { type CalendarDate, isCalendarDate } from '../calendar-date.ts';
import type { FieldProblem } from '../input/field-problem.ts';
import { parseSiren } from '../input/identifiers.ts';
import { isMailAddress } from '../input/mail-address.ts';
import { isPlainLine, withoutInvisible } from '../input/plain-text.ts';
import {
  fieldProblem,
  largestCount,
  longestText,
  type ProblemCode,
  shownFieldName,
} from '../input/problem-texts.ts';
import { isFields, ownValue } from '../input/read-input.ts';
import { unknownNames } from '../input/unknown-names.ts';
import { type ServiceCode, serviceCodes } from '../platform-configuration.ts';
import {
  type BodyType,
  bodyTypes,
  type DeadlineReason,
  deadlineReasons,
} from '../questionnaire/option-codes.ts';
import { type Language, languages, type Text } from '../text.ts';

/** A prospect from sales, a CRM or a file; plain JSON. */
export interface Intake {
  readonly siren: string;
  /** The establishment, when a SIRET was given in place of the SIREN. */
  readonly siret?: string;
  readonly legalName: string;
  readonly bodyType: BodyType;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly language: Language;
  readonly services: readonly ServiceCode[];
  readonly usersInScope?: number;
  readonly serversInScope?: number;
  readonly earliestDate?: CalendarDate;
  readonly latestDate?: CalendarDate;
  readonly deadlineReason: DeadlineReason;
  /** Mail address of the sales person. */
  readonly owner?: string;
  readonly team?: string;
  readonly group?: string;
  readonly parentSiren?: string;
}

export type ParsedIntake = { readonly intake: Intake } | { readonly problems: readonly FieldProblem[] };

/** The fields of an intake record, with their labels. */
export const intakeFields = {
  siren: { fr: 'SIREN', en: 'SIREN' },
  legalName: { fr: 'Dénomination', en: 'Legal name' },
  bodyType: { fr: 'Type d’organisme', en: 'Organisation type' },
  contactName: { fr: 'Nom du contact', en: 'Contact name' },
  contactEmail: { fr: 'Adresse électronique du contact', en: 'Contact email' },
  language: { fr: 'Langue', en: 'Language' },
  services: { fr: 'Services visés', en: 'Services requested' },
  usersInScope: { fr: 'Utilisateurs concernés', en: 'Users in scope' },
  serversInScope: { fr: 'Serveurs concernés', en: 'Servers in scope' },
  earliestDate: { fr: 'Date au plus tôt', en: 'Earliest date' },
  latestDate: { fr: 'Date au plus tard', en: 'Latest date' },
  deadlineReason: { fr: 'Motif de la date limite', en: 'Reason for the latest date' },
  owner: { fr: 'Commercial responsable', en: 'Account owner' },
  team: { fr: 'Équipe', en: 'Team' },
  group: { fr: 'Groupe', en: 'Group' },
  parentSiren: { fr: 'SIREN de l’entité de tête', en: 'SIREN of the parent' },
} as const satisfies Readonly<Record<string, Text>>;
export type IntakeField = keyof typeof intakeFields;

const recordName: Text = { fr: 'Enregistrement', en: 'Record' };
/** Longest list of services: longer than any catalogue. */
export const mostServices = 50;

/** One record being read, and the problems found so far. */
interface Reading {
  readonly record: Readonly<Record<string, unknown>>;
  readonly problems: FieldProblem[];
}

/**
 * Reads one intake record with camelCase fields. Tolerant of how things are written (decorated numbers, spaces, an
 * empty text for an absent field), strict about what they mean. Every problem of the record is named; no value is
 * repeated. Required: siren, legalName, bodyType, contactName, contactEmail, services. `language` is French and
 * `deadlineReason` none by default, but a latest date must say its reason. Never throws.
 */
export function parseIntake(record: unknown): ParsedIntake {
  if (!isFields(record)) return { problems: [fieldProblem('record', recordName, 'not_an_object')] };
  const reading: Reading = { record, problems: [] };
  refuseUnknownFields(reading);
  const siren = readSiren(reading, 'siren', true);
  const parent = readSiren(reading, 'parentSiren', false);
  const required = {
    legalName: readName(reading, 'legalName', true),
    bodyType: readChoice(reading, 'bodyType', bodyTypes, true),
    contactName: readName(reading, 'contactName', true),
    contactEmail: readMailAddress(reading, 'contactEmail', true),
    services: readServices(reading),
  };
  const optional = {
    usersInScope: readCount(reading, 'usersInScope'),
    serversInScope: readCount(reading, 'serversInScope'),
    earliestDate: readDate(reading, 'earliestDate'),
    latestDate: readDate(reading, 'latestDate'),
    // Staff and lists use lower case: ownership must not depend on how an address is capitalised.
    owner: readMailAddress(reading, 'owner', false)?.toLowerCase(),
    team: readSlug(reading, 'team'),
    group: readName(reading, 'group', false),
  };
  const language = readChoice(reading, 'language', languages, false) ?? 'fr';
  const deadlineReason = readChoice(reading, 'deadlineReason', deadlineReasons, false);
  refuseContradictions(reading, optional, deadlineReason);
  if (parent && parent.siren === siren?.siren) refuse(reading, 'parentSiren', 'same_as_siren');
  const { legalName, bodyType, contactName, contactEmail, services } = required;
  if (
    reading.problems.length > 0 ||
    !siren ||
    !legalName ||
    !bodyType ||
    !contactName ||
    !contactEmail ||
    !services
  ) {
    return { problems: reading.problems };
  }
  return {
    intake: {
      ...siren,
      legalName,
      bodyType,
      contactName,
      contactEmail,
      language,
      services,
      deadlineReason: deadlineReason ?? 'none',
      ...present(optional),
      ...(parent ? { parentSiren: parent.siren } : {}),
    },
  };
}

type OptionalField =
  | 'usersInScope'
  | 'serversInScope'
  | 'earliestDate'
  | 'latestDate'
  | 'owner'
  | 'team'
  | 'group';
type OptionalFields = { readonly [Name in OptionalField]: Intake[Name] | undefined };

/** The fields with a value: records have no empty attributes. */
function present(fields: OptionalFields): Pick<Intake, OptionalField> {
  const { usersInScope, serversInScope, earliestDate, latestDate, owner, team, group } = fields;
  return {
    ...(usersInScope !== undefined && { usersInScope }),
    ...(serversInScope !== undefined && { serversInScope }),
    ...(earliestDate !== undefined && { earliestDate }),
    ...(latestDate !== undefined && { latestDate }),
    ...(owner !== undefined && { owner }),
    ...(team !== undefined && { team }),
    ...(group !== undefined && { group }),
  };
}

function refuse(reading: Reading, field: IntakeField, code: ProblemCode, detail?: string | Text): undefined {
  reading.problems.push(fieldProblem(field, intakeFields[field], code, detail));
  return undefined;
}

function isIntakeField(name: string): name is IntakeField {
  return Object.hasOwn(intakeFields, name);
}

function refuseUnknownFields({ record, problems }: Reading) {
  for (const name of unknownNames(record, isIntakeField)) {
    const shown = shownFieldName(name);
    const unknownName = { fr: `Champ inconnu « ${shown} »`, en: `Unknown field “${shown}”` };
    problems.push(fieldProblem(shown, unknownName, 'unknown_field'));
  }
}

/** The value sent for a field; null and blank text (an empty cell of a file) count as absent. */
function sent(reading: Reading, field: IntakeField, required: boolean): unknown {
  const value = ownValue(reading.record, field) ?? undefined;
  const blank = typeof value === 'string' && withoutInvisible(value).trim() === '';
  if (value !== undefined && !blank) return value;
  return required ? refuse(reading, field, 'missing') : undefined;
}

function readLine(reading: Reading, field: IntakeField, required: boolean): string | undefined {
  const value = sent(reading, field, required);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return refuse(reading, field, 'not_text');
  const line = withoutInvisible(value);
  return line.trim().length > longestText ? refuse(reading, field, 'too_long') : line;
}

/** A name ends up in spreadsheets and mails: neither a formula nor hidden characters are accepted. */
function readName(reading: Reading, field: IntakeField, required: boolean): string | undefined {
  const line = readLine(reading, field, required);
  if (line === undefined) return undefined;
  if (/^(?:[\t\r]|\s*[=+@-])/.test(line)) return refuse(reading, field, 'formula');
  return isPlainLine(line.trim()) ? line.trim() : refuse(reading, field, 'not_text');
}

function readMailAddress(reading: Reading, field: IntakeField, required: boolean): string | undefined {
  const line = readLine(reading, field, required)?.trim();
  if (line === undefined) return undefined;
  return isMailAddress(line) ? line : refuse(reading, field, 'not_a_mail_address');
}

function readSlug(reading: Reading, field: IntakeField): string | undefined {
  const line = readLine(reading, field, false)?.trim();
  if (line === undefined) return undefined;
  return /^[a-z0-9][a-z0-9_-]{0,39}$/i.test(line) ? line : refuse(reading, field, 'not_a_slug');
}

function readChoice<Code extends string>(
  reading: Reading,
  field: IntakeField,
  codes: readonly Code[],
  required: boolean,
): Code | undefined {
  const value = sent(reading, field, required);
  if (value === undefined) return undefined;
  const code = codes.find((known) => typeof value === 'string' && known === value.trim());
  return code ?? refuse(reading, field, 'unknown_option', codes.join(', '));
}

function readServices(reading: Reading): readonly ServiceCode[] | undefined {
  const value = sent(reading, 'services', true);
  if (value === undefined) return undefined;
  const items: unknown = typeof value === 'string' ? value.split('|').map((item) => item.trim()) : value;
  if (!Array.isArray(items)) return refuse(reading, 'services', 'not_a_list');
  if (items.length === 0) return refuse(reading, 'services', 'missing');
  if (items.length > mostServices) return refuse(reading, 'services', 'too_many');
  const known = serviceCodes.filter((code) => items.includes(code));
  const strangers = items.some((item) => !serviceCodes.some((code) => code === item));
  return strangers ? refuse(reading, 'services', 'unknown_option', serviceCodes.join(', ')) : known;
}

/** A count as a number, or as text with the spaces and invisible characters that spreadsheets put in thousands. */
function readCount(reading: Reading, field: IntakeField): number | undefined {
  const value = sent(reading, field, false);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return refuse(reading, field, 'not_an_integer');
  const text = String(value)
    .replace(/[\s\p{Cf}]/gu, '')
    .replace('\u2212', '-');
  if (!/^-?[0-9]{1,15}$/.test(text)) return refuse(reading, field, 'not_an_integer');
  const count = Number(text);
  if (count < 0) return refuse(reading, field, 'negative');
  return count > largestCount ? refuse(reading, field, 'too_large') : Math.abs(count);
}

function readDate(reading: Reading, field: IntakeField): CalendarDate | undefined {
  const value = sent(reading, field, false);
  if (value === undefined) return undefined;
  const date = typeof value === 'string' ? value.trim() : '';
  return isCalendarDate(date) ? date : refuse(reading, field, 'not_a_date');
}

function readSiren(reading: Reading, field: 'siren' | 'parentSiren', required: boolean) {
  const value = sent(reading, field, required);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return refuse(reading, field, 'not_digits');
  const identifier = parseSiren(String(value));
  return typeof identifier === 'string' ? refuse(reading, field, identifier) : identifier;
}

function refuseContradictions(
  reading: Reading,
  { earliestDate, latestDate }: OptionalFields,
  reason: DeadlineReason | undefined,
) {
  if (earliestDate !== undefined && latestDate !== undefined && latestDate < earliestDate) {
    refuse(reading, 'latestDate', 'out_of_order', intakeFields.earliestDate);
  }
  const latestSent = sent(reading, 'latestDate', false) !== undefined;
  const reasonSent = sent(reading, 'deadlineReason', false) !== undefined;
  if (latestSent && !reasonSent) refuse(reading, 'deadlineReason', 'missing');
  if (!latestSent && reason !== undefined && reason !== 'none') refuse(reading, 'latestDate', 'missing');
}
