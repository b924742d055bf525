import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { hasOpened } from '../domain/classification/condition-tasks.ts';
import type { ConditionCode } from '../domain/classification/outcomes.ts';
import { system } from '../domain/onboarding/actor.ts';
import type { Change } from '../domain/onboarding/change.ts';
import { isHandedOver, isInWorkflow } from '../domain/onboarding/lifecycle.ts';
import { answersInForce } from '../domain/onboarding/records.ts';
import type { OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import { isCurrent } from '../domain/onboarding/transitions/assessment.ts';
import { remindOfConditions } from '../domain/onboarding/transitions/condition-dates.ts';
import { clearCondition } from '../domain/onboarding/transitions/conditions.ts';
import { eachItem } from '../store/table.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { type AskRegistry, askAgain, askInTurn, type UpkeepDependencies } from './ask-registry-again.ts';
import { changeOnboarding } from './change.ts';
import { assessAgain, readConditionFile } from './condition-file.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';

/** Onboardings of the list read at once. */
const pageSize = 100;
/** The most that one run looks after; the next one goes on with those that are due longest. */
const mostInRun = 2_000;

const openingCode: ConditionCode = 'SERVICE_NOT_YET_AVAILABLE';

/** What a day brings about for the conditions of one onboarding: a service that has opened, or a reminder. */
async function changeDue(
  dependencies: ApplicationDependencies,
  snapshot: Snapshot,
  today: CalendarDate,
): Promise<Change | undefined> {
  const { state } = snapshot;
  const { intake, submission, result } = await readConditionFile(dependencies.store, state.reference);
  if (result === undefined || submission === undefined || !isCurrent(result, state)) return undefined;
  if (hasOpened(result, today)) {
    const answers = answersInForce(submission);
    const assessed = assessAgain(dependencies, { intake, result, answers, cleared: result.cleared });
    return clearCondition(
      snapshot,
      { code: openingCode, by: 'opening', before: result, ...assessed },
      system,
    );
  }
  const people = state.persons === undefined ? [] : await dependencies.store.people.of(state.reference);
  return remindOfConditions(snapshot, result, people, dependencies.clock.now());
}

/** True while nothing but the opening of a service is left to come: it clears its condition also after the hand-over. */
function awaitsOpening(state: OnboardingState): boolean {
  return isHandedOver(state) && (state.conditions?.includes(openingCode) ?? false);
}

/** Every change that is due for one onboarding; one that has ended is not looked at again. */
async function lookAfter(
  dependencies: ApplicationDependencies,
  listed: OnboardingState,
  today: CalendarDate,
  ask: AskRegistry,
): Promise<number> {
  const { store } = dependencies;
  const { reference } = listed;
  if (!isInWorkflow(listed) && !awaitsOpening(listed)) {
    await store.dossiers.forgetDates(listed);
    return 0;
  }
  const asked = isInWorkflow(listed) && (await askAgain(dependencies, listed, today, ask));
  let changes = asked ? 1 : 0;
  while (await changeOnboarding(store, reference, (snapshot) => changeDue(dependencies, snapshot, today))) {
    changes += 1;
  }
  return changes;
}

async function* atMost<T>(items: AsyncIterable<T>, most: number): AsyncGenerator<T> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    taken += 1;
    if (taken >= most) return;
  }
}

export interface ConditionsRun {
  readonly changes: number;
  /** The first day on which a condition asks for something; absent when none does. */
  readonly next?: CalendarDate | undefined;
  /** What could not be looked after, to be thrown once everything else is done. */
  readonly failures: readonly unknown[];
}

/**
 * Reminds the owners of conditions on their days, clears what a service that has opened had raised, and asks the register
 * again that could not answer. Found by date; safe to call at any time and any number of times, for each reminder is on
 * record with the change that sends it.
 */
export async function lookAfterConditions(dependencies: UpkeepDependencies): Promise<ConditionsRun> {
  const { store, clock } = dependencies;
  const today = calendarDateOf(clock.now());
  const ask = askInTurn(dependencies.register);
  const failures: unknown[] = [];
  let changes = 0;
  const due = eachItem((page) => store.lists.conditionsBy(today, { limit: pageSize, ...page }));
  await inBatches(atMost(due, mostInRun), changesAtOnce, async (listed) => {
    try {
      changes += (await unlessUnreadable(() => lookAfter(dependencies, listed, today, ask))) ?? 0;
    } catch (error) {
      // One that cannot be changed delays no other.
      failures.push(error);
    }
  });
  return { changes, next: await store.lists.firstConditionDay(), failures };
}
