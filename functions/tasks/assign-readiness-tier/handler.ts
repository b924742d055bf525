import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { ruleSetFor } from '../../domain/classification/rule-sets.ts';
import { outcomeFor } from '../../domain/onboarding/definitions.ts';
import { answersInForce, clearedCodes, type IntakeRecord } from '../../domain/onboarding/records.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { assignTier, basisOf, isCurrent, routeOf } from '../../domain/onboarding/transitions/assessment.ts';
import { exitOutcome } from '../../domain/onboarding/waits.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { type Assessment, assess } from '../../domain/readiness/assessment.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, platformFromEnvironment, registryFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { type Registry, registryRecord } from '../../platform/registry.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Decided } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly platform: PlatformConfiguration;
}

type Outcome = z.infer<typeof tasks.AssignReadinessTier.output>;

/** An onboarding reached its assessment without answers: a fault of the program. */
export class NothingToAssessError extends Error {
  override readonly name = 'NothingToAssessError';
}

function outcomeOf(state: OnboardingState, assessment: Assessment): Outcome {
  return { outcome: outcomeFor(state.run, 'ASSIGN_TIER', routeOf(state, assessment)) };
}

/** Applies the rule set to the submitted answers and returns the next step. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { store, clock, logger, registry, platform } = dependencies;

  /**
   * The intake with the registry's answer; the registry is asked again if it could not answer before. `renewed` if it
   * is new.
   */
  async function readIntake({ reference, siren }: OnboardingState) {
    const intake = await store.dossiers.intake(reference);
    const status = intake.registry?.status ?? 'unavailable';
    if (status !== 'unavailable') return { status };
    const answer = await registry.lookUp(siren);
    if (answer.status === 'unavailable') return { status };
    const renewed: IntakeRecord = { ...intake, registry: registryRecord(answer, clock.now()) };
    return { status: answer.status, renewed };
  }

  async function assessed(state: OnboardingState): Promise<Decided<Outcome>> {
    const known = await store.dossiers.result(state.reference);
    if (known?.standsOn === basisOf(state)) {
      return { result: outcomeOf(state, known.assessment) };
    }
    const submission = await store.dossiers.submission(state.reference);
    if (submission === undefined) throw new NothingToAssessError('There are no submitted answers to assess');
    const { status, renewed: intake } = await readIntake(state);
    const assessedOn = calendarDateOf(clock.now());
    const assessment = assess({
      organisation: { registryStatus: status },
      answers: answersInForce(submission),
      asOf: assessedOn,
      platform,
      clearedConditions: clearedCodes(known),
      // After a review the same submission keeps the rules that it was assessed by.
      ruleSetVersion:
        known !== undefined && isCurrent(known, state)
          ? known.assessment.ruleSetVersion
          : ruleSetFor(submission.questionnaireVersion),
    });
    return {
      result: outcomeOf(state, assessment),
      change: assignTier(state, { assessment, assessedOn, known, intake }),
    };
  }

  return createTask(tasks.AssignReadinessTier, logger, ({ reference, run }) =>
    store.onboardings.change<Outcome>(reference, async ({ state }) => {
      const exit = exitOutcome(state, run);
      return exit === undefined ? assessed(state) : { result: { outcome: exit } };
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({
    ...storeFromEnvironment(),
    registry: registryFromEnvironment(),
    platform: platformFromEnvironment(),
  }),
);
