import * as z from 'zod/mini';
import { recordRedrive, recordRunFailure } from '../../application/record-run-status.ts';
import { OnboardingNotFoundError } from '../../domain/errors.ts';
import { parseExecutionName } from '../../domain/onboarding/execution-name.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily } from '../../platform/environment.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import type { TaskHandler } from '../../platform/task.ts';
import type { ExecutionWatch } from '../../platform/workflow.ts';
import { executionWatchFromEnvironment } from '../../platform/workflow-client.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watch: Pick<ExecutionWatch, 'describe'>;
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

const ended = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;
const statuses = ['RUNNING', ...ended, 'SUCCEEDED', 'PENDING_REDRIVE'] as const;

/** The fields used of Step Functions' status-change event; input and output are not read. */
const statusChange = z.object({
  detail: z.object({
    name: executionOfRun,
    status: z.enum(statuses),
    error: z.optional(z.nullable(z.string())),
    redriveCount: z.optional(z.nullable(z.int())),
    /** Milliseconds since 1970. */
    stopDate: z.optional(z.nullable(z.number())),
  }),
});

/** What a report of a status says; the number of redrives puts reports in order. */
interface Reported {
  readonly status: string;
  readonly redriveCount: number;
  readonly error?: string | undefined;
  readonly stoppedAt?: Date | undefined;
}

/**
 * Records the failure or redrive of an execution on its onboarding: the operators must act on a failure. An execution
 * that is not the onboarding's present run changes nothing. Reports come late, twice and in any order; one without the
 * number of redrives has no place in that order, so Step Functions is asked what holds now.
 */
export function createHandler(dependencies: Dependencies): TaskHandler {
  const { logger, watch } = dependencies;

  async function readReport({ detail }: z.infer<typeof statusChange>): Promise<Reported | undefined> {
    const { status, error, redriveCount, stopDate, name } = detail;
    if (typeof redriveCount !== 'number') {
      const seen = await watch.describe(name.reference, name.run);
      return seen && { ...seen, stoppedAt: seen.endedAt };
    }
    const stoppedAt = typeof stopDate === 'number' ? new Date(stopDate) : undefined;
    return { status, redriveCount, error: error ?? undefined, stoppedAt };
  }

  return async (event) => {
    const change = z.parse(statusChange, event);
    const { reference, run } = change.detail.name;
    if (change.detail.status === 'SUCCEEDED' || change.detail.status === 'PENDING_REDRIVE') return;
    const reported = await readReport(change);
    const failed = ended.some((each) => each === reported?.status);
    if (reported === undefined || (!failed && reported.status !== 'RUNNING')) return;
    try {
      if (failed) {
        await recordRunFailure(dependencies, reference, run, {
          ...reported,
          error: reported.error ?? reported.status,
        });
      } else await recordRedrive(dependencies, reference, run, reported.redriveCount);
    } catch (problem) {
      // An execution without an onboarding was started by hand: nothing to record it on.
      if (!(problem instanceof OnboardingNotFoundError)) throw problem;
      logger.log('execution_ended_badly', { onboardingId: reference, run, error: errorName(problem) });
      return;
    }
    if (failed) {
      logger.log('execution_ended_badly', { onboardingId: reference, run, outcome: reported.status });
    }
  };
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), watch: executionWatchFromEnvironment() }),
);
