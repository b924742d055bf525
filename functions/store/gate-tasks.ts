import * as z from 'zod/mini';
import { type Actor, actorKinds } from '../domain/onboarding/actor.ts';
import { type Gate, statesUnderWay, type Wave, waveGates } from '../domain/waves/wave.ts';
import type { Clock } from '../platform/clock.ts';
import { keys } from './keys.ts';
import type { PageRequest } from './lists.ts';
import { othersOf, withOthers } from './other-attributes.ts';
import { type Item, type Page, type Table, written } from './table.ts';
import { type NoteUnreadable, readEach, readItem } from './unreadable.ts';
import { requireWave } from './waves.ts';
import { ofVersion, putIf, putNew } from './writes.ts';

/** What operators have said of a task; its day is that of its gate, and is never stored. */
export interface TaskFacts {
  /** The identity provider's name for the owner; absent for the operators' shared address. */
  readonly owner?: string | undefined;
  readonly note?: string | undefined;
  /** Absent while it is open, and for a task that no one ticks. */
  readonly done?: { readonly at: string; readonly actor: Actor } | undefined;
}

export interface StoredTask extends TaskFacts {
  readonly code: Gate['code'];
  /** 0 for a task that no one has touched. */
  readonly version: number;
}

/** A change of a task. Its number is the version that the task has after it. */
export interface TaskEvent {
  readonly number: number;
  /** Instant, ISO 8601. */
  readonly at: string;
  readonly actor: Actor;
  readonly before: TaskFacts;
  readonly after: TaskFacts;
}

const who = z.object({ kind: z.enum(actorKinds), id: z.string() });
const facts = {
  owner: z.optional(z.string()),
  note: z.optional(z.string()),
  done: z.optional(z.object({ at: z.iso.datetime(), who })),
};
const taskItem = z.object({
  code: z.enum(waveGates.map(({ code }) => code)),
  version: z.int(),
  ...facts,
});
const eventItem = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  who,
  before: z.object(facts),
  after: z.object(facts),
});

function fromFacts({ owner, note, done }: TaskFacts): Item {
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(note === undefined ? {} : { note }),
    ...(done === undefined ? {} : { done: { at: done.at, who: { ...done.actor } } }),
  };
}

function toFacts({ done, ...same }: z.infer<z.ZodMiniObject<typeof facts>>): TaskFacts {
  return { ...same, done: done === undefined ? undefined : { at: done.at, actor: done.who } };
}

function toTask(item: Item): StoredTask {
  const { code, version, ...rest } = z.parse(taskItem, item);
  return withOthers({ code, version, ...toFacts(rest) }, item, taskItem.shape);
}

function toEvent(item: Item): TaskEvent {
  const { number, at, who: actor, before, after } = z.parse(eventItem, item);
  return { number, at, actor, before: toFacts(before), after: toFacts(after) };
}

/** Only the tasks that someone has touched are stored. */
export interface GateTasks {
  /** The tasks of a wave that were touched, and the keys of those that this release cannot read. */
  of(
    wave: string,
  ): Promise<{ readonly items: readonly StoredTask[]; readonly unreadable: readonly string[] }>;
  /** @throws UnreadableItemError */
  get(wave: string, code: Gate['code']): Promise<StoredTask>;
  /**
   * Replaces what was said of a task, with the entry of its history, while the wave is neither done nor cancelled.
   *
   * @returns false when the task has changed since it was read, or the wave has ended: nothing was written.
   */
  replace(wave: Wave, before: StoredTask, after: TaskFacts, actor: Actor): Promise<boolean>;
  /** The changes of a task, the latest first. */
  history(wave: string, code: Gate['code'], page: PageRequest): Promise<Page<TaskEvent>>;
}

export function createGateTasks(table: Table, clock: Clock, note: NoteUnreadable): GateTasks {
  return {
    of: async (wave) => {
      const { pk, prefix } = keys.waveTasks(wave);
      const { items } = await table.query(pk, { prefix, consistent: true });
      return readEach(items, toTask, note);
    },
    get: async (wave, code) => {
      const item = await table.get(keys.waveTask(wave, code));
      return item === undefined ? { code, version: 0 } : readItem(item, toTask, note);
    },
    replace: async (wave, before, after, actor) => {
      const { code } = before;
      const version = before.version + 1;
      const item = {
        ...othersOf(before),
        ...keys.waveTask(wave.id, code),
        code,
        version,
        ...fromFacts(after),
      };
      const event = {
        ...keys.waveTaskEvent(wave.id, code, version),
        number: version,
        at: clock.now().toISOString(),
        who: { ...actor },
        before: fromFacts(before),
        after: fromFacts(after),
      };
      return written(table, [
        requireWave(wave, statesUnderWay),
        before.version === 0 ? putNew('task', item) : putIf('task', item, ofVersion(before.version)),
        putNew('event', event),
      ]);
    },
    history: async (wave, code, page) => {
      const { pk, prefix } = keys.waveTaskEvents(wave, code);
      const { items, ...rest } = await table.query(pk, { ...page, prefix, newestFirst: true });
      return { ...rest, ...readEach(items, toEvent, note) };
    },
  };
}
