import { hashOf, type RecordedEvent, reasonHolds } from './audit-chain.ts';
import type { OnboardingState } from './state.ts';

/** What is wrong with a history: an event was changed, is gone, stands elsewhere, or was put at the end. */
export type HistoryFault = 'altered' | 'missing' | 'out_of_order' | 'added';

export interface BrokenHistory {
  readonly fault: HistoryFault;
  /** Number of the first event that is wrong, or missing. */
  readonly event: number;
}

/** An event of a chain. */
export interface ChainedEvent {
  readonly number: number;
  /** Absent for an event of a release that did not chain it yet. */
  readonly link?:
    | { readonly previousHash: string; readonly hash: string; readonly holds: boolean }
    | undefined;
}

/** What the item that a history belongs to says of it. */
export interface ChainHead {
  /** Number of the last event. */
  readonly number: number;
  /** Hash of the last event that is chained; empty without one. */
  readonly hash: string;
}

/**
 * The first fault of a history; undefined when it holds. Its head is kept beside it, so that events removed from its end
 * are missed too. What earlier releases did not record, or did not chain, is no fault.
 *
 * @param events in the order of their keys
 */
export function brokenChain(events: readonly ChainedEvent[], head: ChainHead): BrokenHistory | undefined {
  const [first] = events;
  if (first === undefined && head.hash === '') return undefined;
  // A chain begins with the first event, or with the first one that a release recorded which chained it.
  const begins = first?.link === undefined || first.link.previousHash === '';
  let expected = begins ? (first?.number ?? 1) : 1;
  let previousHash = '';
  for (const { number, link } of events) {
    if (number > head.number) return { fault: 'added', event: number };
    if (number > expected) return { fault: 'missing', event: expected };
    if (number < expected) return { fault: 'out_of_order', event: number };
    if (link !== undefined) {
      if (!link.holds || link.previousHash !== previousHash) return { fault: 'altered', event: number };
      previousHash = link.hash;
    }
    expected += 1;
  }
  if (expected <= head.number) return { fault: 'missing', event: expected };
  return previousHash === head.hash ? undefined : { fault: 'altered', event: head.number };
}

/** The first fault in the history of an onboarding, which is recorded from its start; undefined when it holds. */
export function brokenHistory(
  { version, eventHash }: Pick<OnboardingState, 'version' | 'eventHash'>,
  events: readonly RecordedEvent[],
): BrokenHistory | undefined {
  if (events[0]?.number !== 1) return { fault: 'missing', event: 1 };
  return brokenChain(
    events.map((event) => {
      const { hash, ...said } = event;
      const { number, previousHash } = event;
      return { number, link: { previousHash, hash, holds: hashOf(said) === hash && reasonHolds(event) } };
    }),
    { number: version, hash: eventHash },
  );
}
