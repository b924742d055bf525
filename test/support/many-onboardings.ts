import { firstRun } from '../../functions/domain/onboarding/run.ts';
import type { OnboardingState, Wait } from '../../functions/domain/onboarding/state.ts';
import { keys } from '../../functions/store/keys.ts';
import { nameKeys } from '../../functions/store/look-ups.ts';
import { stateItem } from '../../functions/store/onboardings.ts';
import { waitRecord } from '../../functions/store/stored-wait.ts';
import type { Item } from '../../functions/store/table.ts';
import { intakeOf, type StoreBench, stateOf } from '../store/bench.ts';
import { writeItems } from './waiting-customers.ts';

const errors = ['ThrottlingException', 'States.Timeout', 'ZodError', 'TypeError'] as const;
/** Operators who follow a share of it each. */
export const followers = ['op', 'op-2', 'op-3', 'op-4'] as const;
const teams = ['state', 'local', 'companies', 'health'] as const;

/** An instant some hours before or after the one the list is looked at. */
function hoursFrom(now: Date, hours: number): string {
  return new Date(now.getTime() + hours * 3_600_000).toISOString();
}

/** So many are the operators' to look at in every size: pages are as full of few onboardings as of many. */
const busy = 400;
const kinds = ['review', 'failed', 'failed', 'stuck', 'review', 'failed', 'failed', 'stuck'] as const;

/** What the onboarding with this number is on the work list for; of all others, seven in a hundred are. */
function kindOf(number: number): 'review' | 'failed' | 'stuck' | undefined {
  if (number < busy) return kinds[number % kinds.length];
  if (number % 100 < 5) return 'review';
  return number % 100 < 7 ? 'failed' : undefined;
}

function changesOf(number: number, now: Date): Partial<OnboardingState> {
  const stageSince = hoursFrom(now, -(number % 150));
  const team = teams[number % teams.length] ?? 'state';
  const common = {
    stageSince,
    team,
    link: 1,
    name: `Organisme ${number} du département`,
    requestedAt: stageSince,
  };
  const follower =
    number < busy ? followers[Math.floor(number / kinds.length) % followers.length] : undefined;
  const followed =
    follower === undefined
      ? common
      : { ...common, assigned: { to: follower, name: follower, at: stageSince } };
  switch (kindOf(number)) {
    case 'review':
      return { ...followed, stage: 'IN_REVIEW', reviewKind: 'readiness' };
    case 'failed': {
      const error = errors[number % errors.length];
      // Those that every size has failed first.
      const failedAt = hoursFrom(now, number < busy ? -200 : -(number % 150));
      const run = { ...firstRun(stageSince), status: 'failed', failedAt, error } as const;
      return { ...followed, stage: 'SUBMITTED', run };
    }
    default:
      return { ...followed, stage: number % 2 === 0 ? 'INVITED' : 'ANSWERING' };
  }
}

function waitOf(number: number, { stage, stageSince }: OnboardingState, now: Date): Wait | undefined {
  const until = hoursFrom(now, kindOf(number) === 'stuck' ? -24 : 24);
  const common = { openedAt: stageSince, activeAt: stageSince, until, reminders: 1 };
  if (stage === 'IN_REVIEW') return { ...common, id: 'review@1', kind: 'review' };
  return stage === 'SUBMITTED' ? undefined : { ...common, id: 'answers@1', kind: 'answers' };
}

/** What the lists read of an onboarding; of its answers and its run nothing is stored. */
function itemsOf(number: number, now: Date): readonly Item[] {
  const state = stateOf(number, changesOf(number, now));
  const { reference, assigned } = state;
  const wait = waitOf(number, state, now);
  const { contactEmail } = intakeOf(state);
  return [
    stateItem(state, now),
    ...(wait === undefined ? [] : [waitRecord(reference, wait)]),
    ...nameKeys(state.name, reference).map((key) => ({ ...key, reference })),
    { ...keys.active(state.siren), reference },
    { ...keys.mail(contactEmail, reference), reference },
    ...(assigned === undefined ? [] : [{ ...keys.assigned(assigned.to, reference), reference }]),
  ];
}

/** Stores so many onboardings as their own acts would have left them in the lists. */
export async function fillLists(bench: StoreBench, size: number): Promise<void> {
  const now = bench.clock.now();
  for (let from = 0; from < size; from += 500) {
    const numbers = Array.from({ length: Math.min(500, size - from) }, (_, index) => from + index);
    await writeItems(
      bench,
      numbers.flatMap((number) => itemsOf(number, now)),
    );
  }
}
