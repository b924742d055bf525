import { isCalendarDate } from '../calendar-date.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import type { Text } from '../text.ts';
import {
  type Claim,
  criterionCodes,
  milestoneCodes,
  objectiveCodes,
  type TrustRecord,
} from './trust-record.ts';

/** The file beside the pages' code that holds what the stage publishes: too much for a function's settings. */
export const publicationFile = 'publication.json';

/** A company or person that the public pages name. */
export interface Party {
  readonly name: string;
  readonly address: string;
}

/** A company that handles data on the operator's behalf. */
export interface Processor {
  readonly name: string;
  readonly purpose: Text;
  readonly place: Text;
}

/** What the operator publishes about itself: the trust record and the facts that the law asks for. */
export interface Publication {
  readonly trust: TrustRecord;
  /** The company that publishes the site and decides how personal data is used. */
  readonly publisher: Party & {
    readonly registration: Text;
    readonly phone: string;
    readonly director: string;
  };
  /** Mail address of the data protection officer. */
  readonly dataProtectionOfficer: string;
  /** Who hosts this site; the law it is under is stated as it is. */
  readonly host: Party & { readonly phone: string; readonly place: Text; readonly law: Text };
  readonly processors: readonly Processor[];
  /** Where customers say what they think of the form: an https address of another site. No one is asked without it. */
  readonly feedbackUrl?: string | undefined;
}

/** Days for which a stage keeps what: each number is the one that its parts apply. */
export interface Retention {
  /** After an onboarding was closed. */
  readonly closedOnboardingDays: number;
  /** Backups, logs and business events; absent where the system keeps none. */
  readonly backupDays?: number | undefined;
  readonly logDays?: number | undefined;
  readonly eventDays?: number | undefined;
}

/** What the public pages say about the operator and its stage. */
export interface Published extends Publication {
  readonly retention: Retention;
}

function claimFaults(name: string, claim: Claim): readonly string[] {
  if (claim.kind === 'not_claimed') return [];
  const undated = claim.evidence.filter(({ date }) => !isCalendarDate(date));
  return [
    ...(claim.evidence.length === 0 ? [`${name} is claimed without evidence`] : []),
    ...undated.map(({ date }) => `${name} has evidence of "${date}", which is no date`),
  ];
}

function serviceFaults(
  { services }: Pick<PlatformConfiguration, 'services'>,
  record: TrustRecord,
): readonly string[] {
  return services.flatMap(({ code, hdsCertified, qualification }) => {
    const trust = record.services.find((service) => service.code === code);
    if (trust === undefined) return [`the trust record says nothing of ${code}`];
    const reached = trust.milestones.map((milestone) => milestone.code);
    const undated = trust.milestones.filter(({ evidence }) => !isCalendarDate(evidence.date));
    return [
      ...claimFaults(`the health data certificate of ${code}`, trust.healthData),
      ...undated.map((milestone) => `${milestone.code} of ${code} has no date`),
      ...(reached.join() === milestoneCodes.filter((each) => reached.includes(each)).join()
        ? []
        : [`the milestones of ${code} are not in order`]),
      ...((trust.healthData.kind === 'claimed') === hdsCertified
        ? []
        : [`catalogue and trust record differ on the health data certificate of ${code}`]),
      ...(reached.includes('J3') === (qualification === 'qualified')
        ? []
        : [`catalogue and trust record differ on the qualification of ${code}`]),
    ];
  });
}

function feedbackFaults(feedbackUrl: string | undefined): readonly string[] {
  if (feedbackUrl === undefined) return [];
  const isSafe = URL.canParse(feedbackUrl) && new URL(feedbackUrl).protocol === 'https:';
  return isSafe ? [] : [`the address for feedback is "${feedbackUrl}", which is no https address`];
}

/**
 * What may not be published: a claim without dated evidence or one that the catalogue contradicts, and an address that
 * customers could not open safely. One sentence each; none for a publication that is in order.
 */
export function publicationFaults(
  platform: Pick<PlatformConfiguration, 'services'>,
  { trust, feedbackUrl }: Pick<Publication, 'trust' | 'feedbackUrl'>,
): readonly string[] {
  return [
    ...(isCalendarDate(trust.date) ? [] : [`the trust record is of "${trust.date}", which is no date`]),
    ...criterionCodes.flatMap((code) => claimFaults(code, trust.criteria[code])),
    ...objectiveCodes.flatMap((code) => claimFaults(code, trust.objectives[code])),
    ...serviceFaults(platform, trust),
    ...feedbackFaults(feedbackUrl),
  ];
}
