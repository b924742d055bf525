import type { CalendarDate, DateRange } from './calendar-date.ts';
import type { Law } from './law-status.ts';
import type { Text } from './text.ts';

/** Service codes of question C1. */
export const serviceCodes = [
  'exchange',
  'sharepoint_onedrive',
  'teams',
  'intune',
  'azure_iaas',
  'azure_containers',
  'azure_data_paas',
  'azure_ai',
] as const;
export type ServiceCode = (typeof serviceCodes)[number];

/** One entry of the service catalogue. */
export interface Service {
  readonly code: ServiceCode;
  readonly label: Text;
  /** First day on which a cutover may happen; a service counts as open on this day. */
  readonly opens: CalendarDate;
  /** Covered by the operator's health-data-hosting (HDS) certificate. */
  readonly hdsCertified: boolean;
  readonly qualification: 'qualified' | 'in_progress' | 'planned';
}

export interface Site {
  readonly code: string;
  readonly label: Text;
}

/** The operator's decisions about its platform: policy as data, with a version. */
export interface PlatformConfiguration {
  readonly version: string;
  readonly name: string;
  /** Before this day only qualification and the questionnaire are open. */
  readonly preparationOpens: CalendarDate;
  readonly services: readonly Service[];
  readonly sites: readonly Site[];
  /** Platform freezes: no cutover inside. */
  readonly freezes: readonly DateRange[];
  /** No *go* without a recorded contract, unless two people agree; off unless it is true. */
  readonly contractBeforeGo?: boolean | undefined;
  /**
   * The share of the points of each wave, in per cent, that is kept for customers above 20 points until 60 days before its
   * cutover; none unless it is given.
   */
  readonly largeShare?: number | undefined;
  /** Laws whose status the pages say; none in configurations that do not name any. */
  readonly laws?: readonly Law[] | undefined;
}

/** Codes of the sites, in the platform's order. */
export function siteCodes({ sites }: Pick<PlatformConfiguration, 'sites'>): readonly string[] {
  return sites.map(({ code }) => code);
}
