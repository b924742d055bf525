import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { type Assessment, assess } from '../../domain/readiness/assessment.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, platformFromEnvironment, registryFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import type { Registry } from '../../platform/registry.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { clearedCodes, dossierWrites, registryRecord, type StoredResult } from '../../store/dossiers.ts';
import { type Decided, system, type Transition } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';
import { leaving } from '../../store/waits.ts';

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

function tierInForce(state: OnboardingState, computed: Assessment['readiness']['tier']): string {
  return state.tierSet?.submission === state.submission ? state.tierSet.tier : computed;
}

/** The readiness of the submission before, to show what has changed; a review of the same answers changes nothing. */
function previousOf(state: OnboardingState, known: StoredResult | undefined): Pick<StoredResult, 'previous'> {
  const previous = known?.standsOn.startsWith(`${state.submission}.`)
    ? known.previous
    : known?.assessment.readiness;
  return previous === undefined ? {} : { previous };
}

/**
 * Where the result leads. A refusal and a doubt go to an operator once: rules that were settled there do not send the
 * onboarding back for the same reason.
 */
function routeOf(state: OnboardingState, assessment: Assessment): Outcome['outcome'] {
  const open = new Set(
    assessment.reasons
      .filter(({ rule }) => !state.settledRules.includes(rule))
      .map(({ effect }) => String(effect)),
  );
  if (open.has('NOT_ELIGIBLE')) return 'CONFIRM_REFUSAL';
  const tier = tierInForce(state, assessment.readiness.tier);
  if (open.has('MANUAL_REVIEW') || tier === 'UNKNOWN') return 'REVIEW';
  return tier === 'NOT_READY' ? 'PREPARE' : 'SCHEDULE';
}

/** Applies the rule set to the submitted answers and says where the onboarding goes on. */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { store, clock, logger, registry, platform } = dependencies;

  /** The registry's answer; asked again when it could not answer before. */
  async function intakeOf(reference: string, siren: string) {
    const intake = await store.dossiers.intake(reference);
    if (intake.registry !== undefined && intake.registry.status !== 'unavailable') {
      return { status: intake.registry.status, writes: [] };
    }
    const answer = await registry.lookUp(siren);
    if (answer.status === 'unavailable') return { status: answer.status, writes: [] };
    const known = { ...intake, registry: registryRecord(answer, clock.now()) };
    return { status: answer.status, writes: [dossierWrites.intake(reference, known)] };
  }

  async function assessed(state: OnboardingState): Promise<Decided<Outcome>> {
    const { reference } = state;
    const standsOn = `${state.submission}.${state.reviews}`;
    const known = await store.dossiers.result(reference);
    if (known?.standsOn === standsOn) {
      return { result: { outcome: routeOf(state, known.assessment) } };
    }
    const submission = await store.dossiers.submission(reference);
    if (submission === undefined) throw new NothingToAssessError('There are no submitted answers to assess');
    const organisation = await intakeOf(reference, state.siren);
    const today = calendarDateOf(clock.now());
    const assessment = assess({
      organisation: { registryStatus: organisation.status },
      answers: submission.answers,
      asOf: today,
      platform,
      clearedConditions: clearedCodes(known),
    });
    const result: StoredResult = {
      standsOn,
      assessedOn: today,
      assessment,
      cleared: [...clearedCodes(known)],
      ...previousOf(state, known),
    };
    return {
      result: { outcome: routeOf(state, assessment) },
      transition: {
        ...tiered(state, assessment),
        writes: [dossierWrites.result(reference, result), ...organisation.writes],
      },
    };
  }

  return createTask(tasks.AssignReadinessTier, logger, ({ reference, run }) =>
    store.onboardings.change<Outcome>(reference, async ({ state }) => {
      const left = leaving(state, run);
      if (left !== undefined) return { result: { outcome: left } };
      return assessed(state);
    }),
  );
}

function tiered(state: OnboardingState, assessment: Assessment): Transition {
  const { eligibility, requirementLevel, readiness } = assessment;
  const tier = tierInForce(state, readiness.tier);
  const conditions = assessment.conditions.map(({ code }) => code);
  const said = {
    eligibility,
    requirementLevel,
    tier,
    conditions,
    ruleSetVersion: assessment.ruleSetVersion,
  };
  return {
    ...(state.stage === 'IN_REVIEW' ? { to: 'SUBMITTED' } : {}),
    set: { eligibility, requirementLevel, tier, score: readiness.score, conditions, reviewKind: undefined },
    happening: {
      type: 'TIER_ASSIGNED',
      who: system,
      data: { ...said, score: readiness.score, submission: state.submission },
    },
    messages: [{ kind: 'event', type: 'OnboardingTiered', data: said }],
  };
}

export const handler: TaskHandler = lazily(() =>
  createHandler({
    ...storeFromEnvironment(),
    registry: registryFromEnvironment(),
    platform: platformFromEnvironment(),
  }),
);
