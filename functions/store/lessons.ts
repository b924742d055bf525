import * as z from 'zod/mini';
import { type Actor, actorKinds } from '../domain/onboarding/actor.ts';
import { mostLessons, statesWithLessons } from '../domain/waves/lessons.ts';
import type { Wave } from '../domain/waves/wave.ts';
import type { Clock } from '../platform/clock.ts';
import { keys } from './keys.ts';
import type { PageRequest } from './lists.ts';
import { ConditionFailedError, type Item, type Page, type Table, type Write, written } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';
import { requireWave } from './waves.ts';
import { exists, putNew, removeIf } from './writes.ts';

/** What someone has learnt from a wave. */
export interface Lesson {
  /** Made by the form in which it was written, so that a form that is sent twice adds it once; begins with an instant. */
  readonly id: string;
  readonly text: string;
  /** Instant, ISO 8601. */
  readonly at: string;
  readonly actor: Actor;
}

/** What is kept of a lesson that was removed: not its text. */
export interface RemovedLesson extends Omit<Lesson, 'text'> {
  readonly removed: { readonly at: string; readonly actor: Actor; readonly reason: string };
}

const who = z.object({ kind: z.enum(actorKinds), id: z.string() });
const added = { id: z.string(), at: z.iso.datetime(), who };
const lessonItem = z.object({ ...added, text: z.string() });
const removedItem = z.object({
  ...added,
  removed: z.object({ at: z.iso.datetime(), who, why: z.string() }),
});

function toLesson(item: Item): Lesson {
  const { who: actor, ...same } = z.parse(lessonItem, item);
  return { ...same, actor };
}

function toRemoved(item: Item): RemovedLesson {
  const { id, at, who: actor, removed } = z.parse(removedItem, item);
  return { id, at, actor, removed: { at: removed.at, actor: removed.who, reason: removed.why } };
}

/** Counts the lessons of a wave, so that two at once cannot go over the limit. */
function countLesson(wave: string, change: 1 | -1): Write {
  const limit =
    change === 1
      ? { ConditionExpression: 'attribute_not_exists(#count) OR #count < :most' }
      : { ConditionExpression: '#count <= :most' };
  return {
    guards: 'full',
    item: {
      Update: {
        TableName: '',
        Key: { ...keys.lessonCount(wave) },
        UpdateExpression: 'ADD #count :change',
        ...limit,
        ExpressionAttributeNames: { '#count': 'count' },
        ExpressionAttributeValues: { ':change': change, ':most': mostLessons },
      },
    },
  };
}

/** `known`: it was added before, and may have been removed since. */
export type LessonOutcome = 'added' | 'known' | 'full' | 'not_now';

/** The lessons of each wave. */
export interface Lessons {
  /** All of a wave, the latest first. */
  of(wave: string): Promise<{ readonly items: readonly Lesson[]; readonly unreadable: readonly string[] }>;
  /** Those that were removed from a wave, by the time at which they were written, the latest first. */
  removedFrom(wave: string, page: PageRequest): Promise<Page<RemovedLesson>>;
  add(wave: Wave, lesson: Pick<Lesson, 'id' | 'text' | 'actor'>): Promise<LessonOutcome>;
  /** Deletes the text; false when the lesson is not there any more. */
  remove(
    wave: string,
    lesson: Lesson,
    act: { readonly actor: Actor; readonly reason: string },
  ): Promise<boolean>;
}

export function createLessons(table: Table, clock: Clock, note: NoteUnreadable): Lessons {
  return {
    of: async (wave) => {
      const { pk, prefix } = keys.lessons(wave);
      const { items } = await table.query(pk, { prefix, newestFirst: true, consistent: true });
      return readEach(items, toLesson, note);
    },
    removedFrom: async (wave, page) => {
      const { pk, prefix } = keys.removedLessons(wave);
      const { items, ...rest } = await table.query(pk, { ...page, prefix, newestFirst: true });
      return { ...rest, ...readEach(items, toRemoved, note) };
    },
    add: async (wave, { id, text, actor }) => {
      const at = clock.now().toISOString();
      const item = { ...keys.lesson(wave.id, id), id, text, at, who: { ...actor } };
      const removed = keys.removedLesson(wave.id, id);
      try {
        await table.write([
          putNew('known', item),
          {
            guards: 'known',
            item: {
              ConditionCheck: {
                TableName: '',
                Key: { ...removed },
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
          },
          requireWave(wave, statesWithLessons),
          countLesson(wave.id, 1),
        ]);
        return 'added';
      } catch (error) {
        if (!(error instanceof ConditionFailedError)) throw error;
        if (error.guard === 'known' || error.guard === 'full') return error.guard;
        return 'not_now';
      }
    },
    remove: (wave, { id, at, actor }, { actor: by, reason }) => {
      const removed = { at: clock.now().toISOString(), who: { ...by }, why: reason };
      return written(table, [
        removeIf('lesson', keys.lesson(wave, id), exists),
        putNew('removed', { ...keys.removedLesson(wave, id), id, at, who: { ...actor }, removed }),
        countLesson(wave, -1),
      ]);
    },
  };
}
