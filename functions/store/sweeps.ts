import * as z from 'zod/mini';
import { stages } from '../domain/onboarding/lifecycle.ts';
import type { OnboardingState, Wait } from '../domain/onboarding/state.ts';
import { keys } from './keys.ts';
import { toState, toWait } from './stored-onboarding.ts';
import type { Item, Table } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';

const text = z.optional(z.string());
const placeItem = z.object({
  waits: text,
  executions: text,
  stage: z.optional(z.enum([...stages, 'FAILED'])),
  onboardings: text,
});

/** Where each walk of the sweeper continues; a walk without a place starts at the beginning. */
export type SweepPlace = z.infer<typeof placeItem>;

/** The stored state and wait of one onboarding. */
export interface SweptOnboarding {
  readonly state: OnboardingState;
  readonly wait?: Wait;
}

/** Many onboardings, by reference. */
export interface Swept {
  readonly onboardings: ReadonlyMap<string, SweptOnboarding>;
  /** References of those that this release cannot read. */
  readonly unreadable: readonly string[];
}

/** The sweeper's own items and reads. */
export interface Sweeps {
  place(): Promise<SweepPlace>;
  keepPlace(place: SweepPlace): Promise<void>;
  /** State and wait of many onboardings; those that do not exist are missing. */
  read(references: readonly string[]): Promise<Swept>;
  /** True if operators were notified of a fault. */
  wasNotified(fault: string): Promise<boolean>;
  /** Records that operators were notified; the record may be deleted from `forgetAt` on, in seconds since 1970. */
  recordNotified(fault: string, forgetAt: number): Promise<void>;
}

const always = { ConditionExpression: 'attribute_exists(pk) OR attribute_not_exists(pk)' };

export function createSweeps(table: Table, note: NoteUnreadable): Sweeps {
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
      const states = items.filter((item) => item['sk'] === keys.state('').sk);
      const { items: found, unreadable } = readEach(
        states,
        (item) => {
          const wait = waits.get(item['pk']);
          return { state: toState(item), ...(wait === undefined ? {} : { wait: toWait(wait) }) };
        },
        note,
      );
      return { onboardings: new Map(found.map((each) => [each.state.reference, each])), unreadable };
    },
    wasNotified: async (fault) => (await table.get(keys.fault(fault))) !== undefined,
    recordNotified: async (fault, forgetAt) => {
      await table.putIf({ ...keys.fault(fault), expiresAt: forgetAt }, always);
    },
  };
}
