import { calendarDateOf, instantAt } from '../calendar-date.ts';
import type { ConditionCode } from '../classification/outcomes.ts';
import { addWorkingDays } from '../working-days.ts';
import { approvalKinds } from './approvals.ts';
import { gateOf } from './bookings.ts';
import { deadlineOf, endOfWork } from './deadline.ts';
import { approvalDays } from './durations.ts';
import type { ApprovalKind, Snapshot } from './state.ts';

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

/** A place changes hands at its gate, and when its hold ends: no one can agree to a move after that. */
function whileThePlaceLasts(snapshot: Snapshot, at: Date): string {
  const { booking } = snapshot;
  const limits = [withinWorkingDays(snapshot, at)];
  if (booking !== undefined) limits.push(gateOf(booking.cutover).toISOString());
  if (booking?.holdUntil !== undefined) limits.push(booking.holdUntil);
  return limits.toSorted()[0] ?? at.toISOString();
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
    until: whileThePlaceLasts,
  },
};

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
