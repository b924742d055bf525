import type { ServiceCode } from '../platform-configuration.ts';
import { formatNumber, type Text } from '../text.ts';
import type { CapacityVector } from './capacity.ts';

/** The quantities from which a customer's effort is calculated. */
export interface Sizing {
  /** Users in scope. */
  readonly users: number;
  /** Mailboxes over 50 GB, those over 200 GB included. */
  readonly mailboxesOver50GB: number;
  readonly servers: number;
  readonly forests: number;
  readonly services: readonly ServiceCode[];
  /** Codes of the conditions found by classification. */
  readonly conditions: readonly string[];
  /** The shares whose number is an estimate. */
  readonly estimated?: readonly EffortShare['code'][];
}

export const effortShareCodes = [
  'USERS',
  'LARGE_MAILBOXES',
  'SERVERS',
  'FORESTS',
  'COMPLIANCE',
  'UNKNOWN_SIZE',
] as const;

export interface EffortShare {
  readonly code: (typeof effortShareCodes)[number];
  /** How many count: none of what belongs to services that are not wanted. */
  readonly count: number;
  readonly points: number;
  /** True when the number is no exact one. */
  readonly estimated: boolean;
}

/** What each share counts, and its points. */
export const effortShareTexts: Readonly<
  Record<EffortShare['code'], { readonly label: Text; readonly rate: Text }>
> = {
  USERS: {
    label: { fr: 'Utilisateurs concernés', en: 'Users in scope' },
    rate: { fr: '1 point par centaine entamée', en: '1 point for each 100 or part of it' },
  },
  LARGE_MAILBOXES: {
    label: { fr: 'Boîtes aux lettres de plus de 50 Go', en: 'Mailboxes over 50 GB' },
    rate: { fr: '2 points par centaine entamée', en: '2 points for each 100 or part of it' },
  },
  SERVERS: {
    label: { fr: 'Serveurs', en: 'Servers' },
    rate: { fr: '1 point par dizaine entamée', en: '1 point for each 10 or part of it' },
  },
  FORESTS: {
    label: { fr: 'Forêts Active Directory', en: 'Active Directory forests' },
    rate: { fr: '5 points par forêt après la première', en: '5 points for each after the first' },
  },
  COMPLIANCE: {
    label: {
      fr: 'Exigences sur les données (Diffusion Restreinte, données de santé, DORA)',
      en: 'Data requirements (Diffusion Restreinte, health data, DORA)',
    },
    rate: { fr: '5 points dès la première', en: '5 points for one or more' },
  },
  UNKNOWN_SIZE: {
    label: { fr: 'Nombre d’utilisateurs ou de serveurs inconnu', en: 'Number of users or servers unknown' },
    rate: { fr: '20 points pour tout le client', en: '20 points for the whole customer' },
  },
};

export interface Effort {
  readonly points: number;
  readonly complex: boolean;
  /** True when one of its numbers is an estimate. */
  readonly estimated: boolean;
  /** Every part of the formula, also those of 0 points. */
  readonly shares: readonly EffortShare[];
}

function counted(count: number, fr: string, en: string): Text {
  return { fr: `${formatNumber(count, 'fr')} ${fr}`, en: `${formatNumber(count, 'en')} ${en}` };
}

/** Effort points in words. */
export function effortPoints({
  points,
  estimated = false,
}: {
  readonly points: number;
  readonly estimated?: boolean;
}): Text {
  const { fr, en } = counted(points, 'points d’effort', 'effort points');
  return estimated ? { fr: `${fr} (estimation)`, en: `${en} (estimate)` } : { fr, en };
}

/** Above this many points a customer counts as complex. */
const complexAbovePoints = 20;

/** The effort of a customer whose users, or servers, no one knows even roughly [policy]. */
const unknownSize: Effort = {
  points: 20,
  complex: true,
  estimated: true,
  shares: [{ code: 'UNKNOWN_SIZE', count: 1, points: 20, estimated: true }],
};

/** Conditions that add accreditation or contract work to a migration, whatever its size. */
const complianceConditions: readonly string[] = ['DR_PATH', 'HDS_REQUIRED', 'DORA_ANNEX'];

/**
 * Effort points of a customer, and whether it is complex. Policy:
 * `ceil(users/100) + 2 x ceil(mailboxes over 50 GB / 100) + ceil(servers/10) + 5 x max(0, forests - 1)`, and 5
 * when restricted information, health data or DORA ask for more. Mailboxes count only if Exchange is wanted,
 * servers only if an Azure service is. Complex: over 20 points, or any of those three. A customer of unknown size counts
 * as 20 points, and as complex.
 */
export function effortOf(sizing: Sizing | undefined): Effort {
  if (sizing === undefined) return unknownSize;
  const wantsExchange = sizing.services.includes('exchange');
  const wantsAzure = sizing.services.some((service) => service.startsWith('azure_'));
  const mailboxes = wantsExchange ? sizing.mailboxesOver50GB : 0;
  const servers = wantsAzure ? sizing.servers : 0;
  const compliance = complianceConditions.filter((code) => sizing.conditions.includes(code));

  const notWanted = [...(wantsExchange ? [] : ['LARGE_MAILBOXES']), ...(wantsAzure ? [] : ['SERVERS'])];
  const isEstimate = (code: EffortShare['code']) =>
    sizing.estimated?.includes(code) === true && !notWanted.includes(code);

  const shares = [
    { code: 'USERS', count: sizing.users, points: Math.ceil(sizing.users / 100) },
    { code: 'LARGE_MAILBOXES', count: mailboxes, points: 2 * Math.ceil(mailboxes / 100) },
    { code: 'SERVERS', count: servers, points: Math.ceil(servers / 10) },
    { code: 'FORESTS', count: sizing.forests, points: 5 * Math.max(0, sizing.forests - 1) },
    { code: 'COMPLIANCE', count: compliance.length, points: compliance.length > 0 ? 5 : 0 },
  ] as const;
  const points = shares.reduce((sum, share) => sum + share.points, 0);
  return {
    points,
    complex: points > complexAbovePoints || compliance.length > 0,
    estimated: shares.some(({ code }) => isEstimate(code)),
    shares: shares.map((share) => ({ ...share, estimated: isEstimate(share.code) })),
  };
}

/** The part of a wave's capacity that a customer takes. */
export function vectorOf(effort: Pick<Effort, 'points' | 'complex'>): CapacityVector {
  return { customers: 1, points: effort.points, complex: effort.complex ? 1 : 0 };
}
