import { setTimeout as pause } from 'node:timers/promises';
import type { ExecutionWatch, RunningExecution } from '../../platform/workflow.ts';

/** Step Functions lists at most this many executions in a page. */
const pageSize = 1_000;
/**
 * In most regions Step Functions allows an account a burst of 100 calls and then two a second:
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const pagesAtOnce = 90;
const thenEvery = 500;
/** A million executions may be open in an account: all of them are listed in eight minutes. */
const pagesAtMost = 1_050;

export interface RunningWalk {
  /** Where this walk starts to compare; the first page if it is absent. */
  readonly from?: string | undefined;
  /** How many pages are compared. */
  readonly pages: number;
  readonly compare: (executions: readonly RunningExecution[]) => Promise<void>;
  /** Names seen so far. */
  readonly seen: Set<string>;
}

/**
 * Lists all running executions, so that hardly any needs a DescribeExecution call, of which Step Functions allows far
 * fewer; the first pages are compared as well.
 *
 * @returns where the next walk starts to compare
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
    // The first page follows the last one.
    fromTheStart ||= cursor === undefined;
  }
  return next;
}
