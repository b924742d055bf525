import type { Approval, OnboardingState } from '../domain/onboarding/state.ts';
import { indexKeys, keys, referenceOf } from './keys.ts';
import { fromApproval, toApproval, toState } from './stored-onboarding.ts';
import { type Item, type Page, pageAt, type Table, type Write } from './table.ts';
import { type NoteUnreadable, readEach } from './unreadable.ts';
import type { WorkPage } from './work-list.ts';
import { putAnyway } from './writes.ts';

/** A request with the onboarding that it is about. */
export interface ApprovalOf {
  readonly state: OnboardingState;
  readonly approval: Approval;
}

/** The requests that wait for a second person, over all onboardings. */
export interface Approvals {
  /**
   * The first to lapse first; one that has lapsed meanwhile may still be among them. With `upTo` only those that no one may
   * agree to any more at that instant.
   */
  waiting(page: WorkPage): Promise<Page<ApprovalOf>>;
  /** The instant at which the next of them lapses; undefined when none waits. */
  nextLapse(): Promise<string | undefined>;
}

/** Part of a change, whose version guards it: a request that waits is listed by its limit. */
export function approvalWrite(reference: string, approval: Approval): Write {
  const { status, until } = approval;
  return putAnyway({
    ...keys.approval(reference),
    ...fromApproval(approval),
    ...(status === 'waiting' ? indexKeys.approval(until, reference) : {}),
  });
}

export function createApprovals(table: Table, note: NoteUnreadable): Approvals {
  const listPk = indexKeys.approval('', '').teamPk;
  return {
    nextLapse: () => table.firstOf('byTeam', listPk),
    waiting: async ({ limit, cursor, upTo }) => {
      const { items: found, ...rest } = await table.queryIndex('byTeam', listPk, {
        limit,
        ...pageAt(cursor),
        // The limit comes before the reference in the key: `$` lets in those due at this very instant.
        ...(upTo === undefined ? {} : { upTo: `${upTo}$` }),
      });
      const references = found.map(referenceOf);
      const items = await table.getAll(
        references.flatMap((reference) => [keys.state(reference), keys.approval(reference)]),
      );
      const bySortKey = Map.groupBy(items, (item) => item['sk']);
      const states = byPartition(bySortKey.get(keys.state('').sk));
      const approvals = byPartition(bySortKey.get(keys.approval('').sk));
      const pairs = references.flatMap((reference) => {
        const { pk } = keys.state(reference);
        const [state, approval] = [states.get(pk), approvals.get(pk)];
        return state === undefined || approval === undefined ? [] : [{ state, approval }];
      });
      const read = pairs.map(({ state, approval }) => ({
        state: readEach([state], toState, note),
        approval: readEach([approval], toApproval, note),
      }));
      const unreadable = read.flatMap(({ state, approval }) => [...state.unreadable, ...approval.unreadable]);
      return {
        items: read.flatMap(
          ({
            state: {
              items: [state],
            },
            approval: {
              items: [approval],
            },
          }) => (state === undefined || approval === undefined ? [] : [{ state, approval }]),
        ),
        ...(unreadable.length === 0 ? {} : { unreadable: [...new Set(unreadable)] }),
        ...rest,
      };
    },
  };
}

function byPartition(items: readonly Item[] = []): ReadonlyMap<unknown, Item> {
  return new Map(items.map((item) => [item['pk'], item]));
}
