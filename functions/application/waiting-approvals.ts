import { isPastLimit } from '../domain/onboarding/approvals.ts';
import { asProposedMove, type ProposedMove } from '../domain/onboarding/group-moves.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import type { ApprovalOf } from '../store/approvals.ts';
import { eachPage } from '../store/table.ts';
import type { ApplicationDependencies } from './dependencies.ts';

const pageSize = 100;
/** More than these are not read: they are answered, or lapse, within a week. */
const pagesAtMost = 3;

/** The requests for a second person that someone may still answer, the first to lapse first. */
export async function waitingApprovals({
  store,
  clock,
}: Pick<ApplicationDependencies, 'store' | 'clock'>): Promise<{
  readonly waiting: readonly ApprovalOf[];
  /** References of onboardings that this release cannot read. */
  readonly unreadable: readonly string[];
}> {
  const at = clock.now();
  const found: ApprovalOf[] = [];
  const left: string[] = [];
  const pages = eachPage((page) => store.approvals.waiting({ limit: pageSize, ...page }), {
    most: pagesAtMost,
  });
  for await (const { items, unreadable = [] } of pages) {
    found.push(...items.filter(({ approval }) => !isPastLimit(approval, at)));
    left.push(...unreadable);
  }
  return { waiting: found, unreadable: left };
}

/** A member of a group, with the move that is proposed for it. */
export interface MemberMove {
  readonly state: OnboardingState;
  readonly approval: ProposedMove;
}

/** The moves that keep one group in order, decided together: those that others follow come first. */
export interface MoveSet {
  readonly id: string;
  readonly moves: readonly MemberMove[];
}

/** The sets among the requests that wait. */
export function moveSetsOf(waiting: readonly ApprovalOf[]): readonly MoveSet[] {
  const moves = waiting.flatMap(({ state, approval }) => {
    const proposed = asProposedMove(approval);
    return proposed === undefined ? [] : [{ state, approval: proposed }];
  });
  const sets = Map.groupBy(moves, ({ approval }) => approval.group.set);
  return [...sets].map(([id, of]) => ({ id, moves: of.toSorted(byDate) }));
}

function byDate(one: MemberMove, other: MemberMove): number {
  return orderOf(one) < orderOf(other) ? -1 : 1;
}

function orderOf({ state, approval }: MemberMove): string {
  return `${approval.cutover ?? ''} ${state.reference}`;
}
