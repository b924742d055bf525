import * as z from 'zod/mini';
import type { Draft, Saved, SavedAnswer } from '../domain/onboarding/draft.ts';
import type { Wait } from '../domain/onboarding/state.ts';
import type { QuestionId } from '../domain/questionnaire/answers.ts';
import type { Question, SectionId } from '../domain/questionnaire/question.ts';
import { findQuestion, questionnaireVersion, sections } from '../domain/questionnaire/questionnaire.ts';
import { isAnswerTo } from '../domain/questionnaire/validate-answers.ts';
import { completedSectionOf, keys, questionOf } from './keys.ts';
import { waitWrite } from './stored-wait.ts';
import { ConditionFailedError, type Item, type Table, type Write } from './table.ts';
import { type NoteUnreadable, readItem, UnreadableItemError } from './unreadable.ts';
import { putAnyway, removeAnyway } from './writes.ts';

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

/** Version of the whole draft: every save and every submission changes it, so that none misses another. */
const headItem = z.object({
  version: z.int(),
  submitted: z.optional(z.int()),
  byMachine: z.optional(z.int()),
});

/** All answers in one item, as earlier releases saved them. */
const wholeItem = z.object({
  answers: z.record(z.string(), z.unknown()),
  saved: z.record(z.string(), z.object(saved)),
  version: z.int(),
});

/** A draft as it is stored. */
export interface StoredDraft extends Draft {
  /** True while answers are stored as earlier releases did: the next save splits them. */
  readonly isWhole: boolean;
}

/** The sign of life that goes with a save. */
export interface SignOfLife {
  readonly wait: Wait;
  readonly before: Wait;
}

export interface Drafts {
  /** What was saved so far; undefined when nothing was saved or submitted. */
  draft(reference: string): Promise<StoredDraft | undefined>;
  /**
   * Saves answers, all or none, provided that nothing was saved or submitted since `before` was read.
   *
   * @returns false if something was, or if something has happened to the wait.
   */
  saveAnswers(
    reference: string,
    before: StoredDraft,
    answers: ReadonlyMap<QuestionId, Omit<SavedAnswer, 'version'>>,
    life?: SignOfLife,
  ): Promise<boolean>;
  /** Notes who says that a section is completed; `undefined`: that it is not. The last word counts. */
  markSection(reference: string, section: SectionId, completed: Saved | undefined): Promise<void>;
}

/** The write of the draft's next version, provided that it still has the one that was read. */
export function nextVersion(
  reference: string,
  before: number,
  submission?: { readonly byMachine: boolean },
): Write {
  const submitted = submission === undefined ? [] : ['submitted = :next'];
  const byMachine = submission?.byMachine === true ? ['byMachine = :next'] : [];
  return {
    guards: 'draft',
    item: {
      Update: {
        TableName: '',
        Key: keys.draftVersion(reference),
        UpdateExpression: `SET ${['#version = :next', ...submitted, ...byMachine].join(', ')}`,
        ConditionExpression: 'attribute_not_exists(pk) OR #version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before, ':next': before + 1 },
      },
    },
  };
}

type Answered = readonly [QuestionId, SavedAnswer];

function answersOfWhole(item: Item): readonly Answered[] {
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
function answersOfItems(items: readonly Item[], note: NoteUnreadable): AnswersRead {
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

function answerWrite(reference: string, id: QuestionId, answer: SavedAnswer): Write {
  return putAnyway({ ...keys.answer(reference, id), ...answer, questionnaireVersion });
}

function completedIn(items: readonly Item[], note: NoteUnreadable): ReadonlyMap<SectionId, Saved> {
  return new Map(
    items.flatMap((item) => {
      const section = sections.find(({ id }) => id === completedSectionOf(item));
      return section === undefined
        ? []
        : [[section.id, readItem(item, (each) => z.parse(z.object(saved), each), note)] as const];
    }),
  );
}

export function createDrafts(table: Table, note: NoteUnreadable): Drafts {
  return {
    draft: async (reference) => {
      const { pk, upTo } = keys.answers(reference);
      const items = await table.queryAll(pk, { upTo, consistent: true });
      const head = items.find(({ sk }) => sk === keys.draftVersion(reference).sk);
      const whole = items.find(({ sk }) => sk === keys.wholeDraft(reference).sk);
      const { answers, unreadable } = answersOfItems(items, note);
      const completed = completedIn(items, note);
      if (head === undefined && whole === undefined) return undefined;
      const { version, ...rest } = readItem(head ?? whole ?? {}, (item) => z.parse(headItem, item), note);
      const former = whole === undefined ? [] : readItem(whole, answersOfWhole, note);
      return {
        version,
        ...rest,
        saved: new Map([...former, ...answers]),
        completed,
        ...(unreadable.length === 0 ? {} : { unreadable }),
        isWhole: whole !== undefined,
      };
    },

    markSection: async (reference, section, completed) => {
      const key = keys.completed(reference, section);
      await table.write([completed === undefined ? removeAnyway(key) : putAnyway({ ...key, ...completed })]);
    },

    saveAnswers: async (reference, before, answers, life) => {
      const version = before.version + 1;
      const changed = [...answers].map(([id, answer]) => answerWrite(reference, id, { ...answer, version }));
      const split = before.isWhole
        ? [
            ...[...before.saved]
              .filter(([id]) => !answers.has(id))
              .map(([id, answer]) => answerWrite(reference, id, answer)),
            removeAnyway(keys.wholeDraft(reference)),
          ]
        : [];
      const writes = [
        nextVersion(reference, before.version),
        ...changed,
        ...split,
        ...(life === undefined ? [] : [waitWrite(reference, life.wait, life.before)]),
      ];
      try {
        await table.write(writes);
        return true;
      } catch (error) {
        if (error instanceof ConditionFailedError) return false;
        throw error;
      }
    },
  };
}
