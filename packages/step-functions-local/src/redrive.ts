import { ApiError } from './api-error.ts';
import type { Execution } from './execution.ts';
import { mostHistoryEvents } from './ledger.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
const redrivableFor = 14 * 86_400_000;
const mostRedrives = 1_000;

/** Why the execution cannot be redriven; `undefined` when it can. */
export function redriveRefusal({ facts, events }: Execution, now: number): string | undefined {
  if (facts.status === 'RUNNING') return 'Execution is RUNNING and cannot be redriven';
  if (facts.status === 'SUCCEEDED') return 'Execution is SUCCEEDED and cannot be redriven';
  if (now - (facts.stopDate ?? 0) > redrivableFor)
    return 'Execution has exceeded its 14 day redrivable period';
  if (facts.redriveCount >= mostRedrives) return 'Execution has exceeded the maximum number of redrives';
  if (events.length >= mostHistoryEvents - 1) return 'Execution history event limit exceeded';
  return undefined;
}

/** Throws `ExecutionNotRedrivable`. */
export function checkRedrivable(execution: Execution, now: number): void {
  const refusal = redriveRefusal(execution, now);
  if (refusal !== undefined) throw new ApiError('ExecutionNotRedrivable', refusal);
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
const rememberedTokens = 10;
const tokenLifetime = 15 * 60_000;

/** The details of a redrive's history event: the client token is kept here, and is not shown. */
export const redriveDetails = (redriveCount: number, clientToken: string | undefined) => ({
  redriveCount,
  ...(clientToken === undefined ? {} : { clientToken }),
});

/** When an earlier request with this client token redrove the execution; `undefined` when none did lately. */
export function earlierRedrive({ events }: Execution, clientToken: string, now: number): number | undefined {
  return events
    .filter(({ type, details }) => type === 'ExecutionRedriven' && details?.['clientToken'] !== undefined)
    .slice(-rememberedTokens)
    .findLast(({ details, at }) => details?.['clientToken'] === clientToken && now - at <= tokenLifetime)?.at;
}
