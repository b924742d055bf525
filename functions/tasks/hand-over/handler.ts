import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { outOfCancelledWave } from '../../application/placing.ts';
import type { Booking } from '../../domain/onboarding/state.ts';
import { effortFrom } from '../../domain/waves/demand-of.ts';
import { lazily } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';
import { leaving } from '../../store/waits.ts';
import { waveStands } from '../../store/waves.ts';

interface Dependencies {
  readonly store: Store;
  readonly logger: Logger;
}

type Outcome = z.infer<typeof tasks.HandOver.output>;

/**
 * Hands the customer over to the tenant team: the event carries ids and sizing, nothing else. A wave that was cancelled
 * since the go leads back to another date.
 */
export function createHandler({ store, logger }: Dependencies): TaskHandler {
  async function sizing(reference: string) {
    const [submission, result] = await Promise.all([
      store.dossiers.submission(reference),
      store.dossiers.result(reference),
    ]);
    if (submission === undefined || result === undefined) return {};
    const { answers } = submission;
    const { points, complex } = effortFrom(answers, result.assessment);
    return {
      services: [...(answers.C1 ?? [])],
      users: answers.C2?.usersInScope ?? 0,
      servers: answers.C6?.servers ?? 0,
      points,
      complex,
    };
  }

  async function isCancelled({ site, wave }: Booking): Promise<boolean> {
    return (await store.waves.get(site, wave)).state === 'CANCELLED';
  }

  return createTask(tasks.HandOver, logger, ({ reference, run }) =>
    store.onboardings.change<Outcome>(reference, async ({ state, booking }) => {
      const moved: Outcome = { outcome: 'MOVED' };
      const result: Outcome = { outcome: 'HANDED_OVER' };
      if (['HANDED_OVER', 'CUT_OVER'].includes(state.stage)) return { result };
      const left = leaving(state, run);
      if (left !== undefined) return { result: { outcome: left } };
      if (booking?.status === 'TO_MOVE') return { result: moved };
      if (booking !== undefined && (await isCancelled(booking))) {
        return { result: moved, transition: outOfCancelledWave(state, booking, system) };
      }
      const size = await sizing(reference);
      const data = {
        siren: state.siren,
        wave: booking?.wave ?? '',
        site: booking?.site ?? '',
        cutover: booking?.cutover ?? '',
        ...size,
      };
      return {
        result,
        transition: {
          to: 'HANDED_OVER',
          set: { outcome: 'HANDED_OVER' },
          happening: { type: 'HANDED_OVER', who: system, data },
          messages: [{ kind: 'event', type: 'OnboardingHandedOver', data }],
          writes: booking === undefined ? [] : [waveStands({ site: booking.site, id: booking.wave })],
        },
      };
    }),
  );
}

export const handler: TaskHandler = lazily(() => createHandler(storeFromEnvironment()));
