import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { qualify } from '../../domain/classification/qualify.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, registryFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import type { Registry, RegistryAnswer } from '../../platform/registry.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { dossierWrites, registryRecord } from '../../store/dossiers.ts';
import { system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';
import { leaving } from '../../store/waits.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: Registry;
}

type Outcome = z.infer<typeof tasks.QualifyProspect.output>;

function outcomeOf(eligibility: OnboardingState['eligibility']): 'ELIGIBLE' | 'REVIEW' {
  return eligibility === 'ELIGIBLE' ? 'ELIGIBLE' : 'REVIEW';
}

/** First qualification: looks the organisation up and says whether an operator must look too. */
export function createHandler({ store, clock, logger, registry }: Dependencies): TaskHandler {
  return createTask(tasks.QualifyProspect, logger, async ({ reference, run }) => {
    // The look-up happens once, outside the loop that decides again when another change came between.
    let answer: RegistryAnswer | undefined;
    return store.onboardings.change<Outcome>(reference, async ({ state }) => {
      const left = leaving(state, run);
      if (left !== undefined) return { result: { outcome: left } };
      if (state.stage !== 'REGISTERED') return { result: { outcome: outcomeOf(state.eligibility) } };
      answer ??= await registry.lookUp(state.siren);
      const qualification = qualify({ registryStatus: answer.status });
      const intake = await store.dossiers.intake(reference);
      return {
        result: { outcome: outcomeOf(qualification.eligibility) },
        transition: {
          to: 'QUALIFYING',
          set: {
            eligibility: qualification.eligibility,
            conditions: qualification.conditions.map(({ code }) => code),
          },
          happening: {
            type: 'QUALIFIED',
            who: system,
            data: {
              eligibility: qualification.eligibility,
              registryStatus: answer.status,
              rules: qualification.reasons.map(({ rule }) => rule),
            },
          },
          writes: [
            dossierWrites.intake(reference, { ...intake, registry: registryRecord(answer, clock.now()) }),
          ],
        },
      };
    });
  });
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), registry: registryFromEnvironment() }),
);
