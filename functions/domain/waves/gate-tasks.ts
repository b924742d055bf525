import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import { type Gate, gatesOf, type Wave } from './wave.ts';

/** The gates that an operator ticks as done; the others follow from what is recorded customer by customer. */
const ticked: readonly Gate['code'][] = [
  'SCHEDULE',
  'FIRST_MEETING',
  'FIRST_NOTICE',
  'SECOND_MEETING',
  'SECOND_NOTICE',
];

export function isTickedByHand({ code }: Pick<Gate, 'code'>): boolean {
  return ticked.includes(code);
}

/** The tasks of a finished or cancelled wave stay as they are. */
export function mayChangeTasks({ state }: Pick<Wave, 'state'>): boolean {
  return state !== 'DONE' && state !== 'CANCELLED';
}

export const taskStates = ['open', 'overdue', 'by_customer', 'done', 'not_done'] as const;
/** `by_customer`: what is recorded of the wave alone does not say it; `not_done`: the wave ended with the task open. */
export type TaskState = (typeof taskStates)[number];

export const taskStateLabels: Readonly<Record<TaskState, Text>> = {
  open: { fr: 'À faire', en: 'To do' },
  overdue: { fr: 'En retard', en: 'Overdue' },
  by_customer: { fr: 'Client par client', en: 'By customer' },
  done: { fr: 'Faite', en: 'Done' },
  not_done: { fr: 'Non faite', en: 'Not done' },
};

/** Whether the cutovers of a wave are recorded; `unknown` when not every customer was looked at. */
export type CutoversRecorded = 'all' | 'some_missing' | 'unknown';

interface TaskFacts {
  /** Whether an operator has ticked it. */
  readonly isTicked: boolean;
  readonly cutovers: CutoversRecorded;
  readonly today: CalendarDate;
}

function isDone({ code }: Gate, { state }: Pick<Wave, 'state'>, { isTicked, cutovers }: TaskFacts): boolean {
  switch (code) {
    case 'GO_NO_GO':
      return state === 'RUNNING' || state === 'DONE';
    case 'CUTOVER':
      return state === 'DONE' || cutovers === 'all';
    case 'HYPERCARE_END':
      return state === 'DONE';
    default:
      return isTicked;
  }
}

/**
 * The state of the task of a gate on a day. The go/no-go is never overdue: each customer's decision has its own time,
 * and its own reminders.
 */
export function taskStateOf(gate: Gate, wave: Pick<Wave, 'state'>, facts: TaskFacts): TaskState {
  if (isDone(gate, wave, facts)) return 'done';
  if (!mayChangeTasks(wave)) return 'not_done';
  if (gate.code === 'GO_NO_GO') return 'by_customer';
  if (gate.code === 'CUTOVER' && facts.cutovers === 'unknown') return 'by_customer';
  return gate.date < facts.today ? 'overdue' : 'open';
}

/** Days before its first gate from which a wave's tasks are in the overview. */
const daysAhead = 7;
/** Days after its cutover up to which a wave that never began is. */
const daysBack = 7;

/**
 * The waves whose tasks are under way on a day: from a week before their first gate until they end. A wave that never
 * began is left out a week after its cutover.
 */
export function wavesWithTasks<W extends Wave>(waves: readonly W[], today: CalendarDate): readonly W[] {
  return waves.filter((wave) => {
    const [first] = gatesOf(wave);
    if (first === undefined || !mayChangeTasks(wave)) return false;
    if (wave.state === 'RUNNING') return true;
    return first.date <= addDays(today, daysAhead) && addDays(today, -daysBack) <= wave.cutover;
  });
}
