import type { CalendarDate } from '../calendar-date.ts';
import type { PlatformConfiguration, Service } from '../platform-configuration.ts';
import type { Answers, QuestionId } from '../questionnaire/answers.ts';
import { mailboxSizes } from '../questionnaire/option-codes.ts';
import type { Text } from '../text.ts';

/** The answer of the public register: active, ceased, unknown number, or no response. */
export const registryStatuses = ['active', 'ceased', 'not_found', 'unavailable'] as const;
export type RegistryStatus = (typeof registryStatuses)[number];

export const registryLabels: Readonly<Record<RegistryStatus, Text>> = {
  active: { fr: 'en activité', en: 'active' },
  ceased: { fr: 'activité cessée', en: 'no longer active' },
  not_found: { fr: 'absent du registre public', en: 'not in the public register' },
  unavailable: { fr: 'registre indisponible', en: 'register unavailable' },
};

/** The facts that rules may use. */
export interface Facts {
  readonly registryStatus: RegistryStatus;
  readonly answers: Answers;
  /** Today, as a calendar day in Europe/Paris. */
  readonly asOf: CalendarDate;
  readonly platform: PlatformConfiguration;
}

const declinesToName = ['none', 'unknown'];

/** True if a multiple choice names at least one thing: neither "none" nor "I don't know" nor no answer. */
function namesAny(codes: readonly string[] | undefined): boolean {
  return codes?.some((code) => !declinesToName.includes(code)) ?? false;
}

/** True if the answer holds one of the codes; an absent answer holds none. */
export function holdsAny(given: string | readonly string[] | undefined, codes: readonly string[]): boolean {
  const held = typeof given === 'string' ? [given] : (given ?? []);
  return held.some((code) => codes.includes(code));
}

/** The State, its operators, and the public interest groupings named by decree. */
export function isStateScope({ A3, A3b }: Answers): boolean {
  return A3 === 'state_administration' || A3 === 'state_operator' || (A3 === 'gip' && A3b === 'yes');
}

export function isGipOfUnknownStanding({ A3, A3b }: Answers): boolean {
  return A3 === 'gip' && A3b === 'unknown';
}

/** Category of the law: a secret protected by law, or data needed for essential State missions. */
export function isOfCategory({ B4, B5 }: Answers): boolean {
  return namesAny(B4) || B5 === 'yes';
}

export function hasConcreteImpact({ B6 }: Answers): boolean {
  return namesAny(B6);
}

/** Personal data that calls for more care: special categories, convictions, or data about minors. */
export function holdsDelicatePersonalData({ B9 }: Answers): boolean {
  return holdsAny(B9, ['art9', 'art10', 'minors']);
}

export function wantedServices({ answers, platform }: Facts): readonly Service[] {
  return platform.services.filter(({ code }) => answers.C1?.includes(code));
}

/** Wanted services not open on the day; a service counts as open on its opening day. */
export function unopenedServices(facts: Facts): readonly Service[] {
  return wantedServices(facts).filter(({ opens }) => opens > facts.asOf);
}

/** Questions whose "I don't know" becomes a task for their owner. */
export function unclearQuestions({ A5, A6, A7, B8, B9, B10, B12 }: Answers): readonly QuestionId[] {
  const given: readonly (readonly [QuestionId, string | readonly string[] | undefined])[] = [
    ['A5', A5],
    ['A6', A6],
    ['A7', A7],
    ['B8', [B8?.answer ?? '', B8?.expiry ?? '']],
    ['B9', B9],
    ['B10', B10],
    ['B12', B12],
  ];
  return given.filter(([, answer]) => holdsAny(answer, ['unknown'])).map(([id]) => id);
}

/** True if one of the figures is not even known roughly. */
function holdsUnknown(
  figures: Readonly<Record<string, unknown>> | undefined,
  names: readonly string[],
): boolean {
  return names.some((name) => figures?.[name] === 'unknown');
}

/**
 * Questions of the technical scope of which a number is unknown, where the number counts: mailboxes with Exchange, servers
 * and applications with an Azure service. Other parts of them, such as known dependencies, are no numbers.
 */
export function unclearNumbers({ C1 = [], C2, C3, C4, C6 }: Answers): readonly QuestionId[] {
  const wantsAzure = C1.some((service) => service.startsWith('azure_'));
  const given: readonly (readonly [QuestionId, boolean])[] = [
    ['C2', holdsUnknown(C2, ['usersInScope', 'totalStaff'])],
    ['C3', C1.includes('exchange') && holdsUnknown(C3, mailboxSizes)],
    ['C4', holdsUnknown(C4, ['tenants', 'domains', 'adForests'])],
    ['C6', wantsAzure && holdsUnknown(C6, ['servers', 'applications'])],
  ];
  return given.filter(([, unclear]) => unclear).map(([id]) => id);
}

/** Questions whose "I don't know" leaves the requirement level undetermined. */
export function undeterminedBy(answers: Answers): readonly QuestionId[] {
  const given = [
    ['A3b', answers.A3b],
    ['B4', answers.B4],
    ['B5', answers.B5],
    ['B6', answers.B6],
  ] as const;
  return given.filter(([, answer]) => holdsAny(answer, ['unknown'])).map(([id]) => id);
}
