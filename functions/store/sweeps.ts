import * as z from 'zod/mini';
import { stages } from '../domain/onboarding/lifecycle.ts';
import type { OnboardingState, Wait } from '../domain/onboarding/state.ts';
import { keys } from './keys.ts';
import { toState, toWait } from './stored-onboarding.ts';
import type { Item, Table } from './table.ts';

const text = z.optional(z.string());
const placeItem = z.object({
  waits: text,
  executions: text,
  stage: z.optional(z.enum([...stages, 'FAILED'])),
  onboardings: text,
});

/** Where each walk of the sweeper goes on; a part that is missing begins anew. */
export type SweepPlace = z.infer<typeof placeItem>;

/** What the table says of one onboarding. */
export interface SweptOnboarding {
  readonly state: OnboardingState;
  readonly wait?: Wait;
}

/** What the sweeper keeps and reads for itself. */
export interface Sweeps {
  place(): Promise<SweepPlace>;
  keepPlace(place: SweepPlace): Promise<void>;
  /** State and wait of many onboardings; those that do not exist are missing. */
  read(references: readonly string[]): Promise<ReadonlyMap<string, SweptOnboarding>>;
  /** True when a fault was noted before. Notes may be deleted once they are old: `forgetAt` is in seconds since 1970. */
  wasTold(fault: string): Promise<boolean>;
  noteTold(fault: string, forgetAt: number): Promise<void>;
}

const always = { ConditionExpression: 'attribute_exists(pk) OR attribute_not_exists(pk)' };

export function createSweeps(table: Table): Sweeps {
  return {
    place: async () => {
      const item = await table.get(keys.sweepPlace());
      return item === undefined ? {} : z.parse(placeItem, item);
    },
    keepPlace: async (place) => {
      await table.putIf({ ...keys.sweepPlace(), ...place }, always);
    },
    read: async (references) => {
      const items = await table.getAll(references.flatMap((each) => [keys.state(each), keys.wait(each)]));
      const waits = new Map<unknown, Item>();
      for (const item of items) if (item['sk'] === keys.wait('').sk) waits.set(item['pk'], item);
      const found = new Map<string, SweptOnboarding>();
      for (const item of items) {
        if (item['sk'] !== keys.state('').sk) continue;
        const state = toState(item);
        const wait = waits.get(item['pk']);
        found.set(state.reference, {
          state,
          ...(wait === undefined ? {} : { wait: toWait(wait) }),
        });
      }
      return found;
    },
    wasTold: async (fault) => (await table.get(keys.fault(fault))) !== undefined,
    noteTold: async (fault, forgetAt) => {
      await table.putIf({ ...keys.fault(fault), expiresAt: forgetAt }, always);
    },
  };
}
