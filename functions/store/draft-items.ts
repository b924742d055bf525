import * as z from 'zod/mini';
import type { Saved, SavedAnswer } from '../domain/onboarding/draft.ts';
import type { QuestionId } from '../domain/questionnaire/answers.ts';
import type { Question, SectionId } from '../domain/questionnaire/question.ts';
import { findQuestion, sections } from '../domain/questionnaire/questionnaire.ts';
import { isAnswerTo } from '../domain/questionnaire/validate-answers.ts';
import { completedSectionOf, questionOf } from './keys.ts';
import type { Item } from './table.ts';
import { type NoteUnreadable, readItem, UnreadableItemError } from './unreadable.ts';

const saved = { at: z.iso.datetime(), by: z.string() };

/** Who saved an answer, and in which version of the draft. */
const savedItem = z.object({ ...saved, version: z.int() });

/** One answer, as far as this version of the questionnaire takes it. */
function answerItem(question: Question) {
  const value = z.custom<unknown>((given) => given === undefined || isAnswerTo(question, given));
  return z.object({
    ...saved,
    value: z.optional(value),
    unfinished: z.optional(z.unknown()),
    version: z.int(),
  });
}

/** All answers in one item, as earlier releases saved them. */
const wholeItem = z.object({
  answers: z.record(z.string(), z.unknown()),
  saved: z.record(z.string(), z.object(saved)),
  version: z.int(),
});

type Answered = readonly [QuestionId, SavedAnswer];

/** The answers in an item that has all of them. */
export function answersOfWhole(item: Item): readonly Answered[] {
  const { answers, saved: bySection, version } = z.parse(wholeItem, item);
  return Object.entries(answers).flatMap(([name, value]) => {
    const question = findQuestion(name);
    const last = question === undefined ? undefined : bySection[question.section];
    if (question === undefined || last === undefined) return [];
    return [[question.id, { ...last, value, version }] as const];
  });
}

interface AnswersRead {
  readonly answers: readonly Answered[];
  readonly unreadable: readonly QuestionId[];
}

/** The answers that can be read, and which cannot: these are noted, and their questions asked again. */
export function answersOfItems(items: readonly Item[], note: NoteUnreadable): AnswersRead {
  const answers: Answered[] = [];
  const unreadable: QuestionId[] = [];
  for (const item of items) {
    const question = findQuestion(questionOf(item) ?? '');
    if (question === undefined) continue;
    try {
      answers.push([question.id, readItem(item, answerOf(question), note)]);
    } catch (error) {
      if (!(error instanceof UnreadableItemError)) throw error;
      unreadable.push(question.id);
      // That it was saved since the submission counts, even if not as what.
      const { data } = z.safeParse(savedItem, item);
      if (data !== undefined) answers.push([question.id, data]);
    }
  }
  return { answers, unreadable };
}

function answerOf(question: Question): (item: Item) => SavedAnswer {
  const shape = answerItem(question);
  return (item) => {
    const { value, unfinished, version, at, by } = z.parse(shape, item);
    return {
      ...(value === undefined ? {} : { value }),
      ...(unfinished === undefined ? {} : { unfinished }),
      ...{ version, at, by },
    };
  };
}

/** The sections that someone has said to be completed. */
export function completedIn(items: readonly Item[], note: NoteUnreadable): ReadonlyMap<SectionId, Saved> {
  return new Map(
    items.flatMap((item) => {
      const section = sections.find(({ id }) => id === completedSectionOf(item));
      return section === undefined
        ? []
        : [[section.id, readItem(item, (each) => z.parse(z.object(saved), each), note)] as const];
    }),
  );
}
