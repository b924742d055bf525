import { InvalidInputError, OnboardingClosedError, OnboardingNotFoundError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { type Assignee, assign } from '../domain/onboarding/transitions/assignment.ts';
import type { Text } from '../domain/text.ts';
import type { StaffMember } from '../store/staff.ts';
import { UnreadableItemError } from '../store/unreadable.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';
import { operatorWithMail, unknownOperator } from './operator-named.ts';

/** Onboardings that are assigned in one request. */
export const mostAssigned = 100;

/** An onboarding, and who followed it when that was shown; null for no one. */
export interface ToAssign {
  readonly reference: string;
  readonly shown?: string | null | undefined;
}

export interface Assignment {
  readonly onboardings: readonly ToAssign[];
  /** Undefined where no one is to follow them any more. */
  readonly assignee: Assignee | undefined;
  readonly reason?: string | undefined;
}

export type AssignmentResult = 'assigned' | 'unchanged' | 'taken' | 'closed' | 'not_found' | 'unreadable';

/** What became of one onboarding. */
export interface AssignmentOutcome {
  readonly reference: string;
  readonly result: AssignmentResult;
  /** The onboarding as it was found; absent where there is none that can be read. */
  readonly state?: OnboardingState;
}

export const assigneeLabel: Text = { fr: 'Suivi par', en: 'Followed by' };

/**
 * The operator with a mail address, as one who follows onboardings.
 *
 * @throws InvalidInputError when no operator has it.
 */
export function assigneeWith(mail: string, operators: readonly StaffMember[]): Assignee {
  const found = operatorWithMail(mail, operators);
  if (found === undefined) throw new InvalidInputError([unknownOperator('to', assigneeLabel)]);
  return assigneeOf(found);
}

export function assigneeOf({
  subject,
  name,
  team,
}: Pick<StaffMember, 'subject' | 'name' | 'team'>): Assignee {
  return { to: subject, name, ...(team === undefined ? {} : { team }) };
}

async function assignOne(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  { reference, shown }: ToAssign,
  { assignee, reason }: Assignment,
  actor: Actor,
): Promise<AssignmentOutcome> {
  let state: OnboardingState | undefined;
  let isTaken = false;
  try {
    const changed = await changeOnboarding(store, reference, (snapshot) => {
      state = snapshot.state;
      const follower = state.assigned?.to ?? null;
      // Someone has taken it since it was shown: they have not been asked.
      isTaken = shown !== undefined && follower !== shown && follower !== (assignee?.to ?? null);
      return isTaken ? undefined : assign(snapshot, assignee, actor, clock.now(), reason);
    });
    const result = isTaken ? 'taken' : changed ? 'assigned' : 'unchanged';
    return { reference, result, ...(state === undefined ? {} : { state }) };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return { reference, result: 'not_found' };
    if (error instanceof UnreadableItemError) return { reference, result: 'unreadable' };
    if (!(error instanceof OnboardingClosedError)) throw error;
    return { reference, result: 'closed', ...(state === undefined ? {} : { state }) };
  }
}

/**
 * Has an operator follow onboardings, or no one. Each is a change of its own: each has an outcome of its own, and a request
 * that comes twice changes nothing more.
 */
export async function assignOnboardings(
  dependencies: Pick<ApplicationDependencies, 'store' | 'clock'>,
  assignment: Assignment,
  actor: Actor,
): Promise<readonly AssignmentOutcome[]> {
  const outcomes: AssignmentOutcome[] = [];
  const asked = assignment.onboardings.slice(0, mostAssigned);
  await inBatches(asked.entries(), changesAtOnce, async ([index, one]) => {
    outcomes[index] = await assignOne(dependencies, one, assignment, actor);
  });
  return outcomes;
}
