import { calendarDateOf, instantAt } from '../calendar-date.ts';
import type { ConditionCode } from '../classification/outcomes.ts';
import { addWorkingDays } from '../working-days.ts';
import { canonical, digestOf } from './audit-chain.ts';
import { hasContract } from './contract.ts';
import { deadlineOf, endOfWork } from './deadline.ts';
import { approvalDays } from './durations.ts';
import { parseReference } from './reference.ts';
import type { Approval, ApprovalKind, Snapshot } from './state.ts';

/** The facts about a decision that say whether one person may take it alone. */
interface DecisionFacts {
  /** Open blocking conditions that stand against a *go*. */
  readonly againstGo: readonly ConditionCode[];
  /** The platform asks for a contract before a *go*, and none is recorded. */
  readonly contractMissing?: boolean;
  /** The customer has asked for it. */
  readonly askedByCustomer?: boolean;
}

interface ApprovalRule {
  readonly decision: string;
  readonly needed: (snapshot: Snapshot, facts: DecisionFacts) => boolean;
  /** Until when the second person may agree; silence is a no. */
  readonly until: (snapshot: Snapshot, at: Date) => string;
}

function withinWorkingDays(_: Snapshot, at: Date): string {
  return instantAt(addWorkingDays(calendarDateOf(at), approvalDays), endOfWork).toISOString();
}

/** Silence at the gate is a no-go: no one can agree to a *go* after it. */
function untilTheGate({ state, booking }: Snapshot, at: Date): string {
  const { stageSince } = state;
  const awaited = { stage: 'GO_NO_GO', openedAt: stageSince, activeAt: stageSince } as const;
  return deadlineOf({ ...awaited, cutover: booking?.cutover }) ?? at.toISOString();
}

/** Every decision that takes two people, and the facts that make it one [policy]. */
const approvalRules: Readonly<Record<ApprovalKind, ApprovalRule>> = {
  go: {
    decision: 'go',
    needed: (_, { againstGo, contractMissing = false }) => againstGo.length > 0 || contractMissing,
    until: untilTheGate,
  },
  override: { decision: 'override', needed: () => true, until: withinWorkingDays },
  reject: {
    decision: 'reject',
    needed: ({ state }) => state.requirementLevel === 'MANDATORY',
    until: withinWorkingDays,
  },
  // A place that is offered, held or confirmed is a promise.
  move: {
    decision: 'move',
    needed: ({ booking }, { askedByCustomer = false }) =>
      booking !== undefined && booking.status !== 'TO_MOVE' && !askedByCustomer,
    until: withinWorkingDays,
  },
};

export const approvalKinds = ['go', 'override', 'reject', 'move'] as const satisfies readonly ApprovalKind[];

/** The kind of approval that a decision needs; undefined for one that a person may take alone. */
export function approvalNeeded(
  snapshot: Snapshot,
  decision: string,
  facts: DecisionFacts,
): ApprovalKind | undefined {
  return approvalKinds.find((kind) => {
    const rule = approvalRules[kind];
    return rule.decision === decision && rule.needed(snapshot, facts);
  });
}

/** The instant until which a second person may agree. */
export function approvalLimit(kind: ApprovalKind, snapshot: Snapshot, at: Date): string {
  return approvalRules[kind].until(snapshot, at);
}

/**
 * The facts that a request is made on: the review, the result, the conditions, the booking, and whether there is a
 * contract where it was made because there was none. A mail, a note, a new contact or another run of the workflow changes
 * none of them.
 */
export function factsOf(
  { state, booking }: Pick<Snapshot, 'state' | 'booking'>,
  { contractMissing = false }: { readonly contractMissing?: boolean | undefined } = {},
): string {
  const { stage, episode, reviews, submission, eligibility, requirementLevel, tier, conditions } = state;
  // A go that is asked for in advance is still the same once its gate is open.
  const review = { stage: stage === 'WAVE_CONFIRMED' ? 'GO_NO_GO' : stage, episode, reviews };
  const result = { submission, eligibility, requirementLevel, tier, conditions: [...(conditions ?? [])] };
  const place =
    booking === undefined
      ? undefined
      : { wave: booking.wave, cutover: booking.cutover, status: booking.status };
  // Named in no other request: the digests of earlier releases stay valid.
  const contract = contractMissing ? { contract: hasContract(state) } : {};
  return digestOf(canonical({ review, result, place, ...contract }));
}

/** The request that waits for a second person; undefined when there is none, or its time is over. */
export function waitingApproval(snapshot: Snapshot, at: Date): Approval | undefined {
  const { approval } = snapshot;
  if (approval?.status !== 'waiting' || isPastLimit(approval, at)) return undefined;
  return approval.facts === factsOf(snapshot, approval) ? approval : undefined;
}

/** Compared with the clock, never with the job that records it. */
export function isPastLimit({ until }: Approval, at: Date): boolean {
  return Date.parse(until) <= at.getTime();
}

interface ApprovalOfOnboarding {
  readonly reference: string;
  /** Number of the event that recorded the request. */
  readonly number: number;
}

/** The id of a request: with it the onboarding is found. */
export function approvalId({ reference, number }: ApprovalOfOnboarding): string {
  return `${reference}-${number}`;
}

/** The request that an id names; undefined for an id that none can have. */
export function parseApprovalId(id: string): ApprovalOfOnboarding | undefined {
  const [, given = '', number] = /^(.+)-([1-9]\d{0,8})$/.exec(id) ?? [];
  const reference = parseReference(given);
  return reference === undefined ? undefined : { reference, number: Number(number) };
}
