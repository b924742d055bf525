import { type BrokenHistory, brokenChain, brokenHistory } from '../domain/onboarding/audit-check.ts';
import { stages } from '../domain/onboarding/lifecycle.ts';
import type { Store } from '../store/store.ts';
import { eachPage } from '../store/table.ts';

/** A history that does not hold, of an onboarding (by reference) or of a wave (by id). */
export interface AuditFinding extends BrokenHistory {
  readonly of: 'onboarding' | 'wave';
  readonly id: string;
}

export interface AuditReport {
  readonly onboardings: number;
  readonly waves: number;
  readonly events: number;
  readonly findings: readonly AuditFinding[];
  /** References and ids of what this release cannot read, or not whole: nothing else is said of them. */
  readonly unreadable: readonly string[];
}

const pageSize = 100;

/**
 * Checks the history of every onboarding and of every wave, page by page: work grows with what is stored. Nothing may change
 * it meanwhile.
 *
 * @param sites whose waves are checked
 */
export async function verifyAudit(
  { onboardings, lists, waves }: Pick<Store, 'onboardings' | 'lists' | 'waves'>,
  sites: readonly string[],
): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const unreadable: string[] = [];
  const count = { onboardings: 0, waves: 0, events: 0 };
  for (const stage of stages) {
    for await (const page of eachPage((at) => lists.byStage(stage, { limit: pageSize, ...at }))) {
      unreadable.push(...(page.unreadable ?? []));
      for (const state of page.items) {
        const events = await onboardings.events(state.reference);
        count.onboardings += 1;
        count.events += events.length;
        const broken = brokenHistory(state, events);
        if (broken !== undefined) findings.push({ of: 'onboarding', id: state.reference, ...broken });
      }
    }
  }
  const calendar = await waves.wholeCalendar(sites, { consistent: true });
  unreadable.push(...calendar.unreadable);
  for (const { id, version, eventHash = '' } of calendar.items) {
    const events = [];
    for await (const { items } of eachPage((at) => waves.history(id, { limit: pageSize, ...at }))) {
      events.push(...items);
    }
    count.waves += 1;
    count.events += events.length;
    const broken = brokenChain(events.toReversed(), { number: version, hash: eventHash });
    if (broken !== undefined) findings.push({ of: 'wave', id, ...broken });
  }
  return { ...count, findings, unreadable };
}
