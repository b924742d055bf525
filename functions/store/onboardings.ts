import { BusinessError, ConcurrentChangeError, OnboardingNotFoundError } from '../domain/errors.ts';
import type { RecordedEvent } from '../domain/onboarding/audit-chain.ts';
import { type Change, stateAfter } from '../domain/onboarding/change.ts';
import { isTheirs, stateWork } from '../domain/onboarding/operator-work.ts';
import type { OnboardingState, Snapshot, Wait } from '../domain/onboarding/state.ts';
import { requestedApproval, withLapse } from '../domain/onboarding/transitions/approval-lapse.ts';
import { withAssignmentEnd } from '../domain/onboarding/transitions/assignment.ts';
import { withCorrection } from '../domain/onboarding/transitions/correction-lapse.ts';
import { withGoLapse } from '../domain/onboarding/transitions/go-in-advance.ts';
import { withListedDemand } from '../domain/onboarding/transitions/listed-demand.ts';
import type { Start } from '../domain/onboarding/transitions/start.ts';
import { withTalkEnd } from '../domain/onboarding/transitions/talk-pause.ts';
import { withGroupOrder } from '../domain/onboarding/transitions/with-group-order.ts';
import { withParts } from '../domain/onboarding/transitions/with-parts.ts';
import { withPlaceLeft } from '../domain/onboarding/transitions/with-place-left.ts';
import type { Clock } from '../platform/clock.ts';
import { afterConflict, type Conflicts } from './conflicts.ts';
import { writesOf } from './effects.ts';
import { toErasureRequest } from './erasure-requests.ts';
import { indexKeys, keys } from './keys.ts';
import { moveAssignment } from './look-ups.ts';
import { outboxWrites } from './outbox.ts';
import { noRequest, type RequestKeeper, RequestRepeatedError } from './requests.ts';
import { fromEvent, recorded, toEvent } from './stored-event.ts';
import {
  fromState,
  isStoredAsFailed,
  toApproval,
  toBooking,
  toCorrection,
  toPreparation,
  toState,
  toWait,
} from './stored-onboarding.ts';
import { waitRecord, waitUnchanged, waitWrite } from './stored-wait.ts';
import { ConditionFailedError, type Item, type Table, type Write } from './table.ts';
import { type NoteUnreadable, readEach, readItem } from './unreadable.ts';
import { ofVersion, putIf, putNew } from './writes.ts';

/** The item of a state as it is at an instant, with its entries in the indexes. */
export function stateItem(state: OnboardingState, at: Date): Item {
  return {
    ...keys.state(state.reference),
    ...fromState(state),
    ...indexKeys.stage(state.stage, state.stageSince, state.reference),
    // No list shows the owner of an erased onboarding.
    ...(state.erasure?.doneAt === undefined
      ? {
          ...indexKeys.owner(state.owner, state.requestedAt, state.reference),
          ...indexKeys.team(state.team, state.requestedAt, state.reference),
        }
      : {}),
    ...dueKeys(state, at),
  };
}

/**
 * An open onboarding is listed by what operators have to do about it, or are to do later; a closed one until its personal
 * data is erased.
 */
function dueKeys(state: OnboardingState, at: Date) {
  const { stage, stageSince, erasure, reference, part } = state;
  if (stage !== 'CLOSED') {
    const work = stateWork(state);
    if (work === undefined) return {};
    return work.from === undefined || isTheirs(work, at)
      ? indexKeys.work(work, reference)
      : indexKeys.laterWork(work.from, reference);
  }
  // The personal data of a part goes with that of its whole.
  if (part !== undefined || erasure?.checkedAt !== undefined) return {};
  return erasure === undefined
    ? indexKeys.retained(stageSince, reference)
    : indexKeys.erasure(erasure.askedAt, reference);
}

/** The write of a change to the wait; a closing checks the wait even if none is open. */
function waitWrites({ state, wait }: Snapshot, change: Change): readonly Write[] {
  const { reference } = state;
  if (change.wait !== undefined) return [waitWrite(reference, change.wait, wait)];
  if (change.to !== 'CLOSED') return [];
  const unchanged = { TableName: '', ...waitUnchanged(wait) };
  return [{ guards: 'wait', item: { ConditionCheck: { ...unchanged, Key: keys.wait(reference) } } }];
}

/** The writes of the first transaction of an onboarding besides its guards. */
export function firstWrites({ state, event, messages }: Start): readonly Write[] {
  const first = recorded(event, state, state, state.requestedAt);
  return [
    putNew('reference', stateItem({ ...state, eventHash: first.hash }, new Date(state.requestedAt))),
    eventWrite(state.reference, first),
    ...outboxWrites(state, state.requestedAt, messages),
    // A part is followed by whoever followed its whole.
    ...moveAssignment({ to: state.assigned?.to }, state.reference),
  ];
}

/** The events of a change, each chained to the one before. */
function eventsOf(
  { precededBy, event }: Change,
  before: OnboardingState,
  after: OnboardingState,
  at: string,
): readonly RecordedEvent[] {
  if (precededBy === undefined) return [recorded(event, before, after, at)];
  // Only the change itself leads to another stage.
  const first = recorded(precededBy, before, { ...before, version: before.version + 1 }, at);
  return [first, recorded(event, { ...before, eventHash: first.hash }, after, at)];
}

function eventWrite(reference: string, event: RecordedEvent): Write {
  return putNew('event', { ...keys.event(reference, event.number), ...fromEvent(event) });
}

export interface Onboardings {
  /** @throws OnboardingNotFoundError, UnreadableItemError */
  now(reference: string): Promise<Snapshot>;
  /**
   * Stores a change, provided that nothing has changed since `before` was read.
   *
   * @throws ConcurrentChangeError when something has.
   * @throws ConditionFailedError when another guard of the change does not hold.
   */
  apply(before: Snapshot, change: Change): Promise<OnboardingState>;
  /**
   * Reads, decides and stores, again from the start whenever another change came between: also when it has decided to
   * refuse, since what it read beside the onboarding may be of after that change.
   */
  change<T>(reference: string, decide: (now: Snapshot) => Promise<Decided<T>>): Promise<T>;
  /**
   * Writes a state again that an earlier release stored with the stage FAILED; nothing about it changes.
   *
   * @returns false when it was written again meanwhile.
   */
  renew(reference: string): Promise<boolean>;
  /**
   * Lists onboardings by due date as they are now: those that an earlier release stored without, and those that have become
   * the operators' to look at. Nothing else about them changes.
   *
   * @returns how many there were.
   */
  listByDue(references: readonly string[]): Promise<number>;
  /**
   * Puts a wait without a change of the onboarding: its token, a sign of life, or its renewal.
   *
   * @returns false when something has happened to the wait since `before` was read.
   */
  putWait(reference: string, wait: Wait, before: Wait | undefined): Promise<boolean>;
  /** The history, without entries that this release cannot read. */
  events(reference: string): Promise<readonly RecordedEvent[]>;
}

export interface Decided<T> {
  /** Absent when there is nothing to change: it was done before. */
  readonly change?: Change | undefined;
  readonly result: T;
}

export function createOnboardings(
  table: Table,
  clock: Clock,
  note: NoteUnreadable,
  request: RequestKeeper = noRequest,
): Onboardings {
  async function now(reference: string): Promise<Snapshot> {
    const { pk, prefix } = keys.now(reference);
    const { items } = await table.query(pk, { prefix, consistent: true });
    const bySortKey = new Map(items.map((item) => [item['sk'], item]));
    const state = bySortKey.get(keys.state(reference).sk);
    if (state === undefined) throw new OnboardingNotFoundError();
    const wait = bySortKey.get(keys.wait(reference).sk);
    const booking = bySortKey.get(keys.booking(reference).sk);
    const preparation = bySortKey.get(keys.preparation(reference).sk);
    const approval = bySortKey.get(keys.approval(reference).sk);
    const correction = bySortKey.get(keys.correction(reference).sk);
    const request = bySortKey.get(keys.erasureRequest(reference).sk);
    return {
      state: readItem(state, toState, note),
      ...(wait === undefined ? {} : { wait: readItem(wait, toWait, note) }),
      ...(booking === undefined ? {} : { booking: readItem(booking, toBooking, note) }),
      ...(preparation === undefined ? {} : { preparation: readItem(preparation, toPreparation, note) }),
      ...(approval === undefined ? {} : { approval: readItem(approval, toApproval, note) }),
      ...(correction === undefined ? {} : { correction: readItem(correction, toCorrection, note) }),
      ...(request === undefined ? {} : { erasureRequest: readItem(request, toErasureRequest, note) }),
    };
  }

  async function apply(read: Snapshot, given: Change): Promise<OnboardingState> {
    const before = read.state;
    const at = clock.now();
    const shared = withListedDemand(read, withParts(read, given));
    const ended = withGoLapse(read, withTalkEnd(read, shared, at), at);
    const left = withPlaceLeft(read, withCorrection(read, withLapse(read, ended, at), at), at);
    const change = withAssignmentEnd(read, withGroupOrder(read, left, at));
    const after = stateAfter(before, change, at);
    const events = eventsOf(change, before, after, at.toISOString());
    const next = { ...after, eventHash: events.at(-1)?.hash ?? before.eventHash };
    const writes = [
      putIf('state', stateItem(next, at), ofVersion(before.version)),
      ...events.map((event) => eventWrite(before.reference, event)),
      ...outboxWrites(next, at.toISOString(), change.messages ?? []),
      ...waitWrites(read, change),
      ...(change.effects ?? []).flatMap((effect) => writesOf(before.reference, effect, at)),
      ...request.writes({
        reference: next.reference,
        version: next.version,
        waits: requestedApproval(given) !== undefined,
      }),
    ];
    try {
      await table.write(writes);
      request.kept();
    } catch (error) {
      if (error instanceof ConditionFailedError && error.guard === 'request') {
        throw new RequestRepeatedError('The request was carried out meanwhile', { cause: error });
      }
      if (
        error instanceof ConditionFailedError &&
        ['state', 'event', 'wait', 'draft'].includes(error.guard)
      ) {
        throw new ConcurrentChangeError({ cause: error });
      }
      throw error;
    }
    return next;
  }

  /** What is decided of an onboarding; undefined when it is refused, and has changed since it was read. */
  async function decided<T>(
    found: Snapshot,
    decide: (now: Snapshot) => Promise<Decided<T>>,
  ): Promise<Decided<T> | undefined> {
    try {
      return await decide(found);
    } catch (error) {
      if (!(error instanceof BusinessError)) throw error;
      const { reference, version } = found.state;
      const stored = await table.get(keys.state(reference));
      if (stored?.['version'] === version) throw error;
      return undefined;
    }
  }

  return {
    now,
    apply,
    change: async (reference, decide) => {
      let met: Conflicts = { changes: 0, places: 0 };
      for (;;) {
        const found = await now(reference);
        const decision = await decided(found, decide);
        try {
          if (decision === undefined) throw new ConcurrentChangeError();
          const { change, result } = decision;
          if (change === undefined) return result;
          await apply(found, change);
          return result;
        } catch (error) {
          met = afterConflict(error, met);
        }
      }
    },
    renew: async (reference) => {
      const item = await table.get(keys.state(reference));
      if (item === undefined || !isStoredAsFailed(item)) return false;
      const state = readItem(item, toState, note);
      return table.putIf(stateItem(state, clock.now()), {
        ConditionExpression: '#version = :version AND stage = :failed',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': state.version, ':failed': 'FAILED' },
      });
    },
    listByDue: async (references) => {
      const stored = await table.getAll(references.map((reference) => keys.state(reference)));
      const read = (item: Item) => ({ item, state: toState(item) });
      let listed = 0;
      for (const { item, state } of readEach(stored, read, note).items) {
        const wanted = stateItem(state, clock.now());
        if (wanted['dueSk'] === item['dueSk']) continue;
        const written = await table.putIf(wanted, ofVersion(state.version));
        if (written) listed += 1;
      }
      return listed;
    },
    putWait: (reference, wait, before) => table.putIf(waitRecord(reference, wait), waitUnchanged(before)),
    events: async (reference) => {
      const { pk, prefix } = keys.events(reference);
      return readEach(await table.queryAll(pk, { prefix, consistent: true }), toEvent, note).items;
    },
  };
}
