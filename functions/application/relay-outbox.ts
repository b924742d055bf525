import { sending, sendingTries } from '../domain/onboarding/durations.ts';
import { messageId } from '../domain/onboarding/message-id.ts';
import type { Clock } from '../platform/clock.ts';
import { errorName, type Logger } from '../platform/log.ts';
import { ServiceBusyError } from '../platform/service-busy.ts';
import { earlierOutbox, type Key, type OutboxLane, partitionsOf } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { OutboxEntry, OutboxMessage } from '../store/stored-outbox.ts';
import { inBatches } from './in-batches.ts';

interface Dependencies {
  readonly store: Pick<Store, 'outbox'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How one function sends its part of the outbox. */
export interface Sender {
  readonly lane: OutboxLane;
  /** Entries that it sends at the same time. */
  readonly atOnce: number;
  /** A call ends when the service says that it is too busy: the next entry would be refused as well. */
  readonly stopsWhenBusy: boolean;
  /** Opens an entry; returns what sends each of its messages under its id. */
  open(entry: OutboxEntry): (message: OutboxMessage, id: string) => Promise<void>;
}

export interface RelayRun {
  readonly sent: number;
  /** Entries that are still to be sent, as far as this call saw them. */
  readonly left: number;
  /** Entries that this call could not read, record or come to: only the stream can bring them again at once. */
  readonly again: readonly Key[];
}

/** Milliseconds that the call may still begin work. */
type Remaining = () => number;

/**
 * Sends the messages that changes have put in the outbox; nothing else does. An entry is removed once all its messages
 * are sent: after a crash some may be sent twice, with the same id.
 */
export interface Relay {
  /** Sends the entries that the table's stream reports, each for itself. */
  records(keys: readonly Key[], remaining: Remaining): Promise<RelayRun>;
  /** Sends the entries whose lease has run out: what the stream did not send, and what failed before. */
  due(remaining: Remaining): Promise<RelayRun>;
}

/** A message is not to leave before an instant: that is no failure. */
export class NotYetError extends Error {
  override readonly name = 'NotYetError';
  readonly until: Date;

  constructor(until: Date) {
    super(`It may leave from ${until.toISOString()}`);
    this.until = until;
  }
}

/** The message's kind is of a later release. */
class UnknownMessageError extends Error {
  override readonly name = 'UnknownMessageError';
}

/** The last try began and never ended. */
const neverEnded = 'RelayEndedEarly';

/** Entries that one query reads. */
const pageSize = 50;

type Result = 'sent' | 'left' | 'again';

/** One call of a relay, with its counts so far. */
class RelayCall {
  readonly again: Key[] = [];
  sent = 0;
  left = 0;
  #stopped = false;
  readonly #dependencies: Dependencies;
  readonly #sender: Sender;
  readonly #remaining: Remaining;

  constructor(dependencies: Dependencies, sender: Sender, remaining: Remaining) {
    this.#dependencies = dependencies;
    this.#sender = sender;
    this.#remaining = remaining;
  }

  get mayBegin(): boolean {
    return !this.#stopped && this.#remaining() > 0;
  }

  /** An entry that the stream reports. */
  async record(key: Key): Promise<void> {
    // What a busy service was not asked for waits for the schedule; the stream would bring it back at once.
    if (this.#stopped) return this.#count('left');
    if (!this.mayBegin) return this.#count('again', key);
    await this.#counted(key, 'again', async () => {
      const entry = await this.#dependencies.store.outbox.get(key);
      if (entry === undefined) return undefined;
      if (this.#isOwn(entry)) return this.#attempt(entry, entry.tries);
      return this.#isDue(entry) || entry.isNew ? this.#take(entry) : 'left';
    });
  }

  /** An entry that the schedule finds. */
  async found(entry: OutboxEntry): Promise<void> {
    if (!this.mayBegin || !this.#isDue(entry)) return this.#count('left');
    await this.#counted(entry.key, 'left', () => this.#take(entry));
  }

  /** A failure concerns its own entry only. */
  async #counted(key: Key, failed: Result, act: () => Promise<Result | undefined>): Promise<void> {
    try {
      this.#count(await act(), key);
    } catch (error) {
      this.#log(key, { error: errorName(error) });
      this.#count(failed, key);
    }
  }

  #count(result: Result | undefined, key?: Key): void {
    if (result === 'sent') this.sent += 1;
    if (result === 'left' || result === 'again') this.left += 1;
    if (result === 'again' && key !== undefined) this.again.push(key);
  }

  get #now(): Date {
    return this.#dependencies.clock.now();
  }

  #after(milliseconds: number): string {
    return new Date(this.#now.getTime() + milliseconds).toISOString();
  }

  #isDue({ leaseUntil }: OutboxEntry): boolean {
    return leaseUntil === undefined || Date.parse(leaseUntil) <= this.#now.getTime();
  }

  /** The lease that the entry was written with is the stream's, if it lasts longer than this call. */
  #isOwn({ leaseUntil, isNew }: OutboxEntry): boolean {
    if (leaseUntil === undefined || !isNew) return false;
    return Date.parse(leaseUntil) - this.#now.getTime() > this.#remaining();
  }

  /** Claims an entry before it is sent: of two calls at the same time, one sends it. */
  async #take(entry: OutboxEntry): Promise<Result> {
    const { outbox } = this.#dependencies.store;
    if (entry.key.pk === earlierOutbox) {
      await outbox.renew(entry, this.#after(sending.lease));
      return 'left';
    }
    if (entry.tries >= sendingTries) {
      await this.#setAside(entry, neverEnded);
      return 'left';
    }
    const claimed = await outbox.claim(entry, this.#after(sending.lease));
    return claimed === undefined ? 'left' : this.#attempt(claimed, entry.tries);
  }

  /**
   * Sends each message of an entry on its own: one that cannot be sent does not delay the others, and those that were
   * sent are not sent again with it.
   */
  async #attempt(entry: OutboxEntry, triesBefore: number): Promise<Result> {
    const { outbox } = this.#dependencies.store;
    const sent = new Set(entry.sent);
    const failures: unknown[] = [];
    const send = this.#sender.open(entry);
    for (const [index, message] of entry.messages.entries()) {
      const place = entry.places[index] ?? index;
      if (sent.has(place) || this.#stopped) continue;
      try {
        if (message.kind === 'unknown') throw new UnknownMessageError('The message is of an unknown kind');
        await send(message, messageId({ ...entry, place }));
        sent.add(place);
      } catch (error) {
        failures.push(error);
        if (!(error instanceof NotYetError)) this.#failed(entry, message, error);
      }
    }
    if (sent.size === entry.messages.length) {
      await outbox.done(entry);
      return 'sent';
    }
    await this.#rest(entry, { sent: [...sent], failures, triesBefore });
    return 'left';
  }

  #failed({ key }: OutboxEntry, { kind }: OutboxMessage, error: unknown): void {
    const busy = error instanceof ServiceBusyError;
    if (busy && this.#sender.stopsWhenBusy) this.#stopped = true;
    this.#log(key, { kind, error: errorName(busy ? error.cause : error) });
  }

  /** An entry that was not sent rests, or is set aside after its last try. A busy service is no fault of the entry. */
  async #rest(
    entry: OutboxEntry,
    { sent, failures, triesBefore }: { sent: number[]; failures: readonly unknown[]; triesBefore: number },
  ): Promise<void> {
    const { outbox } = this.#dependencies.store;
    const notYet = failures.find((failure) => failure instanceof NotYetError);
    const others = failures.filter((failure) => !(failure instanceof NotYetError));
    const fault = others.find((failure) => !(failure instanceof ServiceBusyError));
    const tries = fault === undefined ? triesBefore : triesBefore + 1;
    const pause = this.#after(sending.pauses[Math.max(tries, 1) - 1] ?? sending.lease);
    const leaseUntil = notYet !== undefined && others.length === 0 ? notYet.until.toISOString() : pause;
    if (tries >= sendingTries) return this.#setAside({ ...entry, sent, tries }, errorName(fault));
    await outbox.keep(entry, { sent, tries, leaseUntil });
  }

  async #setAside(entry: OutboxEntry, error: string): Promise<void> {
    const { store, logger } = this.#dependencies;
    if (!(await store.outbox.setAside(entry, error, this.#now))) return;
    logger.log('outbox_set_aside', { onboardingId: entry.reference, error });
  }

  #log({ sk }: Key, fields: { readonly kind?: string; readonly error: string }): void {
    const [, reference = ''] = sk.split('#');
    this.#dependencies.logger.log('outbox_failed', { onboardingId: reference, ...fields });
  }
}

/** Entries of all partitions of a lane, page by page in turn and the oldest of each turn first: none waits for another. */
async function* eachTurn(
  { outbox }: Dependencies['store'],
  lane: OutboxLane,
): AsyncGenerator<readonly OutboxEntry[]> {
  let open: { partition: string; cursor?: string }[] = partitionsOf(lane).map((partition) => ({ partition }));
  while (open.length > 0) {
    const pages = await Promise.all(
      open.map(async ({ partition, cursor }) => ({
        partition,
        ...(await outbox.page(partition, { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) })),
      })),
    );
    const entries = pages.flatMap(({ items }) => items);
    yield entries.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    open = pages.flatMap(({ partition, cursor }) => (cursor === undefined ? [] : { partition, cursor }));
  }
}

export function createRelay(dependencies: Dependencies, sender: Sender): Relay {
  const { store, logger } = dependencies;

  function ended({ sent, left, again }: RelayCall): RelayRun {
    if (sent > 0) logger.log('outbox_sent', { count: sent });
    return { sent, left, again };
  }

  return {
    records: async (keys, remaining) => {
      const call = new RelayCall(dependencies, sender, remaining);
      const distinct = new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key]));
      await inBatches(distinct.values(), sender.atOnce, (key) => call.record(key));
      return ended(call);
    },
    due: async (remaining) => {
      const call = new RelayCall(dependencies, sender, remaining);
      for await (const entries of eachTurn(store, sender.lane)) {
        await inBatches(entries, sender.atOnce, (entry) => call.found(entry));
        if (!call.mayBegin) break;
      }
      return ended(call);
    },
  };
}
