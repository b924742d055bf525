import { addDays, type CalendarDate, instantAt } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import { conditionsDueInDays, goNoGoDay } from '../waves/wave.ts';
import { addWorkingDays } from '../working-days.ts';
import { isPastLimit } from './approvals.ts';
import { cutoverToRecord } from './cutover.ts';
import { deadlineOf, endOfWork, goNoGoHours } from './deadline.ts';
import { hasConfirmedWave } from './lifecycle.ts';
import { blockingDueInWave } from './overdue-conditions.ts';
import type { OnboardingState, Snapshot } from './state.ts';
import { isDecided } from './waits.ts';

/** Why an onboarding is on the operators' work list. */
export const workKinds = [
  'failed_run',
  'stuck',
  'go_no_go',
  'review',
  'approval',
  'lapsed_go',
  'blocked',
  'cutover',
  'erasure',
] as const;
export type WorkKind = (typeof workKinds)[number];

export const workLabels: Readonly<Record<WorkKind, Text>> = {
  failed_run: { fr: 'Exécution en échec', en: 'Failed run' },
  stuck: { fr: 'Bloqué : délai passé sans suite', en: 'Stuck: past its limit' },
  go_no_go: { fr: 'Décision de bascule', en: 'Go/no-go' },
  review: { fr: 'Revue à décider', en: 'Review to decide' },
  approval: { fr: 'Accord d’une seconde personne', en: 'Second person to agree' },
  lapsed_go: { fr: 'Go caduc, à décider de nouveau', en: 'Go lapsed, to decide again' },
  blocked: { fr: 'Condition bloquante en retard', en: 'Blocking condition overdue' },
  cutover: { fr: 'Bascule à enregistrer', en: 'Cutover to record' },
  erasure: { fr: 'Effacement demandé', en: 'Erasure asked for' },
};

/** Something that operators have to do about one onboarding. */
export interface OperatorWork {
  readonly kind: WorkKind;
  /** Instant, ISO 8601. A failed run is due from the moment it failed. */
  readonly due: string;
  /** From when it is theirs to do; absent where it is at once. */
  readonly from?: string | undefined;
}

/** Working days after a cutover in which its result is recorded [policy]. */
const cutoverRecordedWithin = 1;

function at(day: CalendarDate, hour: string): string {
  return instantAt(day, hour).toISOString();
}

/** A customer that has a place, and a blocking condition that no operator has set aside: looked at once it is overdue, four weeks before the cutover. */
function blockedWork(state: OnboardingState): OperatorWork | undefined {
  const { cutover } = state;
  const overdueAfter = blockingDueInWave(state);
  if (cutover === undefined || overdueAfter === undefined) return undefined;
  const [, from = ''] = [addDays(overdueAfter, 1), addDays(cutover, -conditionsDueInDays)].toSorted();
  return { kind: 'blocked', from: at(from, '00:00'), due: at(goNoGoDay(cutover), goNoGoHours.opens) };
}

/**
 * What the state of an onboarding asks of operators: the most pressing thing, if there are several. What has an item of
 * its own, an approval or an erasure asked for, is not among it.
 */
export function stateWork(state: OnboardingState): OperatorWork | undefined {
  const { stage, stageSince, run, wave, avoid = [], goInAdvance } = state;
  if (stage === 'CLOSED') return undefined;
  if (run.failedAt !== undefined) return { kind: 'failed_run', due: run.failedAt };
  // A place that is given up anyway has no gate.
  const cutover = wave !== undefined && avoid.includes(wave) ? undefined : state.cutover;
  const deadline = deadlineOf({ stage, openedAt: stageSince, activeAt: stageSince, cutover });
  if (stage === 'IN_REVIEW' && deadline !== undefined) return { kind: 'review', due: deadline };
  if (stage === 'GO_NO_GO' && deadline !== undefined) return { kind: 'go_no_go', due: deadline };
  const toRecord = cutoverToRecord(state);
  if (toRecord !== undefined) {
    const due = at(addWorkingDays(toRecord, cutoverRecordedWithin), endOfWork);
    return { kind: 'cutover', from: at(toRecord, '00:00'), due };
  }
  if (hasConfirmedWave(state) && goInAdvance?.lapsed !== undefined && deadline !== undefined) {
    return { kind: 'lapsed_go', due: deadline };
  }
  return blockedWork(state);
}

/** True once work is for operators to do. */
export function isTheirs({ from }: OperatorWork, now: Date): boolean {
  return from === undefined || Date.parse(from) <= now.getTime();
}

/** All that operators have to do about an onboarding now, the first to be due first. */
export function operatorWork(
  { state, wait, approval, erasureRequest }: Pick<Snapshot, 'state' | 'wait' | 'approval' | 'erasureRequest'>,
  now: Date,
): readonly OperatorWork[] {
  const due = stateWork(state);
  // What is decided stays in its stage until the workflow goes on.
  const own = due !== undefined && due.kind !== 'failed_run' && isDecided(state, wait) ? undefined : due;
  const found: readonly OperatorWork[] = [
    ...(own !== undefined && isTheirs(own, now) ? [own] : []),
    ...(approval?.status === 'waiting' && !isPastLimit(approval, now)
      ? [{ kind: 'approval', due: approval.until } as const]
      : []),
    ...(erasureRequest?.status === 'waiting' && state.erasure === undefined
      ? [{ kind: 'erasure', due: erasureRequest.until } as const]
      : []),
  ];
  return found.toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
}
