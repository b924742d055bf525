import { calendarDateOf } from '../domain/calendar-date.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { keepDespiteCondition as keep } from '../domain/onboarding/transitions/keep-place.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * An operator keeps a customer in its wave although a blocking condition is overdue.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when no blocking condition is overdue, or there is no place.
 */
export async function keepDespiteCondition(
  { store, clock }: ApplicationDependencies,
  reference: string,
  reason: string,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, ({ state }) =>
    keep(state, reason, actor, calendarDateOf(clock.now())),
  );
}
