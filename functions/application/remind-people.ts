import { addDays, type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { type Draft, noDraft, presentAnswers } from '../domain/onboarding/draft.ts';
import { awaitedFrom } from '../domain/onboarding/own-questions.ts';
import type { Person } from '../domain/onboarding/people.ts';
import { awaitsAnswers, type PartDue, partReminderDue } from '../domain/onboarding/person-reminders.ts';
import { answersBefore } from '../domain/onboarding/records.ts';
import { isReminderTime, reminderHorizon } from '../domain/onboarding/reminder-time.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { remindOfPart } from '../domain/onboarding/transitions/remind-person.ts';
import { workingDayOnOrBefore } from '../domain/working-days.ts';
import type { PersonKey } from '../store/people.ts';
import { eachItem } from '../store/table.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

const pageSize = 100;

/** When someone has saved an answer last; undefined if never. */
function lastSaveOf({ saved }: Draft, id: string): string | undefined {
  return [...saved.values()]
    .filter(({ by }) => by === id)
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
}

/** What is due of someone's part; their answers are read only while they are awaited. */
async function dueOf(
  { store }: Dependencies,
  snapshot: Snapshot,
  person: Person,
  at: Date,
): Promise<PartDue> {
  const { reference } = snapshot.state;
  if (!awaitsAnswers(snapshot)) {
    return partReminderDue(snapshot, { person, left: 0, savedAt: undefined }, at);
  }
  const [draft = noDraft, submission] = await Promise.all([
    store.dossiers.draft(reference),
    store.dossiers.submission(reference),
  ]);
  const { answers } = presentAnswers(draft, submission);
  const left = awaitedFrom(person, snapshot.state, answersBefore(submission), answers).length;
  return partReminderDue(snapshot, { person, left, savedAt: lastSaveOf(draft, person.id) }, at);
}

async function remindPerson(dependencies: Dependencies, key: PersonKey): Promise<void> {
  const { store, clock } = dependencies;
  let later: { readonly person: Person; readonly day: CalendarDate | undefined } | undefined;
  await changeOnboarding(store, key.reference, async (snapshot) => {
    later = undefined;
    const person = await store.people.get(key.reference, key.id);
    if (person === undefined) return undefined;
    const at = clock.now();
    const due = await dueOf(dependencies, snapshot, person, at);
    if ('times' in due) return remindOfPart(person, due.times, at);
    later = { person, day: due.lookAgainOn };
    return undefined;
  });
  if (later !== undefined) await store.people.lookAgain(key, later.person, later.day);
}

interface PeopleRun {
  /** What could not be changed, to be thrown once everything else is done. */
  readonly failures: readonly unknown[];
  /** The first day on which someone may want a reminder; absent when no one is listed. */
  readonly next?: CalendarDate | undefined;
}

/**
 * Reminds those whom customers have named and who have not completed their part, before the next working day begins,
 * while reminders may be given. Safe to call at any time and any number of times.
 */
export async function remindPeople(dependencies: Dependencies): Promise<PeopleRun> {
  const { store, clock } = dependencies;
  const at = clock.now();
  const failures: unknown[] = [];
  const first = await store.people.firstLook();
  const upTo = addDays(calendarDateOf(reminderHorizon(at)), -1);
  if (first === undefined || first > upTo || !isReminderTime(at)) return { failures, next: dayOf(first) };
  const due = eachItem((page) => store.people.toLookAt(upTo, { limit: pageSize, ...page }));
  await inBatches(due, changesAtOnce, async (key) => {
    try {
      await unlessUnreadable(() => remindPerson(dependencies, key));
    } catch (error) {
      // One that cannot be changed delays no other.
      failures.push(error);
    }
  });
  return { failures, next: dayOf(await store.people.firstLook()) };
}

/** What falls due on another day is given on the working day before. */
function dayOf(first: CalendarDate | undefined): CalendarDate | undefined {
  return first === undefined ? undefined : workingDayOnOrBefore(first);
}
