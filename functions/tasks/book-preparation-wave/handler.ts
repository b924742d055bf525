import type * as z from 'zod/mini';
import { tasks } from '../../../workflows/tasks.ts';
import { preparationWrites } from '../../application/placing.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import type { Preparation } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { placePreparation } from '../../domain/waves/preparation.ts';
import type { Clock } from '../../platform/clock.ts';
import { lazily, platformFromEnvironment } from '../../platform/environment.ts';
import type { Logger } from '../../platform/log.ts';
import { createTask, type TaskHandler } from '../../platform/task.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { system } from '../../store/onboardings.ts';
import type { Store } from '../../store/store.ts';
import { leaving } from '../../store/waits.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: PlatformConfiguration;
}

type Outcome = z.infer<typeof tasks.BookPreparationWave.output>;

/** Books the next preparation wave for a customer that is not ready; without one it prepares all the same. */
export function createHandler({ store, clock, logger, platform }: Dependencies): TaskHandler {
  /** The next seat, for a customer that has none before it. */
  async function nextSeat(preparation: Preparation | undefined) {
    const asOf = calendarDateOf(clock.now());
    if (preparation !== undefined && preparation.starts >= asOf) return undefined;
    const sites = platform.sites.map(({ code }) => code);
    return placePreparation({}, await store.waves.calendar(sites, { consistent: true }), { asOf, platform });
  }

  return createTask(tasks.BookPreparationWave, logger, ({ reference, run }) =>
    store.onboardings.change<Outcome>(reference, async ({ state, preparation }) => {
      const left = leaving(state, run);
      if (left !== undefined) return { result: { outcome: left } };
      const result: Outcome = { outcome: 'PREPARING' };
      if (state.stage === 'PREPARING') return { result };
      const seat = await nextSeat(preparation);
      const booked = seat?.kind === 'booked' ? seat.wave : undefined;
      return {
        result,
        transition: {
          to: 'PREPARING',
          set: { because: seat?.kind === 'waiting' ? seat.reason.code : undefined },
          happening: {
            type: 'PREPARING',
            who: system,
            data: booked === undefined ? {} : { wave: booked.id, starts: booked.cutover },
          },
          messages: [{ kind: 'mail', template: 'preparation', to: 'customer' }],
          writes:
            booked === undefined
              ? []
              : // A preparation that has begun is replaced by the next one.
                preparationWrites(reference, booked, clock.now(), preparation),
        },
      };
    }),
  );
}

export const handler: TaskHandler = lazily(() =>
  createHandler({ ...storeFromEnvironment(), platform: platformFromEnvironment() }),
);
