import type { Answers, QuestionId } from '../questionnaire/answers.ts';
import { isVisible, questions } from '../questionnaire/questionnaire.ts';
import { isSameAnswer } from '../questionnaire/same-answer.ts';
import type { Origin, PresentAnswers } from './draft.ts';

/** A page of the form as its sender saw it before filling it in. */
export interface SeenPage {
  /** Version of the answer that the page showed; 0 where it showed none. */
  readonly versionOf: (id: QuestionId) => number;
  /** Questions whose answer the sender left as the page showed it, or gives up for the one saved meanwhile. */
  readonly untouched: ReadonlySet<QuestionId>;
}

/** Two people have answered a question differently. */
export interface AnswerConflict extends Origin {
  readonly question: QuestionId;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface MergedPage {
  /** The answers to validate and to save. */
  readonly given: unknown;
  readonly conflicts: readonly AnswerConflict[];
}

/** A sender that has just read the draft and means every answer it gives. */
export const seenJustNow: SeenPage = {
  versionOf: () => Number.POSITIVE_INFINITY,
  untouched: new Set(),
};

/**
 * Lays a page over the answers as they are now. What the sender did not touch stays as someone else has saved it since;
 * what both have changed is a conflict, unless they say the same.
 */
export function mergePage(
  asked: readonly QuestionId[],
  given: Readonly<Record<string, unknown>>,
  seen: SeenPage,
  present: PresentAnswers,
): MergedPage {
  const merged: Record<string, unknown> = { ...given };
  const conflicts: AnswerConflict[] = [];
  const kept: QuestionId[] = [];
  for (const id of asked) {
    const [mine, theirs] = [given[id], present.answers[id]];
    if (seen.untouched.has(id)) {
      if (theirs === undefined) continue;
      merged[id] = theirs;
      kept.push(id);
    } else if (mine !== undefined && present.origin(id).version > seen.versionOf(id)) {
      if (!isSameAnswer(id, mine, theirs))
        conflicts.push({ question: id, mine, theirs, ...present.origin(id) });
    }
  }
  return { given: withoutInvisible(merged, given, kept, present.answers), conflicts };
}

/** An answer taken over from another sender is no part of the page when the page hides its question. */
function withoutInvisible(
  merged: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
  kept: readonly QuestionId[],
  present: Answers,
): Readonly<Record<string, unknown>> {
  const all: Answers = { ...present, ...merged };
  const hidden = questions
    .filter((question) => kept.includes(question.id) && given[question.id] === undefined)
    .filter((question) => !isVisible(question, all))
    .map(({ id }): string => id);
  return Object.fromEntries(Object.entries(merged).filter(([id]) => !hidden.includes(id)));
}
