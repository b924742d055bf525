import * as z from 'zod/mini';
import type { Draft, SavedAnswer } from '../domain/onboarding/draft.ts';
import type { Wait } from '../domain/onboarding/state.ts';
import type { QuestionId } from '../domain/questionnaire/answers.ts';
import { findQuestion, questionnaireVersion } from '../domain/questionnaire/questionnaire.ts';
import { keys, questionOf } from './keys.ts';
import { waitWrite } from './stored-wait.ts';
import { ConditionFailedError, type Item, type Table, type Write } from './table.ts';
import { putAnyway, removeAnyway } from './writes.ts';

const saved = { at: z.iso.datetime(), by: z.string() };

/** One answer, in the version of the questionnaire it was given in. */
const answerItem = z.object({ ...saved, value: z.optional(z.unknown()), version: z.int() });

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

function answersOfWhole(item: Item): readonly (readonly [QuestionId, SavedAnswer])[] {
  const { answers, saved: sections, version } = z.parse(wholeItem, item);
  return Object.entries(answers).flatMap(([name, value]) => {
    const question = findQuestion(name);
    const last = question === undefined ? undefined : sections[question.section];
    if (question === undefined || last === undefined) return [];
    return [[question.id, { ...last, value, version }] as const];
  });
}

function answersOfItems(items: readonly Item[]): readonly (readonly [QuestionId, SavedAnswer])[] {
  return items.flatMap((item) => {
    const question = findQuestion(questionOf(item) ?? '');
    if (question === undefined) return [];
    const { value, version, at, by } = z.parse(answerItem, item);
    return [[question.id, { ...(value === undefined ? {} : { value }), version, at, by }] as const];
  });
}

function answerWrite(reference: string, id: QuestionId, answer: SavedAnswer): Write {
  return putAnyway({ ...keys.answer(reference, id), ...answer, questionnaireVersion });
}

export function createDrafts(table: Table): Drafts {
  return {
    draft: async (reference) => {
      const { pk, upTo } = keys.answers(reference);
      const items = await table.queryAll(pk, { upTo, consistent: true });
      const head = items.find(({ sk }) => sk === keys.draftVersion(reference).sk);
      const whole = items.find(({ sk }) => sk === keys.wholeDraft(reference).sk);
      const answers = answersOfItems(items);
      if (head === undefined && whole === undefined) return undefined;
      const { version, ...rest } = z.parse(headItem, head ?? whole);
      return {
        version,
        ...rest,
        saved: new Map([...(whole === undefined ? [] : answersOfWhole(whole)), ...answers]),
        isWhole: whole !== undefined,
      };
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
