import { formatMinute } from '../calendar-date.ts';
import { canonical } from '../onboarding/audit-chain.ts';
import type { Submission, SubmissionCircumstances } from '../onboarding/records.ts';
import type { OnboardingState } from '../onboarding/state.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import { answerLines, type Reader } from '../questionnaire/answer-words.ts';
import type { QuestionId } from '../questionnaire/answers.ts';
import type { Question } from '../questionnaire/question.ts';
import { findQuestion, sections } from '../questionnaire/questionnaire.ts';
import type { Language } from '../text.ts';

/** Changes when a field of the record changes its name or its meaning. */
export const recordFormat = 'onboarding-record/1';

/** One question as it was asked, and what was answered. */
export interface RecordedAnswer {
  readonly id: string;
  readonly label: string;
  readonly asked: string;
  /** In words, one line for each part. */
  readonly answer: readonly string[];
  /** As it is stored: the codes that the rules read. */
  readonly value: unknown;
  readonly answeredBy?: string;
  /** The operator who entered it in an interview with them. */
  readonly enteredBy?: string;
  /** Instant, ISO 8601. */
  readonly answeredAt?: string;
}

export interface RecordedSection {
  readonly id: string;
  readonly title: string;
  readonly answers: readonly RecordedAnswer[];
}

/** What was asked and answered in one submission, in its language: what the seal covers, and nothing else. */
export interface SubmissionRecord {
  readonly format: typeof recordFormat;
  readonly platform: string;
  readonly reference: string;
  readonly language: Language;
  readonly organisation: { readonly name: string; readonly siren: string };
  readonly submission: {
    readonly number: number;
    /** Instant, ISO 8601. */
    readonly at: string;
    /** The same instant in words, Paris time. */
    readonly inParis: string;
    readonly by: string;
    /** Number of the submission that it corrects. */
    readonly corrects?: number;
  };
  readonly questionnaireVersion: number;
  readonly ruleSet?: string;
  readonly attestation?: string;
  /** The letter in which it was attested; without one, whoever submitted has attested it. */
  readonly signedLetter?: {
    readonly reference: string;
    /** Calendar day. */
    readonly date: string;
    readonly enteredBy: string;
    readonly with: string;
  };
  readonly sections: readonly RecordedSection[];
}

/** Attested apart from the answers, with the text that was attested. */
const attestation = 'E6' satisfies QuestionId;

/** What the record is made of. */
export interface RecordSource {
  readonly state: Pick<OnboardingState, 'reference' | 'siren' | 'name' | 'language'>;
  readonly submission: Submission;
  readonly platform: Pick<PlatformConfiguration, 'name' | 'sites'>;
}

/** A submission of an earlier release says no more than the onboarding does. */
function circumstancesOf({ state, submission }: RecordSource): SubmissionCircumstances {
  const { language, name } = state;
  return submission.circumstances ?? { language, organisation: name, by: '', answered: {} };
}

/** Texts are plain, as they were written: how they are set is for the page or the document that shows them. */
function readerIn(language: Language): Reader {
  return { language, t: (text) => text[language] };
}

/** Who answered, and who entered it for them. */
function answeredBy(
  { by, people = {}, interviews = {} }: SubmissionCircumstances,
  id: string,
): Pick<RecordedAnswer, 'answeredBy' | 'enteredBy'> {
  const interview = interviews[id];
  if (interview !== undefined) return { answeredBy: interview.name, enteredBy: interview.operator };
  const name = people[id] ?? by;
  return name === '' ? {} : { answeredBy: name };
}

function signedLetter({
  letter,
  interviews = {},
  by,
}: SubmissionCircumstances): Pick<SubmissionRecord, 'signedLetter'> {
  if (letter === undefined) return {};
  const { reference, on, interview } = letter;
  const { operator: enteredBy, name } = interviews[interview] ?? { operator: by, name: '' };
  return { signedLetter: { reference, date: on, enteredBy, with: name } };
}

function recordedAnswer(
  question: Question,
  value: unknown,
  source: RecordSource,
  circumstances: SubmissionCircumstances,
): RecordedAnswer {
  const reader = readerIn(circumstances.language);
  const saved = circumstances.answered[question.id];
  return {
    id: question.id,
    label: reader.t(question.label),
    asked: reader.t(question.asks),
    answer: answerLines(reader, question.input, value, source.platform.sites),
    value,
    ...(saved === undefined ? {} : { ...answeredBy(circumstances, saved.by), answeredAt: saved.at }),
  };
}

/** The record of a submission; the same for the same submission, whenever it is made. */
export function submissionRecord(source: RecordSource): SubmissionRecord {
  const { state, submission, platform } = source;
  const circumstances = circumstancesOf(source);
  const { language, organisation, by, corrects, ruleSet } = circumstances;
  const reader = readerIn(language);
  const given: Readonly<Record<string, unknown>> = submission.answers;
  const attested = given[attestation] === undefined ? undefined : findQuestion(attestation);
  return {
    format: recordFormat,
    platform: platform.name,
    reference: state.reference,
    language,
    organisation: { name: organisation, siren: state.siren },
    submission: {
      number: submission.number,
      at: submission.at,
      inParis: formatMinute(new Date(submission.at), language),
      by,
      ...(corrects === undefined ? {} : { corrects }),
    },
    questionnaireVersion: submission.questionnaireVersion,
    ...(ruleSet === undefined ? {} : { ruleSet }),
    ...(attested === undefined ? {} : { attestation: reader.t(attested.help) }),
    ...signedLetter(circumstances),
    sections: sections.flatMap(({ id, title, questions }) => {
      const answers = questions
        .filter((question) => question.id !== attestation && given[question.id] !== undefined)
        .map((question) => recordedAnswer(question, given[question.id], source, circumstances));
      return answers.length === 0 ? [] : [{ id, title: reader.t(title), answers }];
    }),
  };
}

/**
 * The one form of a record that is hashed and signed: keys in the order of their UTF-16 code units, no white space,
 * strings and numbers as JSON.stringify writes them. For what records hold this is RFC 8785.
 */
export function canonicalRecord(record: unknown): string {
  return canonical(record);
}
