import type { CalendarDate } from '../calendar-date.ts';
import { blockingDueDates, type DatesByCondition } from '../classification/condition-tasks.ts';
import type { Answers } from '../questionnaire/answers.ts';
import type { Assessment } from '../readiness/assessment.ts';
import type { Demand, HardDeadline } from './demand.ts';
import { type Effort, effortOf } from './effort.ts';
import { type DeclaredSize, sizingFrom } from './sizing.ts';

/** The facts of an onboarding that decide its placement. */
export interface Placeable {
  readonly reference: string;
  /** The tier in force: an operator may have set it. */
  readonly tier: 'READY' | 'CONDITIONAL';
  readonly answers: Answers;
  /** The size that sales announced. */
  readonly declared: DeclaredSize;
  readonly assessment: Assessment;
  /** Day of the assessment: conditions are due so many days after it. */
  readonly assessedOn: CalendarDate;
  readonly dates?: DatesByCondition | undefined;
  readonly asOf: CalendarDate;
  readonly parentCutover?: CalendarDate | 'unbooked';
  readonly followsPart?: boolean;
  readonly avoid?: readonly string[];
  readonly avoidDates?: readonly CalendarDate[];
}

function hardDeadlines(answers: Answers, assessment: Assessment): readonly HardDeadline[] {
  const derogations = assessment.conditions.flatMap((condition): readonly HardDeadline[] =>
    condition.code === 'DEROGATION_DEADLINE' && condition.date !== undefined
      ? [{ date: condition.date, source: 'derogation' }]
      : [],
  );
  const { E1 } = answers;
  if (E1?.latest === undefined || E1.reason === 'none') return derogations;
  return [...derogations, { date: E1.latest, source: E1.reason }];
}

/** Effort of a customer, from its answers, the conditions found, and the size that sales announced. */
export function effortFrom(answers: Answers, assessment: Assessment, declared: DeclaredSize): Effort {
  const conditions = assessment.conditions.map(({ code }) => code);
  return effortOf(sizingFrom(answers, conditions, declared));
}

/** The site that the customer accepts: any, unless it names one (C8). */
export function wantedSite({ C8 }: Answers): Pick<Demand, 'site'> {
  return { site: C8?.site ?? 'any' };
}

/**
 * The demand of an onboarding on the calendar. A customer that names pilot users (E3) accepts a pilot wave. Conditions
 * count with their due date while they block; a service that opens later is covered by its opening.
 */
export function demandOf(onboarding: Placeable): Demand {
  const { answers, assessment, asOf } = onboarding;
  const { points, complex, estimated } = effortFrom(answers, assessment, onboarding.declared);
  return {
    reference: onboarding.reference,
    tier: onboarding.tier,
    points,
    complex,
    ...(estimated ? { estimated } : {}),
    wantedServices: answers.C1 ?? [],
    ...(answers.E1 === undefined ? {} : { earliest: answers.E1.earliest }),
    hardDeadlines: hardDeadlines(answers, assessment),
    freezes: answers.E2 ?? [],
    ...wantedSite(answers),
    twoSites: answers.C8?.twoSites === 'yes',
    acceptsPilot: (answers.E3 ?? 0) > 0,
    conditionsDueDates: blockingDueDates(onboarding, asOf),
    ...(onboarding.parentCutover === undefined ? {} : { parentCutover: onboarding.parentCutover }),
    ...(onboarding.followsPart === true ? { followsPart: true } : {}),
    ...(onboarding.avoid === undefined ? {} : { avoid: onboarding.avoid }),
    ...(onboarding.avoidDates === undefined ? {} : { avoidDates: onboarding.avoidDates }),
  };
}
