import { calendarDateOf } from '../domain/calendar-date.ts';
import { TaskNotFoundError } from '../domain/errors.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import {
  type CutoversRecorded,
  isTickedByHand,
  type TaskState,
  taskStateOf,
  wavesWithTasks,
} from '../domain/waves/gate-tasks.ts';
import { type Gate, gatesOf, inCalendarOrder, type Wave } from '../domain/waves/wave.ts';
import type { StoredTask, TaskFacts } from '../store/gate-tasks.ts';
import type { KnownOperator } from '../store/staff.ts';
import type { StoredWave } from '../store/waves.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { findWave } from './find-wave.ts';
import { operatorNamed } from './operator-named.ts';
import { readExit, type WaveExit } from './read-exit.ts';

type Reader = Pick<ApplicationDependencies, 'store' | 'clock' | 'platform'>;

/** The task of a gate as it stands today. */
export interface GateTask extends Omit<TaskFacts, 'owner'> {
  readonly gate: Gate;
  readonly state: TaskState;
  /** Absent for the operators' shared address, which takes over from an owner who is no operator any more. */
  readonly owner: KnownOperator | undefined;
  readonly version: number;
}

/** What was read for the tasks of a wave. */
export interface TaskFile {
  readonly stored: readonly StoredTask[];
  readonly operators: readonly KnownOperator[];
  /** Keys of the tasks that this release cannot read. */
  readonly unreadable: readonly string[];
}

/** Reads what is stored of a wave's tasks, and who may own them; nothing for a preparation wave. */
export async function readTaskFile(
  { store, clock }: Pick<Reader, 'store' | 'clock'>,
  { id, kind }: Wave,
): Promise<TaskFile> {
  if (kind === 'PREPARATION') return { stored: [], operators: [], unreadable: [] };
  const [{ items, unreadable }, operators] = await Promise.all([
    store.gateTasks.of(id),
    store.staff.operators(clock.now()),
  ]);
  return { stored: items, operators, unreadable };
}

function cutoversRecorded(exit: WaveExit | undefined): CutoversRecorded {
  if (exit === undefined || exit.tally.toRecord > 0) return 'some_missing';
  return exit.isWhole && exit.known ? 'all' : 'unknown';
}

interface OfWave {
  readonly wave: Wave;
  readonly exit: WaveExit | undefined;
  readonly today: string;
}

function taskOf(
  gate: Gate,
  { owner, note, done, version }: StoredTask,
  operators: readonly KnownOperator[],
  { wave, exit, today }: OfWave,
): GateTask {
  const facts = { isTicked: done !== undefined, cutovers: cutoversRecorded(exit), today };
  return {
    gate,
    state: taskStateOf(gate, wave, facts),
    owner: operatorNamed(operators, owner),
    ...{ note, done, version },
  };
}

/** The tasks of a wave, by date, without those that cannot be read. */
export function tasksOf({ stored, operators, unreadable }: TaskFile, ofWave: OfWave): readonly GateTask[] {
  return gatesOf(ofWave.wave)
    .filter(({ code }) => !unreadable.some((key) => key.endsWith(`#${code}`)))
    .map((gate) => {
      const { code } = gate;
      const found = stored.find((task) => task.code === code) ?? { code, version: 0 };
      return taskOf(gate, found, operators, ofWave);
    });
}

/** A task with its wave, and those who may own it. */
export interface ShownTask {
  readonly wave: StoredWave;
  readonly task: GateTask;
  readonly isTicked: boolean;
  readonly operators: readonly KnownOperator[];
}

/** The gate of a wave with a code. @throws TaskNotFoundError */
export function gateOf(wave: Wave, code: string): Gate {
  const gate = gatesOf(wave).find((known) => known.code === code);
  if (gate === undefined) throw new TaskNotFoundError();
  return gate;
}

/**
 * Reads one task.
 *
 * @throws WaveNotFoundError, TaskNotFoundError, UnreadableItemError
 */
export async function readTask(dependencies: Reader, id: string, code: string): Promise<ShownTask> {
  const { store, clock } = dependencies;
  const wave = await findWave(dependencies, id);
  const gate = gateOf(wave, code);
  const [stored, operators, exit] = await Promise.all([
    store.gateTasks.get(wave.id, gate.code),
    store.staff.operators(clock.now()),
    gate.code === 'CUTOVER' ? readExit(dependencies, wave) : undefined,
  ]);
  const task = taskOf(gate, stored, operators, { wave, exit, today: calendarDateOf(clock.now()) });
  return { wave, task, isTicked: isTickedByHand(gate), operators };
}

/** Waves whose tasks are read for the overview, at most. */
export const mostWaves = 30;

export interface TaskOverview {
  /** Overdue first, then by date. */
  readonly rows: readonly { readonly wave: Wave; readonly task: GateTask }[];
  /** Waves that were not looked at, because there are too many. */
  readonly wavesLeftOut: number;
  /** Waves and tasks that this release cannot read. */
  readonly unreadable: readonly string[];
}

/** The tasks of all waves that are under way. */
export async function readTaskOverview(dependencies: Reader): Promise<TaskOverview> {
  const { store, clock, platform } = dependencies;
  const today = calendarDateOf(clock.now());
  const [calendar, operators] = await Promise.all([
    store.waves.wholeCalendar(siteCodes(platform)),
    store.staff.operators(clock.now()),
  ]);
  const underWay = inCalendarOrder(wavesWithTasks(calendar.items, today), platform);
  const read = await Promise.all(
    underWay.slice(0, mostWaves).map(async (wave) => {
      const [{ items, unreadable }, exit] = await Promise.all([
        store.gateTasks.of(wave.id),
        readExit(dependencies, wave),
      ]);
      const tasks = tasksOf({ stored: items, operators, unreadable }, { wave, exit, today });
      return {
        rows: tasks.map((task) => ({ wave, task })),
        unreadable: unreadable.map((key) => `${wave.id} ${key}`),
      };
    }),
  );
  const late = ({ task }: { readonly task: GateTask }) => Number(task.state === 'overdue');
  const rows = read
    .flatMap((each) => each.rows)
    .toSorted(
      (one, other) =>
        late(other) - late(one) ||
        one.task.gate.date.localeCompare(other.task.gate.date) ||
        one.wave.id.localeCompare(other.wave.id),
    );
  return {
    rows,
    wavesLeftOut: Math.max(0, underWay.length - mostWaves),
    unreadable: [...calendar.unreadable, ...read.flatMap((each) => each.unreadable)],
  };
}
