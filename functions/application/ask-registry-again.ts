import type { CalendarDate } from '../domain/calendar-date.ts';
import { asksRegistry } from '../domain/classification/condition-tasks.ts';
import { ConcurrentChangeError } from '../domain/errors.ts';
import { answersInForce } from '../domain/onboarding/records.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { isCurrent } from '../domain/onboarding/transitions/assessment.ts';
import { verifyInRegistry } from '../domain/onboarding/transitions/registry-answer.ts';
import { type Registry, type RegistryAnswer, registryRecord } from '../platform/registry.ts';
import { changeOnboarding } from './change.ts';
import { assessAgain, type ConditionFile, readConditionFile } from './condition-file.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** The most look-ups of one run: at the pace of the register they take half a minute. */
const mostLookUps = 200;

/** With the public register, where it is to be asked again. */
export interface UpkeepDependencies extends ApplicationDependencies {
  readonly register?: Registry;
}

/** Undefined when the register is not asked any more in this run. */
export type AskRegistry = (siren: string) => Promise<RegistryAnswer | undefined>;

/** Asks one after the other, and no more once the register has not answered: it is asked again in the next run. */
export function askInTurn(register: Registry | undefined): AskRegistry {
  let left = register === undefined ? 0 : mostLookUps;
  let last: Promise<unknown> = Promise.resolve();
  async function ask(siren: string): Promise<RegistryAnswer | undefined> {
    if (left === 0) return undefined;
    left -= 1;
    const answer = await register?.lookUp(siren);
    // Facts without a state are an answer, though none to go by.
    if (answer?.status === 'unavailable' && answer.facts === undefined) left = 0;
    return answer;
  }
  return (siren) => {
    const next = last.then(() => ask(siren));
    last = next.catch(() => undefined);
    return next;
  };
}

function isDue({ result, submission }: ConditionFile, state: OnboardingState, today: CalendarDate): boolean {
  return (
    result !== undefined &&
    submission !== undefined &&
    isCurrent(result, state) &&
    asksRegistry(result, today)
  );
}

/**
 * Asks the register again that could not answer, at most once a day for an onboarding; its answer clears the condition.
 *
 * @returns true when it has answered
 */
export async function askAgain(
  dependencies: UpkeepDependencies,
  listed: OnboardingState,
  today: CalendarDate,
  ask: AskRegistry,
): Promise<boolean> {
  const { store, clock } = dependencies;
  const { reference, siren } = listed;
  const known = await readConditionFile(store, reference);
  if (known.result === undefined || !isDue(known, listed, today)) return false;
  const answer = await ask(siren);
  if (answer === undefined) return false;
  if (answer.status === 'unavailable') {
    await store.dossiers.noteAsked(reference, known.result, today);
    return false;
  }
  try {
    return await changeOnboarding(store, reference, async (snapshot) => {
      const file = await readConditionFile(store, reference);
      const { result, submission } = file;
      if (!isDue(file, snapshot.state, today) || result === undefined || submission === undefined)
        return undefined;
      const at = clock.now();
      const intake = { ...file.intake, registry: registryRecord(answer, at) };
      const answers = answersInForce(submission);
      const assessed = assessAgain(dependencies, { intake, result, answers, cleared: result.cleared });
      return verifyInRegistry(snapshot, { intake, before: result, ...assessed }, at);
    });
  } catch (error) {
    // A decision on its place is being carried out: the next run tries again.
    if (error instanceof ConcurrentChangeError) return false;
    throw error;
  }
}
