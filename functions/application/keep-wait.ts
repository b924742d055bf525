import { ConcurrentChangeError } from '../domain/errors.ts';
import { lifecycle, type WaitKind } from '../domain/onboarding/lifecycle.ts';
import type { Snapshot, Wait } from '../domain/onboarding/state.ts';
import {
  immediateOutcome,
  newWait,
  renewed,
  type WaitChange,
  waitIdOf,
  withWait,
} from '../domain/onboarding/waits.ts';
import type { Clock } from '../platform/clock.ts';
import type { Workflow } from '../platform/workflow.ts';
import type { Store } from '../store/store.ts';

/** The stage of the onboarding has no such wait: a fault of the program, shown by a failed run. */
export class UnexpectedStageError extends Error {
  override readonly name = 'UnexpectedStageError';

  constructor(kind: WaitKind, stage: string) {
    super(`The wait for ${kind} cannot begin in stage ${stage}`);
  }
}

type Maybe<T> = T | undefined | Promise<T | undefined>;

/** The rules of one kind of wait. */
export interface WaitRules {
  readonly kind: WaitKind;
  /** The change that brings the onboarding into this wait; undefined when it cannot begin here. */
  readonly enter?: (snapshot: Snapshot) => Maybe<WaitChange>;
  /** The change that is due when the wait is renewed: a reminder, or a decision by time-out. */
  readonly due?: (snapshot: Snapshot, wait: Wait) => Maybe<WaitChange>;
}

export interface WaitDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly workflow: Workflow;
}

/** A call of a wait task by a run of the workflow. */
export interface WaitSubject {
  readonly reference: string;
  readonly run: number;
  readonly token: string;
}

/** One attempt; true once the wait is open, false if the onboarding has to be read again. */
async function openOrRenew(
  { store: { onboardings }, clock }: WaitDependencies,
  snapshot: Snapshot,
  { reference, token }: WaitSubject,
  rules: WaitRules,
): Promise<boolean> {
  const { state, wait } = snapshot;
  const { kind } = rules;
  const at = clock.now();
  if (lifecycle[state.stage].wait !== kind) {
    const change = await rules.enter?.(snapshot);
    if (change === undefined) throw new UnexpectedStageError(kind, state.stage);
    await onboardings.apply(snapshot, withWait(snapshot, change, { kind, token }, undefined, at));
    return change.decision === undefined;
  }
  const id = waitIdOf(kind, state);
  const open = wait?.id === id ? wait : newWait(kind, id, at);
  if (open.token === token) return true;
  const change = await rules.due?.(snapshot, open);
  if (change !== undefined) {
    await onboardings.apply(snapshot, withWait(snapshot, change, { kind, token }, open, at));
    return change.decision === undefined;
  }
  // Later changes of the onboarding see the token; one made since the snapshot may not have, so it is read again.
  await onboardings.putWait(reference, renewed(open, token, at, state.talk), wait);
  return false;
}

/**
 * Opens a wait or renews it. A decision that was stored before the token completes it here; one that is stored after it
 * completes it through the outbox.
 */
export async function keepWait(
  dependencies: WaitDependencies,
  subject: WaitSubject,
  rules: WaitRules,
): Promise<{ waiting: boolean }> {
  const { store, clock, workflow } = dependencies;
  for (;;) {
    const snapshot = await store.onboardings.now(subject.reference);
    const outcome = immediateOutcome(snapshot, subject.run, rules.kind, clock.now());
    if (outcome !== undefined) {
      await workflow.complete(subject.token, outcome);
      return { waiting: false };
    }
    try {
      if (await openOrRenew(dependencies, snapshot, subject, rules)) return { waiting: true };
    } catch (error) {
      if (!(error instanceof ConcurrentChangeError)) throw error;
    }
  }
}
