import type { DatesByCondition } from '../classification/condition-tasks.ts';
import type { RegistryStatus } from '../classification/facts.ts';
import type { ConditionCode } from '../classification/outcomes.ts';
import type { Answers } from '../questionnaire/answers.ts';
import type { Assessment } from '../readiness/assessment.ts';
import type { Language } from '../text.ts';
import type { Interview, SignedLetter } from './interviews.ts';

/** An organisation and its contact, from intake and the registry. */
export interface IntakeRecord {
  readonly siren: string;
  readonly siret?: string | undefined;
  readonly legalName: string;
  readonly bodyType: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly language: Language;
  readonly services: readonly string[];
  readonly usersInScope?: number | undefined;
  readonly serversInScope?: number | undefined;
  readonly earliestDate?: string | undefined;
  readonly latestDate?: string | undefined;
  readonly deadlineReason: string;
  readonly owner: string;
  readonly team: string;
  readonly group?: string | undefined;
  readonly parentSiren?: string | undefined;
  /** The part of the organisation that is onboarded; absent for the whole of it. */
  readonly scope?: string | undefined;
  readonly registry?: RegistryRecord | undefined;
}

export interface RegistryRecord {
  readonly status: RegistryStatus;
  /** Instant, ISO 8601. */
  readonly checkedAt: string;
  readonly facts?: Readonly<Record<string, string | boolean>> | undefined;
}

/** Answers that the customer has declared since, to clear a condition. */
export interface Declaration {
  readonly condition: ConditionCode;
  readonly answers: Answers;
  /** Instant, ISO 8601. */
  readonly at: string;
}

/** An interview as the record of a submission names it. */
export type InterviewSaid = Pick<Interview, 'operator' | 'name' | 'role' | 'on'>;

/** A signed letter, with the interview whose operator has recorded it. */
export interface RecordedLetter extends SignedLetter {
  readonly interview: string;
}

/** What was true when answers were submitted and may change since: the record of the submission says it. */
export interface SubmissionCircumstances {
  /** The language in which the questions were read. */
  readonly language: Language;
  /** Name of the organisation. */
  readonly organisation: string;
  /** Name of the person who submitted, or of the client; empty if it is unknown. */
  readonly by: string;
  /** Number of the submission that it corrects; absent for every other one. */
  readonly corrects?: number | undefined;
  /** The rule set in force. */
  readonly ruleSet?: string | undefined;
  /** Names of those who saved answers, by the id they saved them under. */
  readonly people?: Readonly<Record<string, string>> | undefined;
  /** The interviews in which answers were entered, by the id they were saved under. */
  readonly interviews?: Readonly<Record<string, InterviewSaid>> | undefined;
  /** The signed letter that attests the answers, if no one attested them by the link. */
  readonly letter?: RecordedLetter | undefined;
  /** Who saved the answer to a question, and when; absent for answers that came with the submission. */
  readonly answered: Readonly<Record<string, { readonly by: string; readonly at: string }>>;
}

/** Answers as they were submitted. */
export interface Submission {
  readonly questionnaireVersion: number;
  /** They stay as they were; what is declared later is kept beside them. */
  readonly answers: Answers;
  /** 1 for the first. */
  readonly number: number;
  /** Instant, ISO 8601. */
  readonly at: string;
  /** Oldest first; absent while nothing was declared. */
  readonly declarations?: readonly Declaration[] | undefined;
  /** Absent in submissions of earlier releases. */
  readonly circumstances?: SubmissionCircumstances | undefined;
}

/** The submitted answers with what was declared since laid over them. */
export function answersInForce({
  answers,
  declarations = [],
}: Pick<Submission, 'answers' | 'declarations'>): Answers {
  return Object.assign({}, answers, ...declarations.map((declared) => declared.answers));
}

/** The answers in force before new ones: none before the first submission. */
export function answersBefore(submission: Submission | undefined): Answers {
  return submission === undefined ? {} : answersInForce(submission);
}

/** What an operator asks a customer to answer again. The message is typed by a person: no event or mail repeats it. */
export interface CustomerRequest {
  readonly questions: readonly string[];
  readonly message: string;
  /** Instant, ISO 8601. */
  readonly at: string;
}

/** What may change a result although no answers were submitted. */
export const resultCauses = ['declaration', 'evidence', 'opening', 'registry', 'cutover'] as const;

/** The last change of a result since the answers were submitted. */
export interface ResultChange {
  /** Calendar day. */
  readonly on: string;
  readonly by: (typeof resultCauses)[number];
}

/** The result of the rules for the last submission. */
export interface ResultRecord {
  /** The submission and the number of reviews the result is based on: `2.1`. */
  readonly standsOn: string;
  /** Calendar day. */
  readonly assessedOn: string;
  readonly assessment: Assessment;
  readonly previous?: Assessment['readiness'] | undefined;
  /** Conditions that operators or the cutover have cleared so far; who, when and on what evidence is in the history. */
  readonly cleared: readonly ConditionCode[];
  /** Why it was computed again since, and when; absent while it is as it was assessed. */
  readonly changed?: ResultChange | undefined;
  /** Calendar day on which the register was asked last for a condition, and could not answer. */
  readonly askedOn?: string | undefined;
  /** By condition; absent in results of earlier releases, where all were raised on the day of the assessment. */
  readonly dates?: DatesByCondition | undefined;
}

/** Conditions cleared so far. */
export function clearedCodes(result: ResultRecord | undefined): readonly ConditionCode[] {
  return result?.cleared ?? [];
}
