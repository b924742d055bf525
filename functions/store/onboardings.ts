import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { ConcurrentChangeError, OnboardingNotFoundError } from '../domain/errors.ts';
import { checkpointOf, lifecycle, mayFollow, type Stage } from '../domain/onboarding/lifecycle.ts';
import { type Message, mailsWithoutLink } from '../domain/onboarding/messages.ts';
import type { OnboardingState, Run, Snapshot, Wait } from '../domain/onboarding/state.ts';
import type { Clock } from '../platform/clock.ts';
import { indexKeys, keys } from './keys.ts';
import {
  fromState,
  isStoredAsFailed,
  toBooking,
  toPreparation,
  toState,
  toWait,
} from './stored-onboarding.ts';
import { type Condition, ConditionFailedError, type Item, type Table, type Write } from './table.ts';

/** Who did something: a customer, a member of staff or a machine by its id, or the system itself. */
export interface Actor {
  readonly kind: 'customer' | 'sales' | 'operator' | 'machine' | 'system';
  readonly id: string;
}

export const system: Actor = { kind: 'system', id: 'workflow' };

/** What a change adds to the history. `data` holds codes and ids, no answers and no personal data. */
export interface Happening {
  readonly type: string;
  readonly who: Actor;
  readonly why?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const actor = z.object({
  kind: z.enum(['customer', 'sales', 'operator', 'machine', 'system']),
  id: z.string(),
});

const eventItem = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  type: z.string(),
  who: actor,
  /** Typed by a person; taken away, with its salt, when personal data is erased. */
  why: z.optional(z.string()),
  whySalt: z.optional(z.string()),
  /** Stands for `why` in the hash of the event, so that the chain holds without it. */
  whyDigest: z.optional(z.string()),
  before: z.string(),
  after: z.string(),
  data: z.optional(z.record(z.string(), z.unknown())),
  previousHash: z.string(),
  hash: z.string(),
});
export type OnboardingEvent = z.infer<typeof eventItem>;

/** Fields of the state that a change sets; `undefined` takes a field away. */
export type StatePatch = Partial<Omit<OnboardingState, 'stage' | 'run' | 'version'>>;

/** One change of one onboarding: stored whole or not at all. */
export interface Transition {
  readonly to?: Stage;
  /** The stage begins anew although it is the same: another wave to confirm. */
  readonly again?: boolean;
  /** What changes about the run; a failure stays in sight until then, whatever else is done meanwhile. */
  readonly run?: Partial<Run>;
  /** Only an erasure may still change what is closed. */
  readonly onClosed?: true;
  readonly set?: StatePatch;
  readonly happening: Happening;
  readonly messages?: readonly Message[];
  /** The wait as it is to be after the change. */
  readonly wait?: Wait;
  readonly writes?: readonly Write[];
}

/** The stage asked for may not follow the present one: a fault of the program, never of a person. */
export class ForbiddenTransitionError extends Error {
  override readonly name = 'ForbiddenTransitionError';

  constructor(from: Stage, to: Stage) {
    super(`An onboarding may not go from ${from} to ${to}`);
  }
}

/** Canonical form: keys in order, so that a hash can be computed again from the stored event. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The hash an event must have, given what it says and the hash of the event before. */
export function eventHash({ why, whySalt, ...said }: Omit<OnboardingEvent, 'hash'>): string {
  return digest(canonical(said.whyDigest === undefined ? { ...said, why } : said));
}

/** Without the salt, which goes with the text, short texts cannot be guessed from the digest. */
function whyDigestOf(why: string, salt: string): string {
  return digest(`${salt}:${why}`);
}

function sealed(why: string) {
  const whySalt = randomBytes(16).toString('base64url');
  return { why, whySalt, whyDigest: whyDigestOf(why, whySalt) };
}

/** True when the text is the one that was typed, or was taken away together with its salt. */
function whyHolds({ why, whySalt, whyDigest }: OnboardingEvent): boolean {
  if (whyDigest === undefined) return whySalt === undefined;
  if (why === undefined) return whySalt === undefined;
  return whySalt !== undefined && whyDigestOf(why, whySalt) === whyDigest;
}

/** Number of the first event whose hash or link to the one before is wrong; undefined when the chain holds. */
export function firstBrokenEvent(events: readonly OnboardingEvent[]): number | undefined {
  let previousHash = '';
  for (const event of events) {
    const { hash, ...said } = event;
    if (event.previousHash !== previousHash || eventHash(said) !== hash || !whyHolds(event))
      return event.number;
    previousHash = hash;
  }
  return undefined;
}

function put(guards: string, item: Item, condition?: string): Write {
  return {
    guards,
    item: {
      Put: {
        TableName: '',
        Item: item,
        ...(condition === undefined ? {} : { ConditionExpression: condition }),
      },
    },
  };
}

export function putNew(guards: string, item: Item): Write {
  return put(guards, item, 'attribute_not_exists(pk)');
}

export function putAnyway(item: Item): Write {
  return put('unconditional', item);
}

function stateItem(state: OnboardingState): Item {
  return {
    ...keys.state(state.reference),
    ...fromState(state),
    ...indexKeys.stage(state.stage, state.stageSince, state.reference),
    // Who has an erased onboarding is told no more, by no list.
    ...(state.erasure?.doneAt === undefined
      ? {
          ...indexKeys.owner(state.owner, state.requestedAt, state.reference),
          ...indexKeys.team(state.team, state.requestedAt, state.reference),
        }
      : {}),
    ...dueKeys(state),
  };
}

/** A closed onboarding is listed until its personal data is erased, one with a failed run until it runs again. */
function dueKeys({ stage, stageSince, run, erasure, reference }: OnboardingState) {
  if (stage !== 'CLOSED') {
    return run.failedAt === undefined ? {} : indexKeys.failed(run.failedAt, reference);
  }
  if (erasure?.checkedAt !== undefined) return {};
  return erasure === undefined
    ? indexKeys.retained(stageSince, reference)
    : indexKeys.erasure(erasure.askedAt, reference);
}

function waitRecord(reference: string, wait: Wait): Item {
  return {
    ...keys.wait(reference),
    ...wait,
    // A decided wait is no longer open: it leaves the list of waits by date.
    ...(wait.decision === undefined ? indexKeys.due(wait.until, reference) : {}),
  };
}

/**
 * The condition that nothing has happened to a wait since it was read. Tokens and signs of life are stored without a
 * change of the onboarding, so its version does not tell: a decision written over a token it has not seen would leave
 * nobody to wake.
 */
function waitUnchanged(wait: Wait | undefined): Condition {
  if (wait === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const optional = (field: 'token' | 'decision') =>
    wait[field] === undefined ? `attribute_not_exists(#${field})` : `#${field} = :${field}`;
  return {
    ConditionExpression: `#id = :id AND #activeAt = :activeAt AND #until = :until AND ${optional('token')} AND ${optional('decision')}`,
    ExpressionAttributeNames: {
      '#id': 'id',
      '#activeAt': 'activeAt',
      '#until': 'until',
      '#token': 'token',
      '#decision': 'decision',
    },
    ExpressionAttributeValues: {
      ':id': wait.id,
      ':activeAt': wait.activeAt,
      ':until': wait.until,
      ...(wait.token === undefined ? {} : { ':token': wait.token }),
      ...(wait.decision === undefined ? {} : { ':decision': wait.decision }),
    },
  };
}

/** What a change does to the wait; a closing looks at it even when it finds none to end. */
function waitWrites({ state, wait }: Snapshot, transition: Transition): readonly Write[] {
  const { reference } = state;
  const unchanged = { TableName: '', ...waitUnchanged(wait) };
  if (transition.wait !== undefined) {
    return [
      { guards: 'wait', item: { Put: { ...unchanged, Item: waitRecord(reference, transition.wait) } } },
    ];
  }
  if (transition.to !== 'CLOSED') return [];
  return [{ guards: 'wait', item: { ConditionCheck: { ...unchanged, Key: keys.wait(reference) } } }];
}

/** Everything the first transaction of an onboarding writes besides its own guards. */
export function firstWrites(
  state: OnboardingState,
  happening: Happening,
  messages: readonly Message[],
): readonly Write[] {
  const { event, next } = withEvent(state, state, happening, state.requestedAt);
  return [putNew('reference', stateItem(next)), event, ...outboxWrite(next, state.requestedAt, messages)];
}

function withEvent(before: OnboardingState, after: OnboardingState, happening: Happening, at: string) {
  const said = {
    number: after.version,
    at,
    type: happening.type,
    who: happening.who,
    ...(happening.why === undefined ? {} : sealed(happening.why)),
    before: before.stage,
    after: after.stage,
    ...(happening.data === undefined ? {} : { data: { ...happening.data } }),
    previousHash: before.eventHash,
  };
  const hash = eventHash(said);
  return {
    event: putNew('event', { ...keys.event(after.reference, after.version), ...said, hash }),
    next: { ...after, eventHash: hash },
  };
}

function outboxWrite(state: OnboardingState, at: string, messages: readonly Message[]): readonly Write[] {
  if (messages.length === 0) return [];
  const { reference, version } = state;
  return [putAnyway({ ...keys.outbox(at, reference, version), reference, version, at, messages })];
}

/** True for a change with a mail that carries the personal link: whatever was revoked before, the customer has one. */
function sendsLink({ messages = [] }: Transition): boolean {
  return messages.some(
    (message) =>
      message.kind === 'mail' && message.to === 'customer' && !mailsWithoutLink.has(message.template),
  );
}

/** The run after a change; when nothing is left to run it has ended, failed or not. */
function runAfter({ run, ...before }: OnboardingState, { run: change, set }: Transition, stage: Stage): Run {
  const over = checkpointOf(stage, set?.reviewKind ?? before.reviewKind) === undefined;
  const changed = { ...run, ...change };
  return over ? { ...changed, status: 'ended', failedAt: undefined, error: undefined } : changed;
}

/** The state that a change leads to. @throws ForbiddenTransitionError */
function stateAfter(before: OnboardingState, transition: Transition, at: string): OnboardingState {
  const from = before.stage;
  const stage = transition.to ?? from;
  const erasing = transition.onClosed === true && from === 'CLOSED' && stage === 'CLOSED';
  if (!erasing && !mayFollow(from, stage)) throw new ForbiddenTransitionError(from, stage);
  const version = before.version + 1;
  const again = transition.again === true;
  const newWait = again || lifecycle[stage].wait !== lifecycle[from].wait;
  return {
    ...before,
    stage,
    version,
    stageSince: again || stage !== from ? at : before.stageSince,
    episode: newWait ? version : before.episode,
    run: runAfter(before, transition, stage),
    ...(sendsLink(transition) ? { linkRevoked: undefined } : {}),
    ...transition.set,
  };
}

export interface Onboardings {
  /** @throws OnboardingNotFoundError */
  now(reference: string): Promise<Snapshot>;
  /**
   * Stores a change, provided that nothing has changed since `before` was read.
   *
   * @throws ConcurrentChangeError when something has.
   * @throws ConditionFailedError when another guard of the change does not hold.
   */
  apply(before: Snapshot, transition: Transition): Promise<OnboardingState>;
  /** Reads, decides and stores, again from the start whenever another change came between. */
  change<T>(reference: string, decide: (now: Snapshot) => Promise<Decided<T>>): Promise<T>;
  /**
   * Writes a state again that an earlier release stored with the stage FAILED; nothing about it changes.
   *
   * @returns false when it was written again meanwhile.
   */
  renew(reference: string): Promise<boolean>;
  /**
   * Puts a wait that no other change goes with: its token, a sign of life, or its next turn.
   *
   * @returns false when something has happened to the wait since `before` was read.
   */
  putWait(reference: string, wait: Wait, before: Wait | undefined): Promise<boolean>;
  events(reference: string): Promise<readonly OnboardingEvent[]>;
}

export interface Decided<T> {
  /** Absent when there is nothing to change: it was done before. */
  readonly transition?: Transition;
  readonly result: T;
}

const changeAttempts = 12;
/**
 * A lost place is no meeting of two changes: each time, a wave has become full since the calendar was read, so there
 * are at most as many as a calendar has waves. Many customers who want the same first wave lose one after the other.
 */
const lostPlaces = 200;

/** The world changed between the read and the write: decide again on what it is now. */
function cameBetween(error: unknown): boolean {
  return error instanceof ConcurrentChangeError || error instanceof ConditionFailedError;
}

/** What came between the readings and the writes of one change so far. */
interface Meetings {
  readonly changes: number;
  readonly places: number;
}

/** Counts what came between; throws it again when there is no use in another try. */
function afterMeeting(error: unknown, { changes, places }: Meetings): Meetings {
  if (!cameBetween(error)) throw error;
  const place = error instanceof ConditionFailedError && error.guard === 'room';
  const met = place ? { changes, places: places + 1 } : { changes: changes + 1, places };
  if (met.changes >= changeAttempts || met.places > lostPlaces) throw error;
  return met;
}

export function createOnboardings(table: Table, clock: Clock): Onboardings {
  async function now(reference: string): Promise<Snapshot> {
    const { pk, prefix } = keys.now(reference);
    const { items } = await table.query(pk, { prefix, consistent: true });
    const bySortKey = new Map(items.map((item) => [item['sk'], item]));
    const state = bySortKey.get(keys.state(reference).sk);
    if (state === undefined) throw new OnboardingNotFoundError();
    const wait = bySortKey.get(keys.wait(reference).sk);
    const booking = bySortKey.get(keys.booking(reference).sk);
    const preparation = bySortKey.get(keys.preparation(reference).sk);
    return {
      state: toState(state),
      ...(wait === undefined ? {} : { wait: toWait(wait) }),
      ...(booking === undefined ? {} : { booking: toBooking(booking) }),
      ...(preparation === undefined ? {} : { preparation: toPreparation(preparation) }),
    };
  }

  async function apply(read: Snapshot, transition: Transition): Promise<OnboardingState> {
    const before = read.state;
    const at = clock.now().toISOString();
    const { event, next } = withEvent(before, stateAfter(before, transition, at), transition.happening, at);
    const writes = [
      versioned(before, next),
      event,
      ...outboxWrite(next, at, transition.messages ?? []),
      ...waitWrites(read, transition),
      ...(transition.writes ?? []),
    ];
    try {
      await table.write(writes);
    } catch (error) {
      if (error instanceof ConditionFailedError && ['state', 'event', 'wait'].includes(error.guard)) {
        throw new ConcurrentChangeError({ cause: error });
      }
      throw error;
    }
    return next;
  }

  return {
    now,
    apply,
    change: async (reference, decide) => {
      let met: Meetings = { changes: 0, places: 0 };
      for (;;) {
        const found = await now(reference);
        const { transition, result } = await decide(found);
        if (transition === undefined) return result;
        try {
          await apply(found, transition);
          return result;
        } catch (error) {
          met = afterMeeting(error, met);
        }
      }
    },
    renew: async (reference) => {
      const item = await table.get(keys.state(reference));
      if (item === undefined || !isStoredAsFailed(item)) return false;
      const state = toState(item);
      return table.putIf(stateItem(state), {
        ConditionExpression: '#version = :version AND stage = :failed',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': state.version, ':failed': 'FAILED' },
      });
    },
    putWait: (reference, wait, before) => table.putIf(waitRecord(reference, wait), waitUnchanged(before)),
    events: async (reference) => {
      const { pk, prefix } = keys.events(reference);
      const events: OnboardingEvent[] = [];
      let cursor: string | undefined;
      do {
        const page = await table.query(pk, {
          prefix,
          consistent: true,
          ...(cursor === undefined ? {} : { cursor }),
        });
        events.push(...page.items.map((item) => z.parse(eventItem, item)));
        cursor = page.cursor;
      } while (cursor !== undefined);
      return events;
    },
  };
}

function versioned(before: OnboardingState, after: OnboardingState): Write {
  return {
    guards: 'state',
    item: {
      Put: {
        TableName: '',
        Item: stateItem(after),
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before.version },
      },
    },
  };
}
