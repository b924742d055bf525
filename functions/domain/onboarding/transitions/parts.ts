import { system } from '../actor.ts';
import { canonical } from '../audit-chain.ts';
import { listedRank } from '../bookings.ts';
import type { Change } from '../change.ts';
import { isInWorkflow } from '../lifecycle.ts';
import type { PartOfWhole, Split } from '../part.ts';
import { partReferences, sharedByParts } from '../parts.ts';
import { partReference } from '../reference.ts';
import { firstRun } from '../run.ts';
import type { OnboardingState, Snapshot } from '../state.ts';
import { close } from './close.ts';
import type { Start } from './start.ts';

function partOf(
  { parts, inOrder }: Split,
  number: number,
): { readonly scope: string; readonly part: PartOfWhole } | undefined {
  const planned = parts[number - 1];
  if (planned === undefined) return undefined;
  const { scope, ...size } = planned;
  return { scope, part: { number, of: parts.length, ...size, ...(inOrder === true ? { inOrder } : {}) } };
}

/** A part of a split onboarding begins: where the whole had come to, with its rank in the order of service. */
export function startPart(whole: OnboardingState, number: number, at: Date): Start {
  const planned = whole.split === undefined ? undefined : partOf(whole.split, number);
  if (planned === undefined) throw new NoSuchPartError(`The onboarding has no part ${number}`);
  const instant = at.toISOString();
  return {
    state: {
      ...sharedByParts(whole),
      ...planned,
      reference: partReference(whole.reference, number),
      stage: 'SUBMITTED',
      stageSince: instant,
      run: firstRun(instant),
      version: 1,
      eventHash: '',
      episode: 1,
      requestedAt: whole.requestedAt,
      reviews: 0,
      settledRules: whole.settledRules,
      ...(whole.tierSet === undefined ? {} : { tierSet: whole.tierSet }),
      ...(whole.assigned === undefined ? {} : { assigned: whole.assigned }),
      ...(whole.priority === undefined ? {} : { priority: whole.priority }),
      anotherDates: 0,
      confirmationTimeouts: 0,
    },
    event: {
      type: 'PART_STARTED',
      actor: system,
      data: { whole: whole.reference, part: number, of: planned.part.of },
    },
    messages: [
      { kind: 'start', run: 1, resumeAt: 'SCHEDULE_WAVE' },
      {
        kind: 'event',
        type: 'OnboardingStarted',
        data: { siren: whole.siren, team: whole.team, whole: whole.reference },
      },
    ],
  };
}

/** A split onboarding is asked for a part that it does not have: a fault of the program. */
export class NoSuchPartError extends Error {
  override readonly name = 'NoSuchPartError';
}

/**
 * Brings what a part has of its whole up to date; undefined when it is. On the waiting list the part is looked at again:
 * what it asks of a wave may be another thing now.
 */
export function followWhole({ state }: Snapshot, whole: OnboardingState): Change | undefined {
  if (state.stage === 'CLOSED' || whole.erasure !== undefined) return undefined;
  const shared = sharedByParts(whole);
  // A map that comes from the table has its keys in any order.
  if (canonical(shared) === canonical(sharedByParts(state))) return undefined;
  return {
    set: shared,
    event: {
      type: 'WHOLE_FOLLOWED',
      actor: system,
      data: { whole: whole.reference, version: whole.version },
    },
    ...demandAgain(state),
  };
}

function demandAgain(state: OnboardingState): Pick<Change, 'effects' | 'messages'> {
  const rank = listedRank(state);
  if (rank === undefined) return {};
  return { effects: [{ kind: 'forget_listed_demand', rank }], messages: [{ kind: 'offer_places' }] };
}

/** Ends a part whose whole has ended; undefined for a part that has ended, or that the platform has. */
export function endWithWhole(snapshot: Snapshot, whole: OnboardingState): Change | undefined {
  const { state } = snapshot;
  if (!isInWorkflow(state) || whole.outcome === undefined) return undefined;
  const event = { type: 'CLOSED', actor: system, data: { outcome: whole.outcome } } as const;
  const { messages = [], ...ending } = close(snapshot, whole.outcome, event, whole.cause);
  // The customer reads of the whole; a date in its calendar is cancelled by the mail about the part that had it.
  const told = snapshot.booking === undefined ? messages.filter(({ kind }) => kind !== 'mail') : messages;
  return { ...ending, messages: told };
}

/** Ends a split onboarding with the last of its parts, and as that one did; undefined while a part goes on. */
export function endWithLastPart(snapshot: Snapshot, parts: readonly OnboardingState[]): Change | undefined {
  const { state } = snapshot;
  if (state.stage !== 'IN_PARTS' || parts.length < partReferences(state).length) return undefined;
  if (parts.some(({ stage }) => stage !== 'CLOSED')) return undefined;
  const last = parts
    .toSorted((one, other) => Date.parse(one.stageSince) - Date.parse(other.stageSince))
    .at(-1);
  if (last?.outcome === undefined) return undefined;
  const { outcome, cause } = last;
  return close(snapshot, outcome, { type: 'CLOSED', actor: system, data: { outcome } }, cause);
}
