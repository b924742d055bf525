import { executionName } from '../../domain/onboarding/execution-name.ts';
import type { SweptOnboarding } from '../../store/sweeps.ts';
import { type Finding, judgeOpen, needsRun } from './findings.ts';
import type { Sweep, SweepDependencies } from './sweep.ts';

type Dependencies = Pick<SweepDependencies, 'watch'>;

/** DescribeExecution calls at once. */
const askedAtOnce = 10;
/**
 * After this many DescribeExecution calls a walk reads no other page. Each of the two walks then makes fewer than 120,
 * and both fewer than the burst of 250 that Step Functions allows in most regions before ten a second.
 */
const askedAtMost = 20;

/**
 * Compares stored onboardings with their executions.
 *
 * @param otherwise finds the fault of an onboarding whose execution has none
 */
export async function compareOpen(
  dependencies: Dependencies,
  sweep: Sweep,
  onboardings: readonly SweptOnboarding[],
  otherwise?: (onboarding: SweptOnboarding, now: Date) => Finding | undefined,
): Promise<void> {
  for (let from = 0; from < onboardings.length; from += askedAtOnce) {
    await Promise.all(
      onboardings.slice(from, from + askedAtOnce).map(async (onboarding) => {
        const finding = await faultOfRun(dependencies, sweep, onboarding);
        await sweep.take(finding ?? otherwise?.(onboarding, sweep.now));
      }),
    );
  }
}

/** True if the walk is to read no other page in this call. */
export function hasAskedEnough({ asked }: Sweep): boolean {
  return asked > askedAtMost;
}

/** Compares an onboarding with its execution, unless that was seen running in this call. */
async function faultOfRun(
  { watch }: Dependencies,
  sweep: Sweep,
  onboarding: SweptOnboarding,
): Promise<Finding | undefined> {
  if (!needsRun(onboarding, sweep.now)) return undefined;
  const { reference } = onboarding.state;
  const run = onboarding.state.run.number;
  if (sweep.running.has(executionName(reference, run))) return undefined;
  sweep.asked += 1;
  return judgeOpen(onboarding, await watch.describe(reference, run), sweep.now);
}
