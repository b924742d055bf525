import type { Effect } from './effects.ts';
import type { DomainEvent } from './events.ts';
import { checkpointOf, lifecycle, mayFollow, type Stage } from './lifecycle.ts';
import { type Message, mailsWithoutLink } from './messages.ts';
import type { OnboardingState, Run, Wait } from './state.ts';

/** Fields of the state that a change sets; `undefined` takes a field away. */
export type StatePatch = Partial<Omit<OnboardingState, 'stage' | 'run' | 'version'>>;

/** One change of one onboarding: stored whole or not at all. Only the transitions of this folder make one. */
export interface Change {
  readonly event: DomainEvent;
  /** Recorded before the event, in the same transaction and with a number of its own: what led to it. */
  readonly precededBy?: DomainEvent;
  /** The next stage; the stage is unchanged without it. */
  readonly to?: Stage;
  /** Starts the same stage again: another wave to confirm. */
  readonly reenter?: boolean;
  /** The changes of the run; a failure stays visible until a change clears it. */
  readonly run?: Partial<Run>;
  /** A closed onboarding takes an erasure, what leads to one, and the proof of who reads it; nothing else. */
  readonly onClosed?: true;
  readonly set?: StatePatch;
  /** The wait after the change. */
  readonly wait?: Wait;
  readonly effects?: readonly Effect[];
  readonly messages?: readonly Message[];
}

/** The next stage may not follow the present one: a fault of the program, never of a person. */
export class ForbiddenTransitionError extends Error {
  override readonly name = 'ForbiddenTransitionError';

  constructor(from: Stage, to: Stage) {
    super(`An onboarding may not go from ${from} to ${to}`);
  }
}

/** True for a change with a mail that carries the personal link: whatever was revoked before, the customer has one. */
function sendsLink({ messages = [] }: Change): boolean {
  return messages.some(
    (message) =>
      message.kind === 'mail' && message.to === 'customer' && !mailsWithoutLink.has(message.template),
  );
}

/** The run after a change; when nothing is left to run it has ended, failed or not. */
function runAfter({ run, reviewKind }: OnboardingState, change: Change, stage: Stage): Run {
  const over = checkpointOf(stage, change.set?.reviewKind ?? reviewKind) === undefined;
  const changed = { ...run, ...change.run };
  return over ? { ...changed, status: 'ended', failedAt: undefined, error: undefined } : changed;
}

/**
 * The state that a change leads to at an instant.
 *
 * @throws ForbiddenTransitionError
 */
export function stateAfter(before: OnboardingState, change: Change, at: Date): OnboardingState {
  const from = before.stage;
  const stage = change.to ?? from;
  const erasing = change.onClosed === true && from === 'CLOSED' && stage === 'CLOSED';
  if (!erasing && !mayFollow(from, stage)) throw new ForbiddenTransitionError(from, stage);
  const next = before.version + 1;
  const version = change.precededBy === undefined ? next : next + 1;
  const reenters = change.reenter === true;
  const opensWait = reenters || lifecycle[stage].wait !== lifecycle[from].wait;
  return {
    ...before,
    stage,
    version,
    stageSince: reenters || stage !== from ? at.toISOString() : before.stageSince,
    // The number of the change's first event, which its wait is named after.
    episode: opensWait ? next : before.episode,
    run: runAfter(before, change, stage),
    ...(sendsLink(change) ? { linkRevoked: undefined } : {}),
    ...change.set,
  };
}
