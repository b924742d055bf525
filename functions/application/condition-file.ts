import { calendarDateOf } from '../domain/calendar-date.ts';
import type { ConditionCode } from '../domain/classification/outcomes.ts';
import type { IntakeRecord, ResultRecord, Submission } from '../domain/onboarding/records.ts';
import type { Answers } from '../domain/questionnaire/answers.ts';
import { assess } from '../domain/readiness/assessment.ts';
import type { Store } from '../store/store.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** The parts of an onboarding that its conditions depend on. */
export interface ConditionFile {
  readonly intake: IntakeRecord;
  readonly submission: Submission | undefined;
  readonly result: ResultRecord | undefined;
}

export async function readConditionFile({ dossiers }: Store, reference: string): Promise<ConditionFile> {
  const [intake, submission, result] = await Promise.all([
    dossiers.intake(reference),
    dossiers.submission(reference),
    dossiers.result(reference),
  ]);
  return { intake, submission, result };
}

interface Laid {
  readonly intake: IntakeRecord;
  readonly result: ResultRecord;
  readonly answers: Answers;
  readonly cleared: readonly ConditionCode[];
}

/** The four results of a submission again, under the rules that it was submitted under, with what they depend on. */
export function assessAgain(
  { clock, platform }: Pick<ApplicationDependencies, 'clock' | 'platform'>,
  { intake, result, answers, cleared }: Laid,
) {
  const context = { asOf: calendarDateOf(clock.now()), platform };
  const assessment = assess({
    organisation: { registryStatus: intake.registry?.status ?? 'unavailable' },
    answers,
    ...context,
    clearedConditions: cleared,
    ruleSetVersion: result.assessment.ruleSetVersion,
  });
  return { assessment, answers, context };
}
