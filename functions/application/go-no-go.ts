import { calendarDateOf } from '../domain/calendar-date.ts';
import { gateOf } from '../domain/onboarding/bookings.ts';
import { isInHypercare, isThrough } from '../domain/onboarding/cutover.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { recordedGo } from '../domain/onboarding/transitions/go-in-advance.ts';
import {
  missesGate,
  missGate,
  openGoNoGo,
  remindOfGoNoGo,
} from '../domain/onboarding/transitions/go-no-go.ts';
import { isDecided } from '../domain/onboarding/waits.ts';
import { goNoGoDay, type Wave } from '../domain/waves/wave.ts';
import { eachItem } from '../store/table.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches, placementsAtOnce } from './in-batches.ts';

/** Onboardings of a wave read at once. */
const pageSize = 100;

export interface WaveDecisions {
  readonly opened: number;
  readonly silent: number;
  /** Customers who are not handed over, and those whose cutover is not recorded. */
  readonly undecided: boolean;
  readonly unrecorded: boolean;
  /** Customers whose hypercare goes on. */
  readonly inHypercare: boolean;
}

/**
 * Opens each go/no-go of a wave that is due, reminds operators of those that are open, and takes silence for a no-go when
 * its time has come: also where a review, or answers asked for again, kept the gate from opening.
 */
export async function keepGoNoGo(
  dependencies: ApplicationDependencies,
  wave: Wave,
  at: Date,
): Promise<WaveDecisions> {
  const { store } = dependencies;
  const silenceCounts = at >= gateOf(wave.cutover);
  const found = { opened: 0, undecided: false, unrecorded: false, inHypercare: false };
  const today = calendarDateOf(at);
  const unanswered: string[] = [];
  const missed: string[] = [];
  const booked = eachItem<OnboardingState>(async (page) => {
    const read = await store.lists.byWave(wave.id, { limit: pageSize, ...page });
    // Where they stand is not known: the wave does not end with them in it.
    if ((read.unreadable ?? []).length > 0) found.undecided = true;
    return read;
  });
  await inBatches(booked, changesAtOnce, async (state) => {
    if (!isThrough(state)) found[state.stage === 'HANDED_OVER' ? 'unrecorded' : 'undecided'] = true;
    if (isInHypercare(state, today)) found.inHypercare = true;
    const go = await openFor(dependencies, state, wave);
    if (go !== 'open' && go !== 'not_due') found.opened += 1;
    // Also where an earlier call died between both.
    const isRecorded = go === 'opened_for_go' || state.goInAdvance !== undefined;
    if (isRecorded && (await applyGo(dependencies, state.reference))) return;
    const late = { missed, unanswered, later: undefined }[silenceLeadsTo(go, state)];
    if (late === undefined) return;
    if (silenceCounts) late.push(state.reference);
    else if (remindOfGoNoGo(state, at) !== undefined) await remind(dependencies, state, at);
  });
  let silent = 0;
  await inBatches(unanswered, placementsAtOnce, async (reference) => {
    if (await takeSilenceAsNoGo(dependencies, reference)) silent += 1;
  });
  await inBatches(missed, placementsAtOnce, async (reference) => {
    if (await changeOnboarding(store, reference, (snapshot) => missGate(snapshot, wave))) silent += 1;
  });
  return { ...found, silent };
}

/**
 * What silence leads to: a no-go of the decision that is open, or a gate missed for what is in its way. Never in the call
 * that opened it: operators have just been notified, and get their full time to decide.
 */
function silenceLeadsTo(go: Opening, state: OnboardingState): 'unanswered' | 'missed' | 'later' {
  if (missesGate(state)) return 'missed';
  return go === 'open' ? 'unanswered' : 'later';
}

/** True on and after the day of a wave's go/no-go. */
export function isGoNoGoDue({ cutover }: Wave, at: Date): boolean {
  return goNoGoDay(cutover) <= calendarDateOf(at);
}

/** What has become of a go/no-go in this call. */
type Opening = 'opened' | 'opened_for_go' | 'open' | 'not_due';

/**
 * Opens the go/no-go of a booked customer. Most are past it, which the listed state shows: only the others are read
 * again.
 */
async function openFor(
  { store }: ApplicationDependencies,
  listed: OnboardingState,
  wave: Wave,
): Promise<Opening> {
  if (listed.stage === 'GO_NO_GO') return 'open';
  if (listed.stage !== 'WAVE_CONFIRMED') return 'not_due';
  return store.onboardings.change<Opening>(listed.reference, async (snapshot) => {
    if (snapshot.state.stage === 'GO_NO_GO') return { result: 'open' };
    const change = openGoNoGo(snapshot, wave);
    if (change === undefined) return { result: 'not_due' };
    return { change, result: recordedGo(snapshot) === undefined ? 'opened' : 'opened_for_go' };
  });
}

/** Loaded when it is needed: most calls find nothing to decide. */
const decisions = () => import('./gate-decisions.ts');

async function applyGo(dependencies: ApplicationDependencies, reference: string): Promise<boolean> {
  return (await decisions()).applyGo(dependencies, reference);
}

async function takeSilenceAsNoGo(dependencies: ApplicationDependencies, reference: string): Promise<boolean> {
  return (await decisions()).takeSilenceAsNoGo(dependencies, reference);
}

/** What the list shows as due is read again: it may be decided. */
async function remind(
  { store }: ApplicationDependencies,
  { reference }: OnboardingState,
  at: Date,
): Promise<void> {
  await changeOnboarding(store, reference, ({ state, wait }) =>
    isDecided(state, wait) ? undefined : remindOfGoNoGo(state, at),
  );
}
