import { canonical, digestOf } from './audit-chain.ts';
import { hasContract } from './contract.ts';
import { parseReference } from './reference.ts';
import type { Approval, ApprovalKind, Snapshot } from './state.ts';

export const approvalKinds = ['go', 'override', 'reject', 'move'] as const satisfies readonly ApprovalKind[];

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
