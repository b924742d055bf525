import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { requirementLevels } from '../domain/classification/outcomes.ts';
import { OnboardingNotFoundError } from '../domain/errors.ts';
import { hasToLeave } from '../domain/onboarding/bookings.ts';
import { answersForSize } from '../domain/onboarding/part-sizes.ts';
import { partBefore } from '../domain/onboarding/parts.ts';
import { answersInForce, type IntakeRecord, type ResultRecord } from '../domain/onboarding/records.ts';
import { wholeOf } from '../domain/onboarding/reference.ts';
import type { OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import { dateToFollow, type Placing } from '../domain/onboarding/transitions/placement.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import type { Answers } from '../domain/questionnaire/answers.ts';
import { latestDate } from '../domain/waves/date-constraints.ts';
import { type Demand, firstDeadline } from '../domain/waves/demand.ts';
import { demandOf } from '../domain/waves/demand-of.ts';
import { withKept } from '../domain/waves/large-customers.ts';
import { listedDemand } from '../domain/waves/listed-demand.ts';
import { mayGiveSeatBack } from '../domain/waves/preparation.ts';
import { rankOf } from '../domain/waves/rank.ts';
import type { Store } from '../store/store.ts';
import type { StoredWave } from '../store/waves.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { isInRing } from './group-ring.ts';

/** An onboarding is to be placed although it has no result: a fault of the program. */
export class NotAssessedError extends Error {
  override readonly name = 'NotAssessedError';
}

function placeableTier(state: OnboardingState): 'READY' | 'CONDITIONAL' {
  return state.tier === 'READY' ? 'READY' : 'CONDITIONAL';
}

/** A placing without what only a first placement asks: whether the onboarding is a parent of its own. */
type Asked = Omit<Placing, 'inRing'>;

/** What a placement depends on, as it is stored. */
async function readFacts(store: Store, { reference }: OnboardingState): Promise<PlacedBy> {
  const [intake, submission, result] = await Promise.all([
    store.dossiers.intake(reference),
    store.dossiers.submission(reference),
    store.dossiers.result(reference),
  ]);
  if (submission === undefined || result === undefined) {
    throw new NotAssessedError('The onboarding has no result to be placed with');
  }
  return { intake, answers: answersInForce(submission), result };
}

/** What a part asks of a wave: the whole's answers with its own numbers. */
function sizedAs({ part }: OnboardingState, { intake, answers, result }: PlacedBy): PlacedBy {
  return { intake, result, answers: answersForSize(answers, part) };
}

/** Reads the demand of an onboarding on the calendar. */
export async function placingOf(store: Store, state: OnboardingState, asOf: CalendarDate): Promise<Placing> {
  return placingWith(store, state, await readFacts(store, state), asOf);
}

/** Reads what a customer on the waiting list asks for: by four reads, and one for each onboarding of its parent. */
export async function askedOf(store: Store, state: OnboardingState, asOf: CalendarDate): Promise<Asked> {
  const facts = await readFacts(store, state);
  return asked(state, facts, await leadersNow(store, state, facts.intake), asOf);
}

/** What a placement depends on beside the state. */
interface PlacedBy {
  readonly intake: IntakeRecord;
  /** The answers in force. */
  readonly answers: Answers;
  readonly result: ResultRecord;
}

/** The demand of an onboarding on the calendar with answers and a result that need not be stored yet. */
export async function placingWith(
  store: Store,
  state: OnboardingState,
  facts: PlacedBy,
  asOf: CalendarDate,
): Promise<Placing> {
  const { parentSiren } = facts.intake;
  const leaders = await leadersNow(store, state, facts.intake);
  return {
    ...asked(state, facts, leaders, asOf),
    inRing: leaders.length > 0 && (await isInRing(store, state.siren, parentSiren)),
  };
}

/**
 * The date that the wave of a group's member has to come after: the latest of its parent's, once each has one; undefined
 * without a parent to follow.
 */
export function parentCutoverOf(parents: readonly OnboardingState[]): Demand['parentCutover'] {
  return latestDate(parents.map(({ cutover }) => cutover ?? 'unbooked'));
}

/** Whether the last of those that an onboarding follows is the part before it. */
function followsPart(
  state: OnboardingState,
  parents: readonly OnboardingState[],
  last: Demand['parentCutover'],
): boolean {
  const before = partBefore(state);
  const part = before === undefined ? undefined : parents.find(({ reference }) => reference === before);
  return part !== undefined && (part.cutover ?? 'unbooked') === last;
}

function asked(
  state: OnboardingState,
  facts: PlacedBy,
  leaders: readonly Snapshot[],
  asOf: CalendarDate,
): Asked {
  const { reference } = state;
  const { intake, answers, result } = sizedAs(state, facts);
  const parents = leaders.map(followed);
  const parentCutover = parentCutoverOf(parents);
  const tier = placeableTier(state);
  const demand = demandOf({
    reference,
    tier,
    answers,
    declared: intake,
    assessment: result.assessment,
    assessedOn: result.assessedOn,
    dates: result.dates,
    asOf,
    ...(parentCutover === undefined ? {} : { parentCutover }),
    followsPart: followsPart(state, parents, parentCutover),
    ...(state.avoid === undefined ? {} : { avoid: state.avoid }),
    ...(state.avoidDates === undefined ? {} : { avoidDates: state.avoidDates }),
  });
  const deadline = firstDeadline(demand);
  const rank = rankOf({
    reference,
    ...(deadline === undefined ? {} : { hardDeadline: deadline.date }),
    requirementLevel: requirementLevels.find((level) => level === state.requirementLevel) ?? 'NOT_REQUIRED',
    tier,
    score: state.score ?? null,
    requestedOn: calendarDateOf(new Date(state.requestedAt)),
  });
  return {
    demand,
    listed: listedDemand(demand, intake.parentSiren),
    // Customers whom the platform refused come before all others.
    rank: `${state.priority === true ? '0' : '1'}|${rank}`,
    inGroup: intake.group !== undefined || state.part?.inOrder === true,
    // A promise is kept while one that it follows looks for another date.
    toFollow: dateToFollow(leaders.map((leader) => leader.state)),
  };
}

/** True if a customer with a date gives its seat in a preparation wave back: without a seat nothing is read. */
export async function givesSeatBack(
  { store, platform }: Pick<ApplicationDependencies, 'store' | 'platform'>,
  { state, preparation }: Snapshot,
  asOf: CalendarDate,
): Promise<boolean> {
  if (preparation === undefined) return false;
  const { demand } = await placingOf(store, state, asOf);
  return mayGiveSeatBack(demand, { asOf, platform });
}

/** The parents of a group, as they are stored: see `parentsOf`. */
async function parentsNow(
  store: Store,
  { parentSiren }: Pick<IntakeRecord, 'parentSiren'>,
): Promise<readonly Snapshot[]> {
  const active = parentSiren === undefined ? [] : await store.starts.actives(parentSiren);
  const now = await Promise.all(
    active.map(async ({ reference }) => {
      const found = await begunOrWhole(store, reference);
      // Of a parent that was split, the parts have dates.
      return found?.state.reference === reference && found.state.stage === 'IN_PARTS' ? undefined : found;
    }),
  );
  return now.filter((found) => found !== undefined);
}

/** An onboarding; of a part that has not begun, its whole; undefined for a part that never will, as its whole has ended. */
async function begunOrWhole({ onboardings }: Store, reference: string): Promise<Snapshot | undefined> {
  try {
    return await onboardings.now(reference);
  } catch (error) {
    if (!(error instanceof OnboardingNotFoundError)) throw error;
    const whole = await onboardings.now(wholeOf(reference));
    return whole.state.stage === 'IN_PARTS' ? whole : undefined;
  }
}

/** One that others follow, as a new place has to come after it: the date of a place that has to be left is none. */
function followed({ state, booking }: Snapshot): OnboardingState {
  return hasToLeave(booking) ? { ...state, cutover: undefined } : state;
}

/**
 * The onboardings that a member of a group must follow, one for each scope or part of its parent; none when there is none.
 */
export async function parentsOf(
  store: Store,
  intake: Pick<IntakeRecord, 'parentSiren'>,
): Promise<readonly OnboardingState[]> {
  return (await parentsNow(store, intake)).map(followed);
}

/** All that an onboarding must follow: the parents of its group and, where parts are in order, the part before it. */
export async function leadersNow(
  store: Store,
  state: Pick<OnboardingState, 'reference' | 'part'>,
  intake: Pick<IntakeRecord, 'parentSiren'>,
): Promise<readonly Snapshot[]> {
  const parents = await parentsNow(store, intake);
  const before = partBefore(state);
  if (before === undefined) return parents;
  const part = await store.onboardings.now(before);
  // A part that has ended without a cutover holds no other back.
  const isGone = part.state.stage === 'CLOSED' && part.state.cutover === undefined;
  return isGone ? parents : [...parents, part];
}

/** The calendar of all sites as it is now, with what each wave keeps for large customers today. */
export async function calendarNow({
  store,
  clock,
  platform,
}: Pick<ApplicationDependencies, 'store' | 'clock' | 'platform'>): Promise<readonly StoredWave[]> {
  const calendar = await store.waves.calendar(siteCodes(platform), { consistent: true });
  return withKept(calendar, { asOf: calendarDateOf(clock.now()), platform });
}
