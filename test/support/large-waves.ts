import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import type { Wave } from '../../functions/domain/waves/wave.ts';
import { keys } from '../../functions/store/keys.ts';
import { bookingItem } from '../../functions/store/places.ts';
import { fromState } from '../../functions/store/stored-onboarding.ts';
import { createApp } from '../../functions/web/app.ts';
import { openBench, type StoreBench, stateOf, waveOf } from '../store/bench.ts';
import { type Browser, openBrowser, origin, type Trial } from './trial.ts';

/** Onboardings in a batch: each is two items. */
const perBatch = 12;

/** A wave in which so many customers have a place. */
export function largeWave(cutover: string, booked: number, changes: Partial<Wave> = {}): Wave {
  const capacity = { customers: 20_000, points: 200_000, complex: 10 };
  const taken = { customers: booked, points: booked * 2, complex: 0 };
  return { ...waveOf(cutover, capacity), booked: taken, ...changes };
}

/** Writes waves with the items of those booked, as their own acts would have left them; references count on. */
function fillerOf(bench: StoreBench): (wave: Wave, stage: Stage) => Promise<void> {
  let filled = 0;
  return async (wave, stage) => {
    await bench.store.waves.create(wave);
    const { customers } = wave.booked;
    for (let start = 0; start < customers; start += perBatch) {
      const count = Math.min(perBatch, customers - start);
      const items = Array.from({ length: count }).flatMap(() => {
        filled += 1;
        const state = stateOf(filled, { stage, wave: wave.id, cutover: wave.cutover });
        const { reference } = state;
        const place = { wave: wave.id, site: wave.site, cutover: wave.cutover, status: 'CONFIRMED' } as const;
        const booking = { ...place, points: 2, complex: 0, bookedAt: state.requestedAt };
        return [{ ...keys.state(reference), ...fromState(state) }, bookingItem(reference, booking)];
      });
      const requests = items.map((Item) => ({ PutRequest: { Item } }));
      await bench.documents.send(new BatchWriteCommand({ RequestItems: { [bench.tableName]: requests } }));
    }
  };
}

/** An operator on the pages of a store of its own; its requests bear a token of the API as well. */
async function operatorOn(bench: StoreBench, trial: Trial): Promise<Browser> {
  // So slow that the API asks no one to wait.
  let elapsed = 0;
  const deps = {
    ...trial.deps,
    store: bench.store,
    verifyToken: async () =>
      ({
        kind: 'machine',
        subject: 'demo-crm',
        scopes: ['onboarding/read', 'onboarding/operations'],
      }) as const,
    elapsed: () => {
      elapsed += 1_000;
      return elapsed;
    },
  };
  const app = createApp(deps);
  const browser = openBrowser(async (url, init) => app.request(url, init), origin);
  await bench.store.sessions.open(
    'a secret',
    { kind: 'staff', subject: 'op', name: 'Op', mail: 'op@platform.example', roles: ['operator'] },
    bench.clock.now(),
  );
  browser.cookies.set(trial.deps.site.cookie.name('session'), 'a secret');
  return browser;
}

/** A store of its own for waves with many customers, and an operator who reads them. */
export async function openLargeWaves(trial: Trial) {
  const bench = await openBench();
  return { bench, fill: fillerOf(bench), operator: await operatorOn(bench, trial) };
}
