import type { CalendarDate } from '../calendar-date.ts';
import type { Text } from '../text.ts';

/** The facts that decide a customer's rank on the waiting list. */
export interface ServiceOrderEntry {
  readonly reference: string;
  /** The first hard deadline. */
  readonly hardDeadline?: CalendarDate;
  readonly requirementLevel: 'MANDATORY' | 'UNDETERMINED' | 'RECOMMENDED' | 'NOT_REQUIRED';
  readonly tier: 'READY' | 'CONDITIONAL';
  /** Readiness score; null when no dimension was answered. */
  readonly score: number | null;
  /** Day on which the onboarding was started. */
  readonly requestedOn: CalendarDate;
}

interface Criterion {
  readonly code: 'DEADLINE' | 'MANDATORY' | 'TIER' | 'SCORE' | 'REQUEST_DATE' | 'REFERENCE';
  readonly label: Text;
  readonly compare: (a: ServiceOrderEntry, b: ServiceOrderEntry) => number;
}

function ascending(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Later than every day: "none" sorts last. */
const noDeadline = '9999-12-31';

const criteria: readonly Criterion[] = [
  {
    code: 'DEADLINE',
    label: { fr: 'date limite la plus proche', en: 'nearest deadline' },
    compare: (a, b) => ascending(a.hardDeadline ?? noDeadline, b.hardDeadline ?? noDeadline),
  },
  {
    code: 'MANDATORY',
    label: { fr: 'obligation légale', en: 'legal obligation' },
    compare: (a, b) =>
      Number(b.requirementLevel === 'MANDATORY') - Number(a.requirementLevel === 'MANDATORY'),
  },
  {
    code: 'TIER',
    label: { fr: 'niveau de préparation', en: 'readiness tier' },
    compare: (a, b) => Number(b.tier === 'READY') - Number(a.tier === 'READY'),
  },
  {
    code: 'SCORE',
    label: { fr: 'score de préparation', en: 'readiness score' },
    compare: (a, b) => (b.score ?? -1) - (a.score ?? -1),
  },
  {
    code: 'REQUEST_DATE',
    label: { fr: 'date de la demande', en: 'date of the request' },
    compare: (a, b) => ascending(a.requestedOn, b.requestedOn),
  },
  {
    code: 'REFERENCE',
    label: { fr: 'référence', en: 'reference' },
    compare: (a, b) => ascending(a.reference, b.reference),
  },
];

function decidingCriterion(a: ServiceOrderEntry, b: ServiceOrderEntry): Criterion | undefined {
  return criteria.find((criterion) => criterion.compare(a, b) !== 0);
}

/**
 * The order of service, for the waiting list and the planner: hard deadline ascending (none last), MANDATORY
 * first, READY before CONDITIONAL, score descending (null last), day of request ascending, reference ascending.
 * A total order, since references are unique. Negative when `a` is served first.
 */
export function compareInOrderOfService(a: ServiceOrderEntry, b: ServiceOrderEntry): number {
  return decidingCriterion(a, b)?.compare(a, b) ?? 0;
}

/** The criterion that ranks one customer before the other, to explain a rank; undefined for a customer and itself. */
export function whatSetsApart(
  a: ServiceOrderEntry,
  b: ServiceOrderEntry,
): Pick<Criterion, 'code' | 'label'> | undefined {
  const criterion = decidingCriterion(a, b);
  return criterion === undefined ? undefined : { code: criterion.code, label: criterion.label };
}
