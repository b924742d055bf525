import * as z from 'zod/mini';
import { recordRedrive, recordRunFailure } from '../../application/record-run-status.ts';
import { OnboardingNotFoundError } from '../../domain/errors.ts';
import { parseExecutionName } from '../../domain/onboarding/execution-name.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily } from '../../platform/environment.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import type { TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The run that the execution's name gives; another name is no execution of this system. */
const executionOfRun = z.pipe(
  z.string(),
  z.transform((name, context) => {
    const named = parseExecutionName(name);
    if (named !== undefined) return named;
    context.issues.push({
      code: 'custom',
      message: 'The name does not end in the number of a run',
      input: name,
    });
    return z.NEVER;
  }),
);

/** The fields used of Step Functions' status-change event; input and output are not read. */
const statusChange = z.object({
  detail: z.object({
    name: executionOfRun,
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
    error: z.optional(z.nullable(z.string())),
    redriveCount: z.optional(z.nullable(z.int())),
  }),
});

/**
 * Records the failure or redrive of an execution on its onboarding: the operators must act on a failure. An execution
 * that is not the onboarding's present run changes nothing.
 */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { logger } = dependencies;
  return async (event) => {
    const { name, status, error, redriveCount } = z.parse(statusChange, event).detail;
    const { reference, run } = name;
    if (status === 'SUCCEEDED' || status === 'PENDING_REDRIVE') return;
    const redrives = redriveCount ?? undefined;
    try {
      if (status === 'RUNNING') await recordRedrive(dependencies, reference, run, redrives);
      else {
        const failure = { status, error: error ?? 'unknown', redriveCount: redrives };
        await recordRunFailure(dependencies, reference, run, failure);
      }
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
