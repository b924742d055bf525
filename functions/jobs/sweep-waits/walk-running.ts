import { setTimeout as pause } from 'node:timers/promises';
import type { ExecutionWatch, RunningExecution } from '../../platform/workflow.ts';

/** Step Functions lists so many executions at most in a page. */
const pageSize = 1_000;
/**
 * In most regions Step Functions allows 100 calls at once and two a second from then on, for everybody in the account
 * together: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const pagesAtOnce = 90;
const thenEvery = 500;
/** A million executions may be open in an account: all of them are listed in eight minutes. */
const pagesAtMost = 1_050;

export interface RunningWalk {
  /** Where the next walk goes on comparing; from the start when it is absent. */
  readonly from?: string | undefined;
  /** How many pages are compared. */
  readonly pages: number;
  readonly compare: (executions: readonly RunningExecution[]) => Promise<void>;
  /** Names seen so far. */
  readonly seen: Set<string>;
}

/**
 * Lists all executions that run, so that hardly any has to be asked for one by one, for which Step Functions allows far
 * less; the first pages are compared as well.
 *
 * @returns where the next walk goes on
 */
export async function walkRunning(
  watch: ExecutionWatch,
  { from, pages, compare, seen }: RunningWalk,
): Promise<string | undefined> {
  let cursor = from;
  let next = from;
  let fromTheStart = from === undefined;
  for (let page = 0; page < pagesAtMost; page += 1) {
    if (page >= pagesAtOnce) await pause(thenEvery);
    const list = await watch.running(pageSize, cursor);
    const comeRound = list.items.some(({ name }) => seen.has(name));
    for (const { name } of list.items) seen.add(name);
    if (page < pages && !comeRound) {
      await compare(list.items);
      next = list.cursor;
    }
    cursor = list.cursor;
    if (comeRound || (cursor === undefined && fromTheStart)) break;
    // Behind the last page comes the first.
    fromTheStart ||= cursor === undefined;
  }
  return next;
}
