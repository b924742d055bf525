import type { OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import { type Key, keys } from './keys.ts';
import { toApproval, toBooking, toState, toWait } from './stored-onboarding.ts';
import type { Item, Page, Table } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';

/** Reads the onboardings with these references, in their order; those that are gone are left out. */
export interface Reader<T> {
  read(references: readonly string[]): Promise<Page<T>>;
  stateOf(found: T): OnboardingState;
}

/** The states alone: one request reads 100. */
export function stateReader(table: Table, note: NoteUnreadable): Reader<OnboardingState> {
  return {
    read: async (references) => {
      const stored = await table.getAll(references.map((reference) => keys.state(reference)));
      return pageOf(readEach(stored, toState, note));
    },
    stateOf: (state) => state,
  };
}

/** Each with its wait alone: one request reads 50. */
export function waitReader(table: Table, note: NoteUnreadable): Reader<Snapshot> {
  return readerOf(table, note, [keys.state, keys.wait]);
}

/** Each with its place, its wait and what waits for a second person: one request reads 25. */
export function snapshotReader(table: Table, note: NoteUnreadable): Reader<Snapshot> {
  return readerOf(table, note, [keys.state, keys.booking, keys.wait, keys.approval]);
}

function readerOf(
  table: Table,
  note: NoteUnreadable,
  itemsOf: readonly ((reference: string) => Key)[],
): Reader<Snapshot> {
  return {
    read: async (references) => {
      const stored = await table.getAll(
        references.flatMap((reference) => itemsOf.map((key) => key(reference))),
      );
      const byKey = new Map(stored.map((item) => [`${item['pk']} ${item['sk']}`, item] as const));
      const found = ({ pk, sk }: Key): Item | undefined => byKey.get(`${pk} ${sk}`);
      const states = references
        .map((reference) => found(keys.state(reference)))
        .filter((item) => item !== undefined);
      return pageOf(
        readEach(
          states,
          (item): Snapshot => {
            const state = toState(item);
            const [booking, wait, approval] = [keys.booking, keys.wait, keys.approval].map((key) =>
              found(key(state.reference)),
            );
            return {
              state,
              ...(booking === undefined ? {} : { booking: toBooking(booking) }),
              ...(wait === undefined ? {} : { wait: toWait(wait) }),
              ...(approval === undefined ? {} : { approval: toApproval(approval) }),
            };
          },
          note,
        ),
      );
    },
    stateOf: ({ state }) => state,
  };
}

function pageOf<T>({ items, unreadable }: ReturnType<typeof readEach<T>>): Page<T> {
  return unreadable.length === 0 ? { items } : { items, unreadable };
}
