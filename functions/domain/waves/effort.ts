import type { ServiceCode } from '../platform-configuration.ts';
import { formatNumber, type Text } from '../text.ts';
import type { CapacityVector } from './capacity.ts';

/** The quantities from which a customer's effort is calculated. */
export interface Sizing {
  /** Users in scope. */
  readonly users: number;
  /** Mailboxes over 50 GB, those over 200 GB included. */
  readonly mailboxesOver50GB: number;
  readonly mailboxesOver200GB: number;
  readonly servers: number;
  readonly forests: number;
  readonly services: readonly ServiceCode[];
  /** Codes of the conditions found by classification. */
  readonly conditions: readonly string[];
}

export interface EffortShare {
  readonly code: 'USERS' | 'LARGE_MAILBOXES' | 'SERVERS' | 'FORESTS' | 'COMPLIANCE';
  readonly points: number;
  readonly text: Text;
}

export interface EffortWarning {
  readonly code: 'MAILBOXES_TOO_LARGE';
  readonly mailboxes: number;
  readonly text: Text;
}

export interface Effort {
  readonly points: number;
  readonly complex: boolean;
  /** The shares that make up the points; shares of 0 are left out. */
  readonly reasons: readonly EffortShare[];
  readonly warnings: readonly EffortWarning[];
}

function counted(count: number, fr: string, en: string): Text {
  return { fr: `${formatNumber(count, 'fr')} ${fr}`, en: `${formatNumber(count, 'en')} ${en}` };
}

/** Effort points in words. */
export function effortPoints(points: number): Text {
  return counted(points, 'points d’effort', 'effort points');
}

/** Above this many points a customer counts as complex. */
const complexAbovePoints = 20;

/** Conditions that add accreditation or contract work to a migration, whatever its size. */
const complianceConditions: readonly string[] = ['DR_PATH', 'HDS_REQUIRED', 'DORA_ANNEX'];

/**
 * Effort points of a customer, and whether it is complex. Policy:
 * `ceil(users/100) + 2 x ceil(mailboxes over 50 GB / 100) + ceil(servers/10) + 5 x max(0, forests - 1)`, and 5
 * when restricted information, health data or DORA ask for more. Mailboxes count only if Exchange is wanted,
 * servers only if an Azure service is. Complex: over 20 points, or any of those three.
 */
export function effortOf(sizing: Sizing): Effort {
  const wantsExchange = sizing.services.includes('exchange');
  const wantsAzure = sizing.services.some((service) => service.startsWith('azure_'));
  const mailboxes = wantsExchange ? sizing.mailboxesOver50GB : 0;
  const servers = wantsAzure ? sizing.servers : 0;
  const extraForests = Math.max(0, sizing.forests - 1);
  const compliance = complianceConditions.filter((code) => sizing.conditions.includes(code));

  const shares: EffortShare[] = [
    {
      code: 'USERS',
      points: Math.ceil(sizing.users / 100),
      text: counted(sizing.users, 'utilisateurs concernés', 'users in scope'),
    },
    {
      code: 'LARGE_MAILBOXES',
      points: 2 * Math.ceil(mailboxes / 100),
      text: counted(mailboxes, 'boîtes aux lettres de plus de 50 Go', 'mailboxes over 50 GB'),
    },
    {
      code: 'SERVERS',
      points: Math.ceil(servers / 10),
      text: counted(servers, 'serveurs', 'servers'),
    },
    {
      code: 'FORESTS',
      points: 5 * extraForests,
      text: counted(sizing.forests, 'forêts Active Directory', 'Active Directory forests'),
    },
    {
      code: 'COMPLIANCE',
      points: compliance.length > 0 ? 5 : 0,
      text: {
        fr: 'exigences propres à vos données (Diffusion Restreinte, données de santé ou DORA)',
        en: 'requirements specific to your data (Diffusion Restreinte, health data or DORA)',
      },
    },
  ];
  const points = shares.reduce((sum, share) => sum + share.points, 0);
  return {
    points,
    complex: points > complexAbovePoints || compliance.length > 0,
    reasons: shares.filter((share) => share.points > 0),
    warnings: wantsExchange ? oversizedMailboxes(sizing.mailboxesOver200GB) : [],
  };
}

function oversizedMailboxes(mailboxes: number): EffortWarning[] {
  if (mailboxes === 0) return [];
  const text = counted(
    mailboxes,
    'boîtes aux lettres dépassent 200 Go et ne peuvent pas être migrées : réduisez-les ou archivez-les avant la bascule.',
    'mailboxes exceed 200 GB and cannot be migrated: reduce or archive them before the cutover.',
  );
  return [{ code: 'MAILBOXES_TOO_LARGE', mailboxes, text }];
}

/** The part of a wave's capacity that a customer takes. */
export function vectorOf(effort: Pick<Effort, 'points' | 'complex'>): CapacityVector {
  return { customers: 1, points: effort.points, complex: effort.complex ? 1 : 0 };
}
