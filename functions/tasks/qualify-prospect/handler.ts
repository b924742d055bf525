import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { qualify } from '../../domain/classification/qualify.ts';
import { outcomeFor } from '../../domain/onboarding/definitions.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import * as transitions from '../../domain/onboarding/transitions/qualify.ts';
import { exitOutcome } from '../../domain/onboarding/waits.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, registryFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { type Registry, type RegistryAnswer, registryRecord } from '../../platform/registry.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: Registry;
}

type Outcome = z.infer<typeof tasks.QualifyProspect.output>;

function outcomeOf({ run }: OnboardingState, eligibility: OnboardingState['eligibility']): Outcome {
  return { outcome: outcomeFor(run, 'QUALIFY', eligibility === 'ELIGIBLE' ? 'ELIGIBLE' : 'REVIEW') };
}

/** First qualification: looks the organisation up and decides whether an operator must review it. */
export function createHandler({ store, clock, logger, registry }: Dependencies): TaskHandler {
  return createTask(tasks.QualifyProspect, logger, async ({ reference, run }) => {
    // The look-up happens once, outside the loop that decides again when another change came between.
    let answer: RegistryAnswer | undefined;
    return store.onboardings.change<Outcome>(reference, async ({ state }) => {
      const exit = exitOutcome(state, run);
      if (exit !== undefined) return { result: { outcome: exit } };
      if (state.stage !== 'REGISTERED') return { result: outcomeOf(state, state.eligibility) };
      answer ??= await registry.lookUp(state.siren);
      const qualification = qualify({ registryStatus: answer.status });
      const intake = {
        ...(await store.dossiers.intake(reference)),
        registry: registryRecord(answer, clock.now()),
      };
      return {
        result: outcomeOf(state, qualification.eligibility),
        change: transitions.qualify(qualification, intake),
      };
    });
  });
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), registry: registryFromEnvironment() }),
);
