import * as z from 'zod/mini';
import { OnboardingNotFoundError } from '../../domain/errors.ts';
import { lazily } from '../../platform/environment.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import type { TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { OnboardingState } from '../../store/onboarding-state.ts';
import { businessStage, type Decided, system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly logger: Logger;
}

/** Of Step Functions' status-change event, only what is used; the input and output are not read. */
const statusChange = z.object({
  detail: z.object({
    name: z.string().check(z.regex(/^.+-\d+$/)),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
    error: z.optional(z.nullable(z.string())),
  }),
});

const ended: readonly string[] = ['HANDED_OVER', 'CUT_OVER', 'CLOSED'];

function failed(state: OnboardingState, status: string, error: string): Decided<void> {
  if (state.stage === 'FAILED' || ended.includes(state.stage)) return { result: undefined };
  return {
    result: undefined,
    transition: {
      to: 'FAILED',
      happening: { type: 'EXECUTION_FAILED', who: system, data: { run: state.run, status, error } },
      messages: [
        { kind: 'mail', template: 'owner_stuck', to: 'owner' },
        { kind: 'mail', template: 'review_overdue', to: 'operators' },
        { kind: 'event', type: 'OnboardingFailed', data: { status, error } },
      ],
    },
  };
}

/** A redriven execution runs again: the onboarding is where it was. */
function running(state: OnboardingState): Decided<void> {
  if (state.stage !== 'FAILED') return { result: undefined };
  return {
    result: undefined,
    transition: {
      to: businessStage(state),
      running: true,
      happening: { type: 'EXECUTION_REDRIVEN', who: system, data: { run: state.run } },
    },
  };
}

/**
 * Makes the technical end of an execution visible on its onboarding, with the ball at the operators. An execution that
 * is not the onboarding's present run changes nothing.
 */
export function createHandler({ store, logger }: Dependencies): TaskHandler {
  return async (event) => {
    const { name, status, error } = z.parse(statusChange, event).detail;
    const at = name.lastIndexOf('-');
    const reference = name.slice(0, at);
    const run = Number(name.slice(at + 1));
    if (status === 'SUCCEEDED' || status === 'PENDING_REDRIVE') return;
    try {
      await store.onboardings.change<void>(reference, async ({ state }) => {
        if (state.run !== run) return { result: undefined };
        return status === 'RUNNING' ? running(state) : failed(state, status, error ?? 'unknown');
      });
    } catch (problem) {
      // An execution without an onboarding was started by hand: nothing to record it on.
      if (!(problem instanceof OnboardingNotFoundError)) throw problem;
      logger.log('execution_ended_badly', { onboardingId: reference, run, error: errorName(problem) });
      return;
    }
    if (status !== 'RUNNING')
      logger.log('execution_ended_badly', { onboardingId: reference, run, outcome: status });
  };
}

export const handler: TaskHandler = lazily(() => createHandler(storeFromEnvironment()));
