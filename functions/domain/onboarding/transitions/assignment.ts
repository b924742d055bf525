import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import type { Assigned, Snapshot } from '../state.ts';
import { refuseClosed } from '../waits.ts';

/** The operator to whom an onboarding is assigned. */
export type Assignee = Pick<Assigned, 'to' | 'name' | 'team'>;

/**
 * An operator follows an onboarding, or no one does any more. Undefined where that is so already.
 *
 * @throws OnboardingClosedError
 */
export function assign(
  { state }: Snapshot,
  assignee: Assignee | undefined,
  actor: Actor,
  at: Date,
  reason?: string,
): Change | undefined {
  refuseClosed(state);
  const from = state.assigned?.to;
  if (from === assignee?.to) return undefined;
  const why = reason === undefined ? {} : { reason };
  if (assignee !== undefined) {
    const { to } = assignee;
    return {
      set: { assigned: { ...assignee, at: at.toISOString() } },
      event: { type: 'ASSIGNED', actor, ...why, data: { to, ...(from === undefined ? {} : { from }) } },
      effects: [{ kind: 'move_assignment', from, to }],
    };
  }
  if (from === undefined) return undefined;
  return {
    set: { assigned: undefined },
    event: { type: 'UNASSIGNED', actor, ...why, data: { from } },
    effects: [{ kind: 'move_assignment', from }],
  };
}

/** The change with what its end means for whoever follows the onboarding: there is nothing left to follow. */
export function withAssignmentEnd({ state }: Snapshot, change: Change): Change {
  const from = state.assigned?.to;
  if (change.to !== 'CLOSED' || from === undefined) return change;
  return {
    ...change,
    set: { ...change.set, assigned: undefined },
    effects: [...(change.effects ?? []), { kind: 'move_assignment', from }],
  };
}
