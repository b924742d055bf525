import { type Answers, endsForm, type QuestionId } from './answers.ts';
import type { Question, Section, SectionId } from './question.ts';
import { sectionA } from './section-a.ts';
import { sectionB } from './section-b.ts';
import { sectionC } from './section-c.ts';
import { sectionD } from './section-d.ts';
import { sectionE } from './section-e.ts';

/** The whole form, in the order in which it is asked. */
export const sections: readonly Section[] = [sectionA, sectionB, sectionC, sectionD, sectionE];

export const questions: readonly Question[] = sections.flatMap((section) => section.questions);

const questionsById: ReadonlyMap<string, Question> = new Map(
  questions.map((question) => [question.id, question]),
);

/** The question with this id, or undefined: ids come from outside. */
export function findQuestion(id: string): Question | undefined {
  return questionsById.get(id);
}

/** The ids of the questions of a section; the attestation belongs to the submission, not to its section. */
export function questionsIn(section: SectionId): readonly QuestionId[] {
  return questions
    .filter((question) => question.section === section && question.input.kind !== 'attestation')
    .map(({ id }) => id);
}

/** True if all keys are questions; each value was read by the input of its question, which is what the type says. */
export function holdsAnswers(read: Readonly<Record<string, unknown>>): read is Answers {
  return Object.keys(read).every((id) => questionsById.has(id));
}

/** True if the question shows, given the other answers. */
export function isVisible(question: Question, answers: Answers): boolean {
  if (!question.visibleIf) return true;
  const { question: id, holdsAnyOf } = question.visibleIf;
  const given = answers[id] ?? [];
  const codes: readonly string[] = typeof given === 'string' ? [given] : given;
  return codes.some((code) => holdsAnyOf.includes(code));
}

/** The questions that show, in order. After B1 = yes they still take an answer, but none is required. */
export function visibleQuestions(answers: Answers): readonly Question[] {
  return questions.filter((question) => isVisible(question, answers));
}

/** The visible questions that must be answered before submission: none is left once B1 = yes ends the form. */
export function requiredQuestions(answers: Answers): readonly Question[] {
  return endsForm(answers) ? [] : visibleQuestions(answers);
}

/** The same answers without those whose question no longer shows, after an answer above them has changed. */
export function withoutHidden(answers: Answers): Answers {
  const hidden = questions.filter((question) => !isVisible(question, answers)).map(({ id }) => id);
  const kept = { ...answers };
  for (const id of hidden) delete kept[id];
  return kept;
}

export type SectionStatus = 'not_started' | 'in_progress' | 'complete';

export interface SectionProgress {
  readonly section: SectionId;
  readonly status: SectionStatus;
  /** Visible questions already answered, and in all. */
  readonly answered: number;
  readonly total: number;
  /** Visible questions still to answer, in order. */
  readonly missing: readonly QuestionId[];
}

/**
 * How far each section is. Answers are those already accepted, each one whole. Once B1 = yes ends the form, every
 * section is complete: nothing more is asked.
 */
export function sectionProgress(answers: Answers): readonly SectionProgress[] {
  const ended = endsForm(answers);
  return sections.map((section) => {
    const visible = section.questions.filter((question) => isVisible(question, answers));
    const missing = ended ? [] : visible.filter(({ id }) => answers[id] === undefined).map(({ id }) => id);
    const answered = visible.filter(({ id }) => answers[id] !== undefined).length;
    return {
      section: section.id,
      status: statusOf(missing.length, answered),
      answered,
      total: visible.length,
      missing,
    };
  });
}

function statusOf(missing: number, answered: number): SectionStatus {
  if (missing === 0) return 'complete';
  return answered === 0 ? 'not_started' : 'in_progress';
}
