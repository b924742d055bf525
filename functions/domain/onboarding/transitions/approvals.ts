import { conditionLabels } from '../../classification/condition-texts.ts';
import { type ConditionCode, conditionCodes } from '../../classification/outcomes.ts';
import {
  AlreadyDecidedError,
  ApprovalLapsedError,
  ApprovalNeededError,
  ApprovalNotFoundError,
  NotExpectedNowError,
  OwnRequestError,
} from '../../errors.ts';
import type { Text } from '../../text.ts';
import type { Actor } from '../actor.ts';
import { approvalLimit } from '../approval-rules.ts';
import { approvalId, factsOf, isPastLimit, parseApprovalId, waitingApproval } from '../approvals.ts';
import type { Change } from '../change.ts';
import { type ReviewKind, stageInWords } from '../lifecycle.ts';
import type { Approval, ApprovalKind, GroupMove, Snapshot } from '../state.ts';
import { dataOf, lapsed, leaves, orderAgain, settled } from './approval-lapse.ts';
import { decidingCutover } from './go-in-advance.ts';

/** A decision that one person asks for. */
interface Asked {
  readonly kind: ApprovalKind;
  readonly review: ReviewKind;
  readonly decision: string;
  readonly reason: string;
  readonly conditions: readonly ConditionCode[];
  /** No contract is recorded, and the platform asks for one. */
  readonly contractMissing?: boolean;
  /** The wave to move to, of a move. */
  readonly wave?: string;
  readonly cutover?: string;
  /** The platform proposes the move, to keep a group in order. */
  readonly group?: GroupMove;
  /** False when operators need no mail of their own about it. */
  readonly tells?: boolean;
  /** True when the person asks for a second one. */
  readonly asks: boolean;
}

/** What a decision goes against. */
interface Against {
  readonly conditions: readonly string[];
  readonly contractMissing?: boolean | undefined;
}

const noContract: Text = {
  fr: 'Aucun contrat n’est enregistré.',
  en: 'No contract is recorded.',
};

function whyGo({ conditions, contractMissing = false }: Against): Text {
  const codes = conditionCodes.filter((code) => conditions.includes(code));
  const open = {
    fr: `Des conditions bloquantes sont encore ouvertes : ${namesOf(codes, 'fr')}.`,
    en: `Blocking conditions are still open: ${namesOf(codes, 'en')}.`,
  };
  if (!contractMissing) return open;
  if (codes.length === 0) return noContract;
  return { fr: `${open.fr} ${noContract.fr}`, en: `${open.en} ${noContract.en}` };
}

const reasons: Readonly<Record<ApprovalKind, (against: Against) => Text>> = {
  go: whyGo,
  override: () => ({
    fr: 'Les règles suggèrent un refus.',
    en: 'The rules suggest a refusal.',
  }),
  reject: () => ({
    fr: 'La plateforme est obligatoire pour ce client.',
    en: 'The platform is mandatory for this customer.',
  }),
  move: () => ({
    fr: 'La place du client est une promesse, et il n’a pas demandé à la quitter.',
    en: 'The place of the customer is a promise, and it has not asked to leave it.',
  }),
};

function namesOf(conditions: readonly ConditionCode[], language: keyof Text): string {
  return conditions.map((code) => conditionLabels[code][language]).join(', ');
}

/** Why a decision takes two people. */
export function whyTwoPeople(kind: ApprovalKind, against: Against = { conditions: [] }): Text {
  return reasons[kind](against);
}

/**
 * Stores a decision that takes two people as a request, in place of another one that waits; undefined when the same is
 * waiting.
 *
 * @throws ApprovalNeededError when the person does not ask for a second one.
 * @throws ApprovalLapsedError when it is too late for a second person.
 */
export function requestApproval(snapshot: Snapshot, asked: Asked, by: Actor, at: Date): Change | undefined {
  const { asks, tells = true, contractMissing = false, ...decision } = asked;
  if (!asks) throw new ApprovalNeededError(whyTwoPeople(asked.kind, asked), asked);
  const waiting = waitingApproval(snapshot, at);
  if (waiting !== undefined && asksTheSame(waiting, asked)) return undefined;
  const { state, approval: before } = snapshot;
  const lapsing = before?.status === 'waiting' ? lapsed(before, at) : undefined;
  const number = state.version + (lapsing === undefined ? 1 : 2);
  const without = contractMissing ? ({ contractMissing: true } as const) : {};
  const approval: Approval = {
    ...decision,
    ...without,
    id: approvalId({ reference: state.reference, number }),
    by,
    askedAt: at.toISOString(),
    until: approvalLimit(asked.kind, snapshot, at),
    facts: factsOf(snapshot, { contractMissing }),
    status: 'waiting',
  };
  if (isPastLimit(approval, at)) throw new ApprovalLapsedError();
  const { until, conditions } = approval;
  return {
    ...(lapsing === undefined ? {} : { precededBy: lapsing.event }),
    event: {
      type: 'APPROVAL_REQUESTED',
      actor: by,
      reason: asked.reason,
      data: { ...dataOf(approval), ...(conditions.length === 0 ? {} : { conditions }), ...without, until },
    },
    effects: [{ kind: 'put_approval', approval }],
    messages: [
      ...(lapsing?.messages ?? []),
      ...(tells ? [{ kind: 'mail', template: 'review_approval_requested', to: 'operators' } as const] : []),
      leaves('ApprovalRequested', approval),
      // Those who follow the customer have to come after the date that is proposed to it.
      ...(asked.group === undefined ? [] : [{ kind: 'keep_group_order' } as const]),
    ],
  };
}

function asksTheSame(waiting: Approval, asked: Asked): boolean {
  const { kind, review, decision, wave, cutover, group, contractMissing = false } = waiting;
  if (contractMissing !== (asked.contractMissing ?? false)) return false;
  if (wave !== asked.wave || cutover !== asked.cutover) return false;
  if (asked.group !== undefined && group?.after !== asked.group.after) return false;
  return kind === asked.kind && review === asked.review && decision === asked.decision;
}

/** True for an id that no request of the onboarding has had yet. */
function isLater(id: string, last: Approval): boolean {
  return (parseApprovalId(id)?.number ?? 0) > (parseApprovalId(last.id)?.number ?? 0);
}

/** The answer of the second person. */
export interface ApprovalAnswer {
  readonly id: string;
  readonly decision: 'approve' | 'decline';
  readonly reason: string;
}

/**
 * The request that a second person answers; undefined when it was answered so before.
 *
 * @throws ApprovalNotFoundError, OwnRequestError
 * @throws AlreadyDecidedError when it was answered otherwise, or gave way to a later one.
 * @throws ApprovalLapsedError
 * @throws NotExpectedNowError for a go, when another review has opened since.
 */
export function answeredApproval(
  snapshot: Snapshot,
  { id, decision }: ApprovalAnswer,
  actor: Actor,
  at: Date,
): Approval | undefined {
  const { approval } = snapshot;
  if (approval === undefined || isLater(id, approval)) throw new ApprovalNotFoundError();
  if (approval.id !== id) throw new AlreadyDecidedError();
  if (approval.by.id === actor.id) throw new OwnRequestError();
  if (approval.status === (decision === 'approve' ? 'given' : 'declined')) return undefined;
  if (approval.status === 'given' || approval.status === 'declined') throw new AlreadyDecidedError();
  const waiting = waitingApproval(snapshot, at);
  if (waiting !== undefined) return waiting;
  const { stage, reviewKind } = snapshot.state;
  // A review that has opened since says more than that the facts have changed.
  if (approval.kind === 'go' && stage === 'IN_REVIEW') {
    throw new NotExpectedNowError(decidingCutover, stageInWords(stage, reviewKind));
  }
  throw new ApprovalLapsedError();
}

/** The decision that a second person agrees to, with the agreement: both in one change. */
export function approve(approval: Approval, decided: Change, reason: string, actor: Actor): Change {
  return {
    ...decided,
    precededBy: { type: 'APPROVAL_GIVEN', actor, reason, data: dataOf(approval) },
    effects: [...(decided.effects ?? []), settled(approval, 'given')],
    messages: [...(decided.messages ?? []), leaves('ApprovalGiven', approval)],
  };
}

/** A second person does not agree: the review stays open for another decision. */
export function decline(approval: Approval, reason: string, actor: Actor): Change {
  return {
    event: { type: 'APPROVAL_DECLINED', actor, reason, data: dataOf(approval) },
    effects: [settled(approval, 'declined')],
    messages: [leaves('ApprovalDeclined', approval), ...orderAgain(approval)],
  };
}
