import type { RecordedEvent } from '../../functions/domain/onboarding/audit-chain.ts';
import { brokenHistory } from '../../functions/domain/onboarding/audit-check.ts';

/** Number of the first event that is wrong or missing in a history whose end is trusted; undefined when it holds. */
export function firstBrokenEvent(events: readonly RecordedEvent[]): number | undefined {
  const last = events.at(-1);
  return brokenHistory({ version: last?.number ?? 0, eventHash: last?.hash ?? '' }, events)?.event;
}
