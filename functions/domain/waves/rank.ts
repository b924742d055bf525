import type { ServiceOrderEntry } from './order-of-service.ts';

/** Highest score, in tenths of a point. */
const highestScore = 1000;
/** Later than every day: "none" sorts last. */
const noDeadline = '9999-12-31';

/**
 * The order of service as text: comparing two ranks as strings compares their customers, so that a list sorted by
 * rank is in the order of service. The reference, last in that order, is left to the list.
 */
export function rankOf(entry: ServiceOrderEntry): string {
  const missing = entry.score === null ? highestScore + 1 : highestScore - Math.round(entry.score * 10);
  return [
    entry.hardDeadline ?? noDeadline,
    entry.requirementLevel === 'MANDATORY' ? '0' : '1',
    entry.tier === 'READY' ? '0' : '1',
    String(missing).padStart(4, '0'),
    entry.requestedOn,
  ].join('|');
}

/** The facts that a rank encodes; undefined for a text that is no rank. */
export function rankedAs(rank: string, reference: string): ServiceOrderEntry | undefined {
  const [, deadline = '', mandatory, tier, missing, requestedOn = ''] =
    /^(\d{4}-\d{2}-\d{2})\|([01])\|([01])\|(\d{4})\|(\d{4}-\d{2}-\d{2})$/.exec(rank) ?? [];
  if (missing === undefined) return undefined;
  const tenths = highestScore - Number(missing);
  return {
    reference,
    ...(deadline === noDeadline ? {} : { hardDeadline: deadline }),
    // The order knows no other duty than a mandatory one.
    requirementLevel: mandatory === '0' ? 'MANDATORY' : 'NOT_REQUIRED',
    tier: tier === '0' ? 'READY' : 'CONDITIONAL',
    score: tenths < 0 ? null : tenths / 10,
    requestedOn,
  };
}
