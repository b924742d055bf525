import { savePage } from '../../functions/application/save-page.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { SectionId } from '../../functions/domain/questionnaire/question.ts';
import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import type { System } from './system.ts';

/** Saves whole sections, where it does not matter how they were filled in. */
export async function saveSections(
  { runtime }: System,
  reference: string,
  sections: readonly SectionId[],
  answers: Answers,
): Promise<void> {
  const questions = sections.flatMap((section) => askedIn(section, answers).map(({ id }) => id));
  const given = Object.fromEntries(questions.map((id) => [id, answers[id]]));
  await savePage(runtime, reference, { questions, given }, { kind: 'customer', id: reference });
}

/** Submits answers, where it does not matter how they were filled in, and waits for what follows. */
export async function submit({ runtime }: System, reference: string, answers: Answers): Promise<void> {
  await submitAnswers(runtime, reference, answers, { kind: 'customer', id: reference });
  await runtime.clock.settled();
}
