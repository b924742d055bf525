import type { CalendarDate } from '../calendar-date.ts';
import { blockingDueDates, type DatesByCondition } from '../classification/condition-tasks.ts';
import type { Answers } from '../questionnaire/answers.ts';
import type { Assessment } from '../readiness/assessment.ts';
import type { Demand, HardDeadline } from './demand.ts';
import { type Effort, effortOf } from './effort.ts';

/** The facts of an onboarding that decide its placement. */
export interface Placeable {
  readonly reference: string;
  /** The tier in force: an operator may have set it. */
  readonly tier: 'READY' | 'CONDITIONAL';
  readonly answers: Answers;
  readonly assessment: Assessment;
  /** Day of the assessment: conditions are due so many days after it. */
  readonly assessedOn: CalendarDate;
  readonly dates?: DatesByCondition | undefined;
  readonly asOf: CalendarDate;
  readonly parentCutover?: CalendarDate | 'unbooked';
  readonly avoid?: readonly string[];
  readonly avoidDates?: readonly CalendarDate[];
}

function hardDeadlines(answers: Answers, assessment: Assessment): readonly HardDeadline[] {
  const derogations = assessment.conditions.flatMap((condition): readonly HardDeadline[] =>
    condition.code === 'DEROGATION_DEADLINE' ? [{ date: condition.date, source: 'derogation' }] : [],
  );
  const { E1 } = answers;
  if (E1?.latest === undefined || E1.reason === 'none') return derogations;
  return [...derogations, { date: E1.latest, source: E1.reason }];
}

/** Effort of a customer, from its answers and the conditions found. */
export function effortFrom(answers: Answers, assessment: Assessment): Effort {
  const mailboxes = answers.C3;
  const over200 = mailboxes?.over_200 ?? 0;
  return effortOf({
    users: answers.C2?.usersInScope ?? 0,
    mailboxesOver50GB: (mailboxes?.['50_100'] ?? 0) + (mailboxes?.['100_200'] ?? 0) + over200,
    mailboxesOver200GB: over200,
    servers: answers.C6?.servers ?? 0,
    forests: answers.C4?.adForests ?? 0,
    services: answers.C1 ?? [],
    conditions: assessment.conditions.map(({ code }) => code),
  });
}

/**
 * The demand of an onboarding on the calendar. A customer that names pilot users (E3) accepts a pilot wave. Conditions
 * count with their due date while they block; a service that opens later is covered by its opening.
 */
export function demandOf(onboarding: Placeable): Demand {
  const { answers, assessment, asOf } = onboarding;
  const { points, complex } = effortFrom(answers, assessment);
  return {
    reference: onboarding.reference,
    tier: onboarding.tier,
    points,
    complex,
    wantedServices: answers.C1 ?? [],
    ...(answers.E1 === undefined ? {} : { earliest: answers.E1.earliest }),
    hardDeadlines: hardDeadlines(answers, assessment),
    freezes: answers.E2 ?? [],
    site: answers.C8?.site ?? 'any',
    twoSites: answers.C8?.twoSites === 'yes',
    acceptsPilot: (answers.E3 ?? 0) > 0,
    conditionsDueDates: blockingDueDates(onboarding, asOf),
    ...(onboarding.parentCutover === undefined ? {} : { parentCutover: onboarding.parentCutover }),
    ...(onboarding.avoid === undefined ? {} : { avoid: onboarding.avoid }),
    ...(onboarding.avoidDates === undefined ? {} : { avoidDates: onboarding.avoidDates }),
  };
}
