import * as z from 'zod/mini';
import { actorKinds } from '../domain/onboarding/actor.ts';
import { approvalKinds } from '../domain/onboarding/approvals.ts';
import {
  cutoverResults,
  type Outcome,
  outcomes,
  reviewKinds,
  type Stage,
  stages,
  waitKinds,
} from '../domain/onboarding/lifecycle.ts';
import { type LostPlace, lostPlaceCauses } from '../domain/onboarding/messages.ts';
import { remediationTasks } from '../domain/onboarding/remediation-tasks.ts';
import {
  type Approval,
  type Booking,
  type Correction,
  erasureReasons,
  goLapses,
  type OnboardingState,
  type Preparation,
  runStatuses,
  type Wait,
} from '../domain/onboarding/state.ts';
import { languages } from '../domain/text.ts';
import { earlierCause } from './lost-place-causes.ts';
import { othersOf, withOthers } from './other-attributes.ts';
import type { Item } from './table.ts';

/**
 * The items of one onboarding as they are stored. Their attributes keep the spelling they were first stored with; this
 * file alone knows where that differs from the names in code.
 */
const count = z.int().check(z.nonnegative());
const instant = z.iso.datetime();

const partSize = { users: count, mailboxesOver50: count, servers: count };
const inOrder = z.optional(z.boolean());

const storedState = z.object({
  reference: z.string(),
  siren: z.string(),
  name: z.string(),
  scope: z.optional(z.string()),
  split: z.optional(z.object({ parts: z.array(z.object({ scope: z.string(), ...partSize })), inOrder })),
  part: z.optional(z.object({ number: count, of: count, ...partSize, inOrder })),
  language: z.enum(languages),
  owner: z.string(),
  team: z.string(),
  assigned: z.optional(
    z.object({ to: z.string(), name: z.string(), team: z.optional(z.string()), at: instant }),
  ),
  /** FAILED only in items of the first release: a failed run was a stage there. */
  stage: z.enum([...stages, 'FAILED']),
  stageSince: instant,
  failedFrom: z.optional(z.enum(stages)),
  outcome: z.optional(z.enum(outcomes)),
  version: count,
  eventHash: z.string(),
  episode: count,
  run: count,
  runStartedAt: instant,
  runVersion: count,
  definition: z.optional(count),
  runStatus: z.optional(z.enum(runStatuses)),
  runFailedAt: z.optional(instant),
  runError: z.optional(z.string()),
  redriveCount: z.optional(count),
  requestedAt: instant,
  link: count,
  linkRevoked: z.optional(z.boolean()),
  linkMails: z.optional(z.array(instant)),
  persons: z.optional(count),
  acceptedSirens: z.optional(z.array(z.string())),
  organisationsAsked: z.optional(
    z.array(z.object({ siren: z.string(), person: z.optional(z.string()), askedAt: instant })),
  ),
  organisationsRefused: z.optional(
    z.array(z.object({ siren: z.string(), person: z.optional(z.string()), refusedAt: instant })),
  ),
  interviews: z.optional(count),
  attestationAsked: z.optional(instant),
  submission: count,
  reviews: count,
  reviewKind: z.optional(z.enum(reviewKinds)),
  settledRules: z.array(z.string()),
  tierSet: z.optional(z.object({ tier: z.enum(['READY', 'CONDITIONAL', 'NOT_READY']), submission: count })),
  questionsAsked: z.optional(z.array(z.string())),
  sectionsAsked: z.optional(z.array(z.string())),
  talk: z.optional(z.object({ at: instant, until: instant, heldAt: z.optional(instant) })),
  talks: z.optional(count),
  eligibility: z.optional(z.string()),
  requirementLevel: z.optional(z.string()),
  tier: z.optional(z.string()),
  score: z.optional(z.nullable(z.number())),
  conditions: z.optional(z.array(z.string())),
  conditionsDue: z.optional(z.string()),
  blockingDue: z.optional(z.string()),
  keptDespite: z.optional(z.string()),
  wave: z.optional(z.string()),
  cutover: z.optional(z.string()),
  waitingRank: z.optional(z.string()),
  avoid: z.optional(z.array(z.string())),
  avoidDates: z.optional(z.array(z.string())),
  anotherDates: count,
  confirmationTimeouts: count,
  priority: z.optional(z.boolean()),
  goNoGoReminded: z.optional(z.object({ cutover: z.string(), of: z.enum(['operators', 'on_call']) })),
  goInAdvance: z.optional(
    z.object({
      wave: z.string(),
      cutover: z.string(),
      by: z.object({ kind: z.enum(actorKinds), id: z.string() }),
      at: instant,
      conditions: z.array(z.string()),
      contractMissing: z.optional(z.literal(true)),
      lapsed: z.optional(z.enum(goLapses)),
    }),
  ),
  contract: z.optional(
    z.object({ reference: z.string(), signedOn: z.string(), keptBy: z.string(), recordedAt: instant }),
  ),
  goChanges: z.optional(count),
  remediated: z.optional(z.partialRecord(z.enum(remediationTasks), z.string())),
  missedGate: z.optional(z.string()),
  because: z.optional(z.string()),
  letPass: z.optional(z.string()),
  groupMoves: z.optional(z.object({ day: z.string(), count })),
  mailBounced: z.optional(z.boolean()),
  ownerUnreachable: z.optional(z.boolean()),
  remindedOn: z.optional(z.string()),
  territory: z.optional(z.string()),
  erasure: z.optional(
    z.object({
      askedAt: instant,
      reason: z.enum(erasureReasons),
      doneAt: z.optional(instant),
      checkedAt: z.optional(instant),
    }),
  ),
  cutoverResult: z.optional(z.enum(cutoverResults)),
  hypercareEnd: z.optional(z.string()),
});
type StoredState = z.infer<typeof storedState>;

/** The number of the definition that runs began with before it was recorded. */
const firstDefinition = 1;

function isOver(stage: Stage, outcome: Outcome | undefined): boolean {
  return stage === 'CLOSED' || outcome === 'HANDED_OVER';
}

function runOf(stored: StoredState, stage: Stage): OnboardingState['run'] {
  const failedBefore = stored.stage === 'FAILED';
  const status = failedBefore
    ? 'failed'
    : (stored.runStatus ?? (isOver(stage, stored.outcome) ? 'ended' : 'running'));
  return {
    number: stored.run,
    startedAt: stored.runStartedAt,
    startedAtVersion: stored.runVersion,
    definition: stored.definition ?? firstDefinition,
    status,
    failedAt: failedBefore ? stored.stageSince : stored.runFailedAt,
    error: stored.runError,
    redriveCount: stored.redriveCount ?? 0,
  };
}

/**
 * The state in an item. An onboarding that an earlier release stored as FAILED is in the stage where its run failed.
 */
export function toState(item: Item): OnboardingState {
  const stored = z.parse(storedState, item);
  const {
    runStartedAt,
    runVersion,
    definition,
    runStatus,
    runFailedAt,
    runError,
    redriveCount,
    failedFrom,
    because,
    ...same
  } = stored;
  const stage = same.stage === 'FAILED' ? (failedFrom ?? 'REGISTERED') : same.stage;
  const state = {
    ...same,
    stage,
    run: runOf(stored, stage),
    ...(because === undefined ? {} : { cause: because }),
  };
  return withOthers(state, item, storedState.shape);
}

/** The item of a state, without keys; attributes that are undefined are not stored. */
export function fromState(state: OnboardingState): Item {
  const { run, cause, ...same } = state;
  const stored = {
    ...same,
    because: cause,
    run: run.number,
    runStartedAt: run.startedAt,
    runVersion: run.startedAtVersion,
    definition: run.definition,
    runStatus: run.status,
    runFailedAt: run.failedAt,
    runError: run.error,
    redriveCount: run.redriveCount,
  };
  // What could not be read again is not stored.
  const known = z.parse(
    storedState,
    Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== undefined)),
  );
  // What another release has stored may name a person.
  return state.erasure?.doneAt === undefined ? { ...othersOf(state), ...known } : known;
}

/** True for an item that an earlier release stored with the stage FAILED. */
export function isStoredAsFailed(item: Item): boolean {
  return item['stage'] === 'FAILED';
}

const storedWait = z.object({
  id: z.string(),
  kind: z.enum(waitKinds),
  openedAt: instant,
  activeAt: instant,
  until: instant,
  token: z.optional(z.string()),
  otherToken: z.optional(z.string()),
  reminders: count,
  remindedAt: z.optional(instant),
  decision: z.optional(z.string()),
  unwoken: z.optional(
    z.object({ kind: z.enum(waitKinds), decision: z.string(), token: z.optional(z.string()) }),
  ),
});

export function toWait(item: Item): Wait {
  const { unwoken, ...same } = z.parse(storedWait, item);
  const wait = { ...same, ...(unwoken === undefined ? {} : { pendingCompletion: unwoken }) };
  return withOthers(wait, item, storedWait.shape);
}

/** The item of a wait, without keys. */
export function fromWait({ pendingCompletion, ...same }: Wait): Item {
  return { ...same, ...(pendingCompletion === undefined ? {} : { unwoken: pendingCompletion }) };
}

const storedBooking = z.object({
  wave: z.string(),
  site: z.string(),
  cutover: z.string(),
  status: z.enum(['OFFERED', 'HELD', 'CONFIRMED', 'TO_MOVE']),
  points: count,
  complex: count,
  mayStay: z.optional(z.boolean()),
  leftFor: z.optional(z.enum(lostPlaceCauses)),
  /** In place of `leftFor`, a cause that earlier releases do not know. */
  leftBecause: z.optional(z.enum(lostPlaceCauses)),
  bookedAt: instant,
  movedFrom: z.optional(
    z.object({ site: z.string(), cutover: z.string(), reason: z.string(), asked: z.optional(z.boolean()) }),
  ),
  /** In place of `movedFrom`, a place that no operator has moved the customer out of: earlier releases require a reason. */
  cameFrom: z.optional(
    z.object({
      site: z.string(),
      cutover: z.string(),
      by: z.optional(z.enum(lostPlaceCauses)),
      asked: z.optional(z.boolean()),
    }),
  ),
  holdUntil: z.optional(instant),
  reminded: z.optional(z.boolean()),
  lapseNoted: z.optional(z.boolean()),
});

export function toBooking(item: Item): Booking {
  const { leftFor, leftBecause = leftFor, movedFrom, cameFrom, ...same } = z.parse(storedBooking, item);
  const from = movedFrom ?? cameFrom;
  const booking = {
    ...same,
    ...(leftBecause === undefined ? {} : { leftFor: leftBecause }),
    ...(from === undefined ? {} : { movedFrom: from }),
  };
  return withOthers(booking, item, storedBooking.shape);
}

/** The item of a booking, without keys. Earlier releases read it too: what they do not know stands beside what they do. */
export function fromBooking({ leftFor, movedFrom, ...same }: Booking): Item {
  return {
    ...same,
    ...(leftFor === undefined ? {} : storedCause(leftFor)),
    ...(movedFrom === undefined
      ? {}
      : { [movedFrom.reason === undefined ? 'cameFrom' : 'movedFrom']: movedFrom }),
  };
}

function storedCause(cause: LostPlace['by']): Item {
  const known = earlierCause(cause);
  if (known === cause) return { leftFor: cause };
  // Of a cutover that failed, the customer has read: earlier releases tell by this cause that it has.
  return { leftBecause: cause, ...(cause === 'cutover_failed' ? { leftFor: known } : {}) };
}

const storedPreparation = z.object({
  wave: z.string(),
  site: z.string(),
  starts: z.string(),
  bookedAt: instant,
});

export function toPreparation(item: Item): Preparation {
  return z.parse(storedPreparation, item);
}

const storedCorrection = z.object({
  status: z.enum(['open', 'lapsed']),
  submission: count,
  openedAt: instant,
  until: instant,
  sections: z.array(z.enum(['A', 'B', 'C', 'D', 'E'])),
  reminded: z.optional(z.boolean()),
});

export function toCorrection(item: Item): Correction {
  return withOthers(z.parse(storedCorrection, item), item, storedCorrection.shape);
}

const storedApproval = z.object({
  id: z.string(),
  kind: z.enum(approvalKinds),
  review: z.enum(reviewKinds),
  decision: z.string(),
  conditions: z.array(z.string()),
  contractMissing: z.optional(z.literal(true)),
  wave: z.optional(z.string()),
  cutover: z.optional(z.string()),
  group: z.optional(z.object({ set: z.string(), after: z.string(), part: z.optional(z.literal(true)) })),
  by: z.object({ kind: z.enum(actorKinds), id: z.string() }),
  reason: z.optional(z.string()),
  askedAt: instant,
  until: instant,
  facts: z.string(),
  status: z.enum(['waiting', 'given', 'declined', 'lapsed']),
});

/** A move is stored as a kind that earlier releases know, and with its wave: they can read it, and refuse to carry it out. */
const storedMove = 'override';

export function toApproval(item: Item): Approval {
  const stored = z.parse(storedApproval, item);
  const kind = stored.wave === undefined ? stored.kind : 'move';
  return withOthers({ ...stored, kind }, item, storedApproval.shape);
}

/** The item of a request, without keys. */
export function fromApproval(approval: Approval): Item {
  return { ...approval, kind: approval.kind === 'move' ? storedMove : approval.kind };
}
