import { OnboardingClosedError } from '../../errors.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import type { Effect } from '../effects.ts';
import type { ErasureRequest } from '../erasure-request.ts';
import { isHandedOver } from '../lifecycle.ts';
import type { Split } from '../part.ts';
import type { IntakeRecord } from '../records.ts';
import type { ErasureReason, OnboardingState, Snapshot } from '../state.ts';
import { close } from './close.ts';

/** Replaces a name or an address. */
export const erasedText = 'erased';

/**
 * What is added to a change that reads and shows who is there: a closed onboarding takes it, until its data is erased.
 *
 * @throws OnboardingClosedError
 */
export function whileKept({ stage, erasure }: OnboardingState): Pick<Change, 'onClosed'> {
  if (stage !== 'CLOSED') return {};
  if (erasure !== undefined) throw new OnboardingClosedError();
  return { onClosed: true };
}

/**
 * Records the request to erase: the retention job carries it out if this call is interrupted. Undefined if it was
 * recorded before. An open onboarding is closed first.
 */
export function askForErasure(
  snapshot: Snapshot,
  reason: ErasureReason,
  actor: Actor,
  at: Date,
): Change | undefined {
  const { state } = snapshot;
  if (state.erasure !== undefined) return undefined;
  const erasure = { askedAt: at.toISOString(), reason };
  const effects = settled(snapshot.erasureRequest, at);
  if (state.stage === 'CLOSED') {
    const asked = { type: 'ERASURE_ASKED', actor, data: { reason } } as const;
    return { onClosed: true, set: { erasure }, event: asked, effects };
  }
  // A customer that was handed over keeps the place it has used.
  const outcome = isHandedOver(state) ? 'HANDED_OVER' : 'WITHDRAWN';
  const event = { type: 'ERASURE_ASKED', actor, data: { reason, outcome } } as const;
  const { set, messages = [], ...closing } = close(snapshot, outcome, event, 'WITHDRAWN');
  return {
    ...closing,
    set: { ...set, erasure },
    // The contact is about to be erased.
    messages: messages.filter(({ kind }) => kind !== 'mail'),
  };
}

/** A request of the customer that waits is granted by any erasure: no one decides it any more. */
function settled(request: ErasureRequest | undefined, at: Date): readonly Effect[] {
  if (request?.status !== 'waiting') return [];
  const granted = { ...request, status: 'granted', decidedAt: at.toISOString() } as const;
  return [{ kind: 'put_erasure_request', request: granted }];
}

interface Erased {
  /** Kinds of data that were erased. */
  readonly kinds: readonly string[];
  /** Hash of the remaining data. */
  readonly digest: string;
  readonly before: IntakeRecord;
  readonly left: IntakeRecord;
}

/**
 * Removes the last personal data and records the proof; undefined if that was done before. The look-ups can be found
 * only while the address and the name are known: they are removed in the same transaction.
 */
export function erase(
  { name, erasure, split, assigned }: OnboardingState,
  { kinds, digest, before, left }: Erased,
  actor: Actor,
  doneAt: string,
): Change | undefined {
  if (erasure?.doneAt !== undefined) return undefined;
  return {
    onClosed: true,
    set: {
      name: erasedText,
      scope: undefined,
      owner: erasedText,
      contract: undefined,
      remediated: undefined,
      assigned: undefined,
      ...(split === undefined ? {} : { split: withoutScopes(split) }),
      ...(erasure === undefined ? {} : { erasure: { ...erasure, doneAt } }),
    },
    event: {
      type: 'PERSONAL_DATA_ERASED',
      actor,
      data: { reason: erasure?.reason, doneAt, kinds, digest },
    },
    effects: [
      { kind: 'put_intake', intake: left },
      { kind: 'remove_lookups', mail: before.contactEmail, name },
      ...noLongerFollowed(assigned),
    ],
  };
}

/** An onboarding that an earlier release has closed may still name who followed it. */
function noLongerFollowed(assigned: OnboardingState['assigned']): readonly Effect[] {
  return assigned === undefined ? [] : [{ kind: 'move_assignment', from: assigned.to }];
}

function withoutScopes(split: Split): Split {
  return { ...split, parts: split.parts.map((part) => ({ ...part, scope: erasedText })) };
}

/** Closes a part whose whole is erased, also one that the platform has; undefined when it is closed. */
export function closeForErasure(snapshot: Snapshot): Change | undefined {
  const { state } = snapshot;
  if (state.stage === 'CLOSED') return undefined;
  const outcome = isHandedOver(state) ? 'HANDED_OVER' : 'WITHDRAWN';
  const { messages = [], ...closing } = close(
    snapshot,
    outcome,
    { type: 'CLOSED', actor: system, data: { outcome } },
    'WITHDRAWN',
  );
  // The contact is about to be erased.
  return { ...closing, messages: messages.filter(({ kind }) => kind !== 'mail') };
}

/** Removes what a closed part has of persons beside its whole; undefined if that was done. */
export function erasePart(
  { part, erasure, assigned }: OnboardingState,
  { reference, reason }: { readonly reference: string; readonly reason: ErasureReason },
  at: Date,
): Change | undefined {
  if (part === undefined || erasure?.doneAt !== undefined) return undefined;
  const instant = at.toISOString();
  return {
    onClosed: true,
    set: {
      name: erasedText,
      owner: erasedText,
      scope: undefined,
      contract: undefined,
      remediated: undefined,
      assigned: undefined,
      erasure: { askedAt: instant, reason, doneAt: instant, checkedAt: instant },
    },
    event: { type: 'PART_ERASED', actor: system, data: { whole: reference, reason } },
    effects: noLongerFollowed(assigned),
  };
}

/** Records that a finished erasure was checked once more; undefined if that is recorded. */
export function checkErasure(
  { erasure }: OnboardingState,
  cameBack: readonly string[],
  at: Date,
): Change | undefined {
  if (erasure === undefined || erasure.checkedAt !== undefined) return undefined;
  return {
    onClosed: true,
    set: { erasure: { ...erasure, checkedAt: at.toISOString() } },
    event: { type: 'ERASURE_CHECKED', actor: system, data: { cameBack: [...cameBack] } },
  };
}
