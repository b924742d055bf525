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
 * are missed too.
 *
 * @param events in the order of their keys
 */
export function brokenChain(events: readonly ChainedEvent[], head: ChainHead): BrokenHistory | undefined {
  let expected = events[0]?.link === undefined ? (events[0]?.number ?? 1) : 1;
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

/** The first fault in the history of an onboarding; undefined when it holds. */
export function brokenHistory(
  { version, eventHash }: Pick<OnboardingState, 'version' | 'eventHash'>,
  events: readonly RecordedEvent[],
): BrokenHistory | undefined {
  return brokenChain(
    events.map((event) => {
      const { hash, ...said } = event;
      const { number, previousHash } = event;
      return { number, link: { previousHash, hash, holds: hashOf(said) === hash && reasonHolds(event) } };
    }),
    { number: version, hash: eventHash },
  );
}

/** The events that a state knows of: it may have changed since it was read. */
export function eventsUpTo(
  { version }: Pick<OnboardingState, 'version'>,
  events: readonly RecordedEvent[],
): readonly RecordedEvent[] {
  return events.filter(({ number }) => number <= version);
}
