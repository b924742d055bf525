import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { outcomeFor } from '../../domain/onboarding/definitions.ts';
import { isHandedOver } from '../../domain/onboarding/lifecycle.ts';
import { answersForSize } from '../../domain/onboarding/part-sizes.ts';
import { answersInForce } from '../../domain/onboarding/records.ts';
import type { Booking, OnboardingState, Snapshot } from '../../domain/onboarding/state.ts';
import { leaveCancelledWave } from '../../domain/onboarding/transitions/cancelled-wave.ts';
import { handOver, type Sizing } from '../../domain/onboarding/transitions/hand-over.ts';
import { exitOutcome } from '../../domain/onboarding/waits.ts';
import { effortFrom } from '../../domain/waves/demand-of.ts';
import { knownSize, needsDeclaredSize } from '../../domain/waves/sizing.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import type { Decided } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';

interface Dependencies {
  readonly store: Store;
  readonly logger: Logger;
}

type Outcome = z.infer<typeof tasks.HandOver.output>;

/**
 * Hands the customer over to the tenant team. A wave that was cancelled since the go leads back to another date.
 */
export function createHandler({ store, logger }: Dependencies): TaskHandler {
  async function sizingOf({ reference, part }: OnboardingState): Promise<Sizing> {
    const [submission, result] = await Promise.all([
      store.dossiers.submission(reference),
      store.dossiers.result(reference),
    ]);
    if (submission === undefined || result === undefined) return {};
    const answers = answersForSize(answersInForce(submission), part);
    const declared = needsDeclaredSize(answers) ? await store.dossiers.intake(reference) : {};
    const { points, complex, estimated } = effortFrom(answers, result.assessment, declared);
    const { users, servers } = knownSize(answers, declared);
    return {
      services: [...(answers.C1 ?? [])],
      ...(users === undefined ? {} : { users: users.count }),
      ...(servers === undefined ? {} : { servers: servers.count }),
      points,
      complex,
      ...(estimated || users?.estimated === true || servers?.estimated === true ? { estimated: true } : {}),
    };
  }

  async function isCancelled({ site, wave }: Booking): Promise<boolean> {
    return (await store.waves.get(site, wave)).state === 'CANCELLED';
  }

  async function handedOver(snapshot: Snapshot): Promise<Decided<Outcome>> {
    const { state, booking } = snapshot;
    const moved = { outcome: outcomeFor(state.run, 'HAND_OVER', 'MOVED') };
    // While the run had failed, a place to leave was given back.
    if (booking === undefined || booking.status === 'TO_MOVE') return { result: moved };
    if (await isCancelled(booking)) {
      return { result: moved, change: leaveCancelledWave(snapshot) };
    }
    return {
      result: { outcome: outcomeFor(state.run, 'HAND_OVER', 'HANDED_OVER') },
      change: handOver(snapshot, await sizingOf(state)),
    };
  }

  return createTask(tasks.HandOver, logger, ({ reference, run }) =>
    store.onboardings.change<Outcome>(reference, async (snapshot) => {
      if (isHandedOver(snapshot.state)) return { result: { outcome: 'HANDED_OVER' } };
      const exit = exitOutcome(snapshot.state, run);
      return exit === undefined ? handedOver(snapshot) : { result: { outcome: exit } };
    }),
  );
}

export const handler: TaskHandler = lazily(() => createHandler(storeFromEnvironment()));
