import type { CalendarDate } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import { afterParentText, afterPartText } from '../waves/date-constraints.ts';
import { waitingApproval } from './approvals.ts';
import { partBefore } from './parts.ts';
import { parseReference } from './reference.ts';
import type { Approval, GroupMove, OnboardingState, Snapshot } from './state.ts';

/** Code of the reason for which operators decide early about a confirmed member: its parent does not cut over before it. */
export const parentNotBefore = 'PARENT_NOT_BEFORE';

/** True for a member of a group that is held back because its parent does not cut over before it. */
export function isHeldBack({ cause }: Pick<OnboardingState, 'cause'>): boolean {
  return cause === parentNotBefore;
}

/** The move of a member of a group that an operator is asked to approve. */
export interface ProposedMove extends Approval {
  readonly group: GroupMove;
}

/** The id of the moves that follow one customer to one date: `K7F4-M3XJ-2027-05-04`. */
export function moveSetId(leader: string, date: CalendarDate): string {
  return `${leader}-${date}`;
}

/** The customer that the moves of a set follow, and its date; undefined for an id that no set can have. */
export function parseMoveSetId(
  id: string,
): { readonly leader: string; readonly date: CalendarDate } | undefined {
  const [, given = '', date] = /^(.+)-(\d{4}-\d{2}-\d{2})$/.exec(id) ?? [];
  const leader = parseReference(given);
  return leader === undefined || date === undefined ? undefined : { leader, date };
}

/** Why a member of a group has to be moved, as the customer reads it. */
export function followsText({ after, part }: GroupMove): Text {
  return part === true ? afterPartText(after) : afterParentText(after);
}

/** What follows for a member whose proposed move is not agreed to, in mid-sentence. */
export const ifNotMoved: Text = {
  fr: 'une place réservée est cherchée à nouveau, une place confirmée revient à l’exploitation',
  en: 'a held place is sought again, a confirmed one comes back to operations',
};

/** The request as the move that a group proposes; undefined for any other. */
export function asProposedMove(approval: Approval | undefined): ProposedMove | undefined {
  const group = approval?.group;
  return approval === undefined || group === undefined ? undefined : { ...approval, group };
}

/** The move that waits for an operator because one that the customer follows has another date. */
export function proposedMove(snapshot: Snapshot, at: Date): ProposedMove | undefined {
  return asProposedMove(waitingApproval(snapshot, at));
}

/** An onboarding with the date that its own followers have to come after: the one that is proposed, else its own. */
export function withProposedDate(snapshot: Snapshot, at: Date): OnboardingState {
  const { state } = snapshot;
  const proposed = proposedMove(snapshot, at);
  return proposed === undefined ? state : { ...state, cutover: proposed.cutover };
}

/** True while it is stored that a customer would cut over before one it has to follow: held back, or to be moved. */
export function isBeforeLeader(snapshot: Snapshot, at: Date): boolean {
  return isHeldBack(snapshot.state) || proposedMove(snapshot, at) !== undefined;
}

/** Why a customer that would cut over before one it has to follow gets no *go*, as staff reads it. */
export function leaderFirst(state: Pick<OnboardingState, 'reference' | 'part'>): Text {
  return partBefore(state) === undefined
    ? {
        fr: 'L’entité de tête du groupe ne bascule pas avant ce client : un go n’est pas possible.',
        en: 'The parent organisation of the group does not cut over before this customer: a go is not possible.',
      }
    : {
        fr: 'La partie précédente ne bascule pas avant celle-ci : un go n’est pas possible.',
        en: 'The part before this one does not cut over before it: a go is not possible.',
      };
}
