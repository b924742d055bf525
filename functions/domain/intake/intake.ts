import type { CalendarDate } from '../calendar-date.ts';
import type { FieldProblem } from '../input/field-problem.ts';
import { parseSiren } from '../input/identifiers.ts';
import { isBlank } from '../input/plain-text.ts';
import { fieldProblem, type ProblemCode, shownFieldName } from '../input/problem-texts.ts';
import { isFields, ownValue } from '../input/read-input.ts';
import {
  type ReadText,
  readCode,
  readCount,
  readDay,
  readMail,
  readName,
  readSlug,
} from '../input/read-text.ts';
import { unknownNames } from '../input/unknown-names.ts';
import { type ServiceCode, serviceCodes } from '../platform-configuration.ts';
import {
  type BodyType,
  bodyTypes,
  type DeadlineReason,
  deadlineReasons,
} from '../questionnaire/option-codes.ts';
import { type Language, languages, type Text } from '../text.ts';
import { readScope } from './scope.ts';
import { scopeLabel } from './scope-names.ts';

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
  /** The part of the organisation that is onboarded; absent for the whole of it. */
  readonly scope?: string;
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
  scope: scopeLabel,
} as const satisfies Readonly<Record<string, Text>>;
export type IntakeField = keyof typeof intakeFields;

const recordName: Text = { fr: 'Enregistrement', en: 'Record' };
/** Longest list of services: longer than any catalogue. */
export const mostServices = 50;

type Contact = Partial<Pick<Intake, 'contactName' | 'contactEmail'>>;

/** Reads a change of contact by the rules of intake; fields that were not sent are left out. */
export function parseContact(
  record: {
    readonly [Name in keyof Contact]?: string | undefined;
  },
): { readonly contact: Contact } | { readonly problems: readonly FieldProblem[] } {
  const reading: Reading = { record: { ...record }, problems: [] };
  const { contactName, contactEmail } = record;
  const name = contactName === undefined ? undefined : read(reading, 'contactName', readName, true);
  const email = contactEmail === undefined ? undefined : read(reading, 'contactEmail', readMail, true);
  // An empty change is reported as a missing address, the field that is usually meant.
  if (contactName === undefined && contactEmail === undefined) refuse(reading, 'contactEmail', 'missing');
  if (reading.problems.length > 0) return { problems: reading.problems };
  return {
    contact: {
      ...(name === undefined ? {} : { contactName: name }),
      ...(email === undefined ? {} : { contactEmail: email }),
    },
  };
}

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
    legalName: read(reading, 'legalName', readName, true),
    bodyType: readChoice(reading, 'bodyType', bodyTypes, true),
    contactName: read(reading, 'contactName', readName, true),
    contactEmail: read(reading, 'contactEmail', readMail, true),
    services: readServices(reading),
  };
  const optional = {
    usersInScope: read(reading, 'usersInScope', readCount),
    serversInScope: read(reading, 'serversInScope', readCount),
    earliestDate: read(reading, 'earliestDate', readDay),
    latestDate: read(reading, 'latestDate', readDay),
    // Staff and lists use lower case: ownership must not depend on how an address is capitalised.
    owner: read(reading, 'owner', readMail)?.toLowerCase(),
    team: read(reading, 'team', readSlug),
    group: read(reading, 'group', readName),
    scope: read(reading, 'scope', readScope),
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
  | 'group'
  | 'scope';
type OptionalFields = { readonly [Name in OptionalField]: Intake[Name] | undefined };

/** The fields with a value: records have no empty attributes. */
function present(fields: OptionalFields): Pick<Intake, OptionalField> {
  const { usersInScope, serversInScope, earliestDate, latestDate, owner, team, group, scope } = fields;
  return {
    ...(usersInScope !== undefined && { usersInScope }),
    ...(serversInScope !== undefined && { serversInScope }),
    ...(earliestDate !== undefined && { earliestDate }),
    ...(latestDate !== undefined && { latestDate }),
    ...(owner !== undefined && { owner }),
    ...(team !== undefined && { team }),
    ...(group !== undefined && { group }),
    ...(scope !== undefined && { scope }),
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

/** The value sent for a field; null, blank text (an empty cell of a file) and a placeholder such as `-` count as absent. */
function given({ record }: Reading, field: IntakeField): unknown {
  const value = ownValue(record, field) ?? undefined;
  return isBlank(value) ? undefined : value;
}

function sent(reading: Reading, field: IntakeField, required: boolean): unknown {
  const value = given(reading, field);
  return value === undefined && required ? refuse(reading, field, 'missing') : value;
}

function read<T>(
  reading: Reading,
  field: IntakeField,
  readText: (value: unknown) => ReadText<T>,
  required = false,
): T | undefined {
  const value = sent(reading, field, required);
  if (value === undefined) return undefined;
  const found = readText(value);
  return 'value' in found ? found.value : refuse(reading, field, found.problem);
}

function readChoice<Code extends string>(
  reading: Reading,
  field: IntakeField,
  codes: readonly Code[],
  required: boolean,
): Code | undefined {
  const value = sent(reading, field, required);
  if (value === undefined) return undefined;
  const found = readCode(value, codes);
  return 'value' in found ? found.value : refuse(reading, field, found.problem, codes.join(', '));
}

function readServices(reading: Reading): readonly ServiceCode[] | undefined {
  const value = sent(reading, 'services', true);
  if (value === undefined) return undefined;
  const items: unknown = typeof value === 'string' ? value.split('|') : value;
  if (!Array.isArray(items)) return refuse(reading, 'services', 'not_a_list');
  if (items.length === 0) return refuse(reading, 'services', 'missing');
  if (items.length > mostServices) return refuse(reading, 'services', 'too_many');
  const found = items.map((item) => readCode(item, serviceCodes));
  const wrong = found.find((one) => 'problem' in one);
  if (wrong !== undefined) return refuse(reading, 'services', wrong.problem, serviceCodes.join(', '));
  return serviceCodes.filter((code) => found.some((one) => 'value' in one && one.value === code));
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
  const latestSent = given(reading, 'latestDate') !== undefined;
  const reasonSent = given(reading, 'deadlineReason') !== undefined;
  if (latestSent && !reasonSent) refuse(reading, 'deadlineReason', 'missing');
  if (!latestSent && reason !== undefined && reason !== 'none') refuse(reading, 'latestDate', 'missing');
}
