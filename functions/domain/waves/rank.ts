import type { ServiceOrderEntry } from './order-of-service.ts';

/** Highest score, in tenths of a point. */
const highestScore = 1000;

/**
 * The order of service as text: comparing two ranks as strings compares their customers, so that a list sorted by
 * rank is in the order of service. The reference, last in that order, is left to the list.
 */
export function rankOf(entry: ServiceOrderEntry): string {
  const missing = entry.score === null ? highestScore + 1 : highestScore - Math.round(entry.score * 10);
  return [
    entry.hardDeadline ?? '9999-12-31',
    entry.requirementLevel === 'MANDATORY' ? '0' : '1',
    entry.tier === 'READY' ? '0' : '1',
    String(missing).padStart(4, '0'),
    entry.requestedOn,
  ].join('|');
}
