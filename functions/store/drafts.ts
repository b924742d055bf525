import * as z from 'zod/mini';
import type { Draft, Saved, SavedAnswer } from '../domain/onboarding/draft.ts';
import type { DraftToSubmit, Effect } from '../domain/onboarding/effects.ts';
import type { Wait } from '../domain/onboarding/state.ts';
import type { QuestionId } from '../domain/questionnaire/answers.ts';
import type { SectionId } from '../domain/questionnaire/question.ts';
import { questionnaireVersion } from '../domain/questionnaire/version.ts';
import { keys } from './keys.ts';
import { waitWrite } from './stored-wait.ts';
import { type Condition, type Item, type Table, type Write, written } from './table.ts';
import { type NoteUnreadable, readItem } from './unreadable.ts';
import { putAnyway, putIf, removeAnyway } from './writes.ts';

/** Version of the whole draft, which every submission changes. */
const headItem = z.object({
  version: z.int(),
  submitted: z.optional(z.int()),
  byMachine: z.optional(z.int()),
  /** Number of the submission that is on its way: a save that sees it takes it away, so that neither misses the other. */
  announced: z.optional(z.int()),
  /** How many submissions were announced. */
  announcements: z.optional(z.int()),
});
type Head = z.infer<typeof headItem>;

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
   * Saves answers, all or none, provided that none of them was saved since `before` was read. One answer is one write.
   *
   * @returns false if one was, if answers were submitted, or if something has happened to the wait. The save of an answer
   * that a submission has overtaken counts for nothing.
   */
  saveAnswers(
    reference: string,
    before: StoredDraft,
    answers: ReadonlyMap<QuestionId, Omit<SavedAnswer, 'version'>>,
    life?: SignOfLife,
  ): Promise<boolean>;
  /**
   * Announces a submission, before its draft is read: it fails if answers are saved from then on.
   *
   * @returns its number
   */
  announceSubmission(reference: string): Promise<number>;
  /** Notes who says that a section is completed; `undefined`: that it is not. The last word counts. */
  markSection(reference: string, section: SectionId, completed: Saved | undefined): Promise<void>;
}

/** The write of the version that a submission gets, provided that no answer came between it and its reading. */
export function submittedVersion(
  reference: string,
  { version, next, announced }: DraftToSubmit,
  byMachine: boolean,
): Write {
  const marks = ['#version = :next', 'submitted = :next', ...(byMachine ? ['byMachine = :next'] : [])];
  return {
    guards: 'draft',
    item: {
      Update: {
        TableName: '',
        Key: keys.draftVersion(reference),
        UpdateExpression: `SET ${marks.join(', ')} REMOVE announced`,
        ConditionExpression: '#version = :version AND announced = :announced',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version, ':next': next, ':announced': announced },
      },
    },
  };
}

/** The writes that leave of a draft what was submitted; a section that was said to be completed stays so. */
export function dropDraft(
  reference: string,
  { draft, byMachine, questions }: Extract<Effect, { readonly kind: 'drop_draft' }>,
): readonly Write[] {
  return [
    submittedVersion(reference, draft, byMachine),
    ...questions.map((question) => removeAnyway(keys.answer(reference, question))),
  ];
}

/** The write that makes a save of answers stored as earlier releases did exclude every other. */
function splitVersion(reference: string, before: number): Write {
  return {
    guards: 'draft',
    item: {
      Update: {
        TableName: '',
        Key: keys.draftVersion(reference),
        UpdateExpression: 'SET #version = :next',
        ConditionExpression: 'attribute_not_exists(pk) OR #version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before, ':next': before + 1 },
      },
    },
  };
}

/** The item of an answer, and the condition that it is as it was read. */
function savedAnswer(
  reference: string,
  id: QuestionId,
  before: StoredDraft,
  answer: Omit<SavedAnswer, 'version'>,
): { readonly item: Item; readonly condition?: Condition } {
  const former = before.saved.get(id)?.version;
  const version = Math.max(before.version, former ?? 0) + 1;
  const item = { ...keys.answer(reference, id), ...answer, version, questionnaireVersion };
  // What cannot be read is replaced; of what is stored as a whole, the head is the condition.
  const isUnknown = former === undefined && before.unreadable?.includes(id) === true;
  if (isUnknown || before.isWhole) return { item };
  if (former === undefined) return { item, condition: { ConditionExpression: 'attribute_not_exists(pk)' } };
  const condition = {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': former },
  };
  return { item, condition };
}

/** The writes that store the answers of an earlier release one by one. */
function splitWrites(
  reference: string,
  before: StoredDraft,
  changed: ReadonlyMap<QuestionId, unknown>,
): readonly Write[] {
  if (!before.isWhole) return [];
  return [
    splitVersion(reference, before.version),
    ...[...before.saved]
      .filter(([id]) => !changed.has(id))
      .map(([id, answer]) => putAnyway({ ...keys.answer(reference, id), ...answer, questionnaireVersion })),
    removeAnyway(keys.wholeDraft(reference)),
  ];
}

/** The condition that no one has announced or made a submission since the head was read. */
function unchangedHead(head: Head | undefined): Condition {
  if (head === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { version, announcements } = head;
  return {
    ConditionExpression: `#version = :version AND ${announcements === undefined ? 'attribute_not_exists(announcements)' : 'announcements = :announcements'}`,
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: {
      ':version': version,
      ...(announcements === undefined ? {} : { ':announcements': announcements }),
    },
  };
}

export function createDrafts(table: Table, note: NoteUnreadable): Drafts {
  async function headOf(reference: string): Promise<(Head & Item) | undefined> {
    const item = await table.get(keys.draftVersion(reference));
    return item === undefined
      ? undefined
      : { ...item, ...readItem(item, (each) => z.parse(headItem, each), note) };
  }

  /**
   * True if an answer that has just been saved is before every submission still to come: one on its way that may have
   * read the answers before it has to read them again.
   */
  async function isBeforeSubmission(reference: string, version: number): Promise<boolean> {
    for (;;) {
      const head = await headOf(reference);
      if ((head?.version ?? 0) !== version) return false;
      if (head?.announced === undefined) return true;
      const { announced: _, ...silent } = head;
      if (await table.putIf(silent, unchangedHead(head))) return true;
    }
  }

  return {
    draft: async (reference) => {
      // Loaded when it is needed: with the questionnaire, which most functions do not use.
      const { answersOfItems, answersOfWhole, completedIn } = await import('./draft-items.ts');
      const { pk, upTo } = keys.answers(reference);
      const items = await table.queryAll(pk, { upTo, consistent: true });
      const head = items.find(({ sk }) => sk === keys.draftVersion(reference).sk);
      const whole = items.find(({ sk }) => sk === keys.wholeDraft(reference).sk);
      const { answers, unreadable } = answersOfItems(items, note);
      const completed = completedIn(items, note);
      if (head === undefined && whole === undefined && answers.length + unreadable.length === 0)
        return undefined;
      const { version, submitted, byMachine } = readItem(
        head ?? whole ?? { version: 0 },
        (item) => z.parse(headItem, item),
        note,
      );
      const former = whole === undefined ? [] : readItem(whole, answersOfWhole, note);
      return {
        version,
        submitted,
        byMachine,
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

    announceSubmission: async (reference) => {
      for (;;) {
        const head = await headOf(reference);
        const announced = (head?.announcements ?? 0) + 1;
        const item = {
          ...keys.draftVersion(reference),
          version: 0,
          ...head,
          announced,
          announcements: announced,
        };
        if (await table.putIf(item, unchangedHead(head))) return announced;
      }
    },

    saveAnswers: async (reference, before, answers, life) => {
      const changed = [...answers].map(([id, answer]) => savedAnswer(reference, id, before, answer));
      const more = [
        ...splitWrites(reference, before, answers),
        ...(life === undefined ? [] : [waitWrite(reference, life.wait, life.before)]),
      ];
      const [only] = changed;
      const isSaved =
        only?.condition !== undefined && changed.length === 1 && more.length === 0
          ? await table.putIf(only.item, only.condition)
          : await written(table, [
              ...changed.map(({ item, condition }) =>
                condition === undefined ? putAnyway(item) : putIf('answer', item, condition),
              ),
              ...more,
            ]);
      return (
        isSaved && (await isBeforeSubmission(reference, before.isWhole ? before.version + 1 : before.version))
      );
    },
  };
}
