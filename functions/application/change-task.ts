import { InvalidInputError, TaskChangedError, WaveChangeRefusedError } from '../domain/errors.ts';
import type { FieldProblem } from '../domain/input/field-problem.ts';
import { readParagraph } from '../domain/input/paragraph.ts';
import { showsNothing } from '../domain/input/plain-text.ts';
import { longestNote } from '../domain/input/problem-texts.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import type { Text } from '../domain/text.ts';
import { isTickedByHand, mayChangeTasks } from '../domain/waves/gate-tasks.ts';
import { type Gate, type Wave, waveStateLabels } from '../domain/waves/wave.ts';
import type { StoredTask, TaskFacts } from '../store/gate-tasks.ts';
import type { StaffMember } from '../store/staff.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { findWave } from './find-wave.ts';
import { operatorWithMail, unknownOperator } from './operator-named.ts';
import { gateOf } from './read-tasks.ts';

const changeAttempts = 8;

/** What an operator may change of a task; what is absent stays as it is. */
export interface TaskChange {
  /** Mail of the owner; null for the operators' shared address. */
  readonly owner?: string | null | undefined;
  readonly done?: boolean | undefined;
  /** Null, or a text that shows nothing, removes it. */
  readonly note?: string | null | undefined;
  /** The version of the task that the change is based on. */
  readonly version?: number | undefined;
}

export const taskLabels = {
  owner: { fr: 'Responsable', en: 'Owner' },
  done: { fr: 'Faite', en: 'Done' },
  note: { fr: 'Note', en: 'Note' },
} as const satisfies Readonly<Record<string, Text>>;

type Read<Value> = { readonly value: Value } | { readonly problems: readonly FieldProblem[] };

function readOwner(
  { owner }: TaskChange,
  before: TaskFacts,
  operators: readonly StaffMember[],
): Read<string | undefined> {
  if (owner === undefined) return { value: before.owner };
  if (owner === null) return { value: undefined };
  const found = operatorWithMail(owner, operators);
  if (found !== undefined) return { value: found.subject };
  return { problems: [unknownOperator('owner', taskLabels.owner)] };
}

function readNote({ note }: TaskChange, before: TaskFacts): Read<string | undefined> {
  if (note === undefined) return { value: before.note };
  if (note === null || showsNothing(note)) return { value: undefined };
  return readParagraph(note, { field: 'note', label: taskLabels.note, most: longestNote });
}

function readDone(
  { done }: TaskChange,
  before: TaskFacts,
  gate: Gate,
  act: NonNullable<TaskFacts['done']>,
): Read<TaskFacts['done']> {
  if (done === undefined) return { value: before.done };
  if (isTickedByHand(gate)) return { value: done ? (before.done ?? act) : undefined };
  const message = {
    fr: `${taskLabels.done.fr} : ce jalon suit ce qui est enregistré client par client ; il ne se coche pas.`,
    en: `${taskLabels.done.en}: this gate follows what is recorded customer by customer; it is not ticked.`,
  };
  return { problems: [{ field: 'done', code: 'not_expected', message }] };
}

/** Which of the fields the change asks for, for a refusal of all of it. */
function firstField({ owner, done }: TaskChange): string {
  if (owner !== undefined) return 'owner';
  return done === undefined ? 'note' : 'done';
}

function assertOpen(wave: Wave, change: TaskChange): void {
  if (mayChangeTasks(wave)) return;
  const label = waveStateLabels[wave.state];
  throw new WaveChangeRefusedError(
    {
      fr: `Les tâches de cette vague ne changent plus (« ${label.fr} »).`,
      en: `The tasks of this wave no longer change (“${label.en}”).`,
    },
    firstField(change),
  );
}

function isSame(one: TaskFacts, other: TaskFacts): boolean {
  return (
    one.owner === other.owner &&
    one.note === other.note &&
    (one.done === undefined) === (other.done === undefined)
  );
}

interface Asked {
  readonly change: TaskChange;
  readonly gate: Gate;
  readonly operators: readonly StaffMember[];
  readonly act: NonNullable<TaskFacts['done']>;
}

/** The task as a change would leave it. @throws InvalidInputError */
function changed(before: StoredTask, { change, gate, operators, act }: Asked): TaskFacts {
  const owner = readOwner(change, before, operators);
  const done = readDone(change, before, gate, act);
  const note = readNote(change, before);
  if ('problems' in owner || 'problems' in done || 'problems' in note) {
    throw new InvalidInputError(
      [owner, done, note].flatMap((each) => ('problems' in each ? each.problems : [])),
    );
  }
  return { owner: owner.value, done: done.value, note: note.value };
}

/** A task as it is, and as a change would leave it. */
interface Foreseen {
  readonly wave: Wave;
  readonly before: StoredTask;
  readonly after: TaskFacts;
}

/**
 * What a change would do, without doing it.
 *
 * @throws WaveNotFoundError, TaskNotFoundError, UnreadableItemError
 * @throws InvalidInputError when no operator has the owner's mail, the note is too long, or the gate is not ticked.
 */
export async function checkTaskChange(
  dependencies: ApplicationDependencies,
  id: string,
  code: string,
  change: TaskChange,
  actor: Actor,
): Promise<Foreseen> {
  const { store, clock } = dependencies;
  const wave = await findWave(dependencies, id);
  const gate = gateOf(wave, code);
  const now = clock.now();
  const [before, operators] = await Promise.all([
    store.gateTasks.get(wave.id, gate.code),
    store.staff.operators(now),
  ]);
  const act = { at: now.toISOString(), actor };
  return { wave, before, after: changed(before, { change, gate, operators, act }) };
}

/**
 * Changes the owner of a task and its note, ticks it as done or opens it again. What is as asked already stays as it is,
 * without a second entry in its history, whichever version the change names.
 *
 * @throws what `checkTaskChange` throws.
 * @throws WaveChangeRefusedError when the wave is done or cancelled.
 * @throws TaskChangedError when it no longer has the version that the change names, or kept changing meanwhile.
 */
export async function changeTask(
  dependencies: ApplicationDependencies,
  id: string,
  code: string,
  change: TaskChange,
  actor: Actor,
): Promise<void> {
  for (let attempt = 1; attempt <= changeAttempts; attempt += 1) {
    const { wave, before, after } = await checkTaskChange(dependencies, id, code, change, actor);
    if (isSame(before, after)) return;
    assertOpen(wave, change);
    if (change.version !== undefined && change.version !== before.version) throw new TaskChangedError();
    if (await dependencies.store.gateTasks.replace(wave, before, after, actor)) return;
  }
  throw new TaskChangedError();
}
