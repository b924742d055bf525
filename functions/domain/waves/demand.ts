import type { CalendarDate, DateRange } from '../calendar-date.ts';
import type { PlatformConfiguration, ServiceCode } from '../platform-configuration.ts';

/** The sources of a hard deadline. */
export const deadlineSources = ['derogation', 'contract_end', 'end_of_support'] as const;
export type DeadlineSource = (typeof deadlineSources)[number];

export interface HardDeadline {
  /** Last day on which the cutover may happen. */
  readonly date: CalendarDate;
  readonly source: DeadlineSource;
}

/** A customer's demand on the calendar. */
export interface Demand {
  readonly reference: string;
  readonly tier: 'READY' | 'CONDITIONAL' | 'NOT_READY';
  /** Effort points. */
  readonly points: number;
  readonly complex: boolean;
  /** True when the points are an estimate. */
  readonly estimated?: boolean;
  readonly wantedServices: readonly ServiceCode[];
  /** First day the customer can cut over. */
  readonly earliest?: CalendarDate;
  readonly hardDeadlines: readonly HardDeadline[];
  /** The customer's own freezes. */
  readonly freezes: readonly DateRange[];
  /** A site code, or `any`. */
  readonly site: string;
  readonly twoSites: boolean;
  readonly acceptsPilot: boolean;
  /** Due dates of open blocking conditions; SERVICE_NOT_YET_AVAILABLE is left out, the opening covers it. */
  readonly conditionsDueDates: readonly CalendarDate[];
  /** Cutover of the customer this one must follow, `unbooked` while it has none; absent without such a parent. */
  readonly parentCutover?: CalendarDate | 'unbooked';
  /** It is a part, and that customer is the part before it. */
  readonly followsPart?: boolean;
  /** Waves the customer was in already, or was offered. */
  readonly avoid?: readonly string[];
  /** Days that the customer turned down: no wave on such a day is offered, whatever its site. */
  readonly avoidDates?: readonly CalendarDate[];
}

/** The context that a judgement depends on. */
export interface SchedulingContext {
  /** Day on which the booking is made. */
  readonly asOf: CalendarDate;
  readonly platform: PlatformConfiguration;
}

/** The deadline that falls first; undefined without any. */
export function firstDeadline(demand: Pick<Demand, 'hardDeadlines'>): HardDeadline | undefined {
  return demand.hardDeadlines.toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)))[0];
}
