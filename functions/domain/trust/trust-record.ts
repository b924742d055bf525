import type { CalendarDate } from '../calendar-date.ts';
import type { ServiceCode } from '../platform-configuration.ts';
import type { Text } from '../text.ts';

/** What a statement rests on: a document, who issued it, and the day it bears. */
export interface Evidence {
  readonly title: Text;
  readonly source: Text;
  readonly date: CalendarDate;
}

/** A criterion is claimed with evidence, or it is not claimed and the record says so. */
export type Claim =
  | { readonly kind: 'claimed'; readonly statement: Text; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'not_claimed'; readonly note: Text };

/** Criteria of the whole platform. */
export const criterionCodes = [
  'european_seat',
  'european_ownership',
  'servers_in_france',
  'independence_from_foreign_law',
] as const;
export type CriterionCode = (typeof criterionCodes)[number];

/** Each criterion, and what it demands. */
export const criteria: Readonly<
  Record<CriterionCode, { readonly label: Text; readonly demands: Text; readonly reference: Text }>
> = {
  european_seat: {
    label: { fr: 'Siège européen', en: 'European seat' },
    demands: {
      fr: 'Le siège statutaire, l’administration centrale et l’établissement principal de l’exploitant sont dans l’Union européenne.',
      en: 'The operator’s registered office, central administration and principal place of business are in the European Union.',
    },
    reference: { fr: 'SecNumCloud 3.2, chap. 19.6', en: 'SecNumCloud 3.2, ch. 19.6' },
  },
  european_ownership: {
    label: { fr: 'Détention européenne', en: 'European ownership' },
    demands: {
      fr: 'Les actionnaires non européens détiennent au plus 24 % chacun et 39 % ensemble, et aucun ne contrôle l’exploitant.',
      en: 'Shareholders from outside the EU hold at most 24% each and 39% together, and none controls the operator.',
    },
    reference: { fr: 'SecNumCloud 3.2, chap. 19.6', en: 'SecNumCloud 3.2, ch. 19.6' },
  },
  servers_in_france: {
    label: { fr: 'Serveurs exploités en France', en: 'Servers operated in France' },
    demands: {
      fr: 'Les données des clients sont hébergées et traitées sur des sites situés en France, exploités depuis la France.',
      en: 'Customer data is hosted and processed at sites in France, operated from France.',
    },
    reference: { fr: 'politique de la plateforme', en: 'platform policy' },
  },
  independence_from_foreign_law: {
    label: { fr: 'Indépendance à l’égard des lois non européennes', en: 'Independence from non-EU law' },
    demands: {
      fr: 'Aucune loi d’un pays tiers ne permet d’obtenir de l’exploitant les données des clients.',
      en: 'No law of a third country allows customer data to be obtained from the operator.',
    },
    reference: { fr: 'SecNumCloud 3.2, chap. 19.6', en: 'SecNumCloud 3.2, ch. 19.6' },
  },
};

/** The milestones of a SecNumCloud qualification, in order. */
export const milestoneCodes = ['J0', 'J1', 'J2', 'J3'] as const;
export type MilestoneCode = (typeof milestoneCodes)[number];

export const milestoneLabels: Readonly<Record<MilestoneCode, Text>> = {
  J0: { fr: 'demande acceptée', en: 'request accepted' },
  J1: { fr: 'stratégie d’évaluation acceptée', en: 'evaluation strategy accepted' },
  J2: { fr: 'évaluation terminée', en: 'evaluation completed' },
  J3: { fr: 'décision de qualification', en: 'qualification decision' },
};

/** Years for which a qualification is valid. */
const qualificationYears = 3;

/** The last day on which a qualification decided on `decided` is valid. */
export function qualifiedUntil(decided: CalendarDate): CalendarDate {
  return `${Number(decided.slice(0, 4)) + qualificationYears}${decided.slice(4)}`;
}

export interface Milestone {
  readonly code: MilestoneCode;
  readonly evidence: Evidence;
}

/** What is claimed for one service; opening date and HDS status are those of the platform's catalogue. */
export interface ServiceTrust {
  readonly code: ServiceCode;
  /** Milestones reached, in order; those that are missing are not claimed. */
  readonly milestones: readonly Milestone[];
  /** The certificate for health data, where the catalogue says that there is one. */
  readonly healthData: Claim;
}

/** European Commission, Cloud Sovereignty Framework, version 1.2.1 (October 2025). */
export const sovereigntyFramework = {
  name: { fr: 'Cloud Sovereignty Framework', en: 'Cloud Sovereignty Framework' },
  publisher: { fr: 'Commission européenne', en: 'European Commission' },
  version: '1.2.1',
  published: { fr: 'octobre 2025', en: 'October 2025' },
} as const;

export const objectiveCodes = [
  'SOV-1',
  'SOV-2',
  'SOV-3',
  'SOV-4',
  'SOV-5',
  'SOV-6',
  'SOV-7',
  'SOV-8',
] as const;
export type ObjectiveCode = (typeof objectiveCodes)[number];

/** The eight objectives, with their weights in the sovereignty score, in per cent. */
export const objectives: Readonly<Record<ObjectiveCode, { readonly label: Text; readonly weight: number }>> =
  {
    'SOV-1': { label: { fr: 'Souveraineté stratégique', en: 'Strategic sovereignty' }, weight: 15 },
    'SOV-2': {
      label: { fr: 'Souveraineté juridique', en: 'Legal and jurisdictional sovereignty' },
      weight: 10,
    },
    'SOV-3': { label: { fr: 'Données et IA', en: 'Data and AI sovereignty' }, weight: 10 },
    'SOV-4': { label: { fr: 'Souveraineté opérationnelle', en: 'Operational sovereignty' }, weight: 15 },
    'SOV-5': { label: { fr: 'Chaîne d’approvisionnement', en: 'Supply chain sovereignty' }, weight: 20 },
    'SOV-6': { label: { fr: 'Souveraineté technologique', en: 'Technology sovereignty' }, weight: 15 },
    'SOV-7': {
      label: { fr: 'Sécurité et conformité', en: 'Security and compliance sovereignty' },
      weight: 10,
    },
    'SOV-8': { label: { fr: 'Durabilité environnementale', en: 'Environmental sustainability' }, weight: 5 },
  };

/** Assurance levels of an objective, from none to full. */
export const assuranceLevels = ['SEAL-0', 'SEAL-1', 'SEAL-2', 'SEAL-3', 'SEAL-4'] as const;
export type AssuranceLevel = (typeof assuranceLevels)[number];

/** The operator's own claim for one objective; an objective without one counts as SEAL-0. */
export type ObjectiveClaim =
  | (Extract<Claim, { kind: 'claimed' }> & { readonly level: AssuranceLevel })
  | Extract<Claim, { kind: 'not_claimed' }>;

/** The lowest level of all objectives, which decides whether the minimum of a tender is met. */
export function weakestLevel(claims: Readonly<Record<ObjectiveCode, ObjectiveClaim>>): AssuranceLevel {
  const levels = Object.values(claims).map((claim) => (claim.kind === 'claimed' ? claim.level : 'SEAL-0'));
  return assuranceLevels.find((level) => levels.includes(level)) ?? 'SEAL-0';
}

/** A dated fact about the market, for comparison. */
export interface PublicFact {
  readonly date: CalendarDate;
  readonly statement: Text;
  readonly source: Text;
}

/** What the operator says about the sovereignty of its platform: policy as data, with a version and a date. */
export interface TrustRecord {
  readonly version: string;
  readonly date: CalendarDate;
  /** How the record is to be read, if that needs saying. */
  readonly notice?: Text | undefined;
  readonly criteria: Readonly<Record<CriterionCode, Claim>>;
  readonly services: readonly ServiceTrust[];
  readonly objectives: Readonly<Record<ObjectiveCode, ObjectiveClaim>>;
  readonly publicFacts: readonly PublicFact[];
}
