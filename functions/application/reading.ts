import type { IdentityCode } from '../domain/onboarding/identity-code.ts';
import { sharedByParts } from '../domain/onboarding/parts.ts';
import type { Person } from '../domain/onboarding/people.ts';
import { answersBefore } from '../domain/onboarding/records.ts';
import { wholeOf } from '../domain/onboarding/reference.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import type { Answers } from '../domain/questionnaire/answers.ts';
import type { Dossiers } from '../store/dossiers.ts';
import type { Store } from '../store/store.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { operatorNamed } from './operator-named.ts';

/** The data of one outbox entry's messages, read on first use and once for all of them. */
export interface Reading {
  now(): Promise<Snapshot>;
  intake(): ReturnType<Dossiers['intake']>;
  result(): ReturnType<Dossiers['result']>;
  /** The answers as they are now, whether submitted or not, and those in force before. */
  answers(): Promise<{ readonly answers: Answers; readonly before: Answers }>;
  /** Read each time: each mail may be for another one. */
  person(id: string): Promise<Person | undefined>;
  /** The code sent last to the contact, or to a person. */
  identityCode(person?: string): Promise<IdentityCode | undefined>;
  /** Mail address of the operator who owns the go/no-go of the onboarding's wave; undefined where no one does. */
  goNoGoOwner(at: Date): Promise<string | undefined>;
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read().catch((error: unknown) => {
      // A message after this one tries again.
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

/** An onboarding as it is now; a part with what its whole has by now of the organisation and of its contact. */
async function withWhole({ now }: Store['onboardings'], reference: string): Promise<Snapshot> {
  const snapshot = await now(reference);
  if (snapshot.state.part === undefined) return snapshot;
  const whole = await now(wholeOf(reference));
  return { ...snapshot, state: { ...snapshot.state, ...sharedByParts(whole.state) } };
}

/** Call it once the entry is known to be stored: the data is then at least as new as the change that wrote the entry. */
export function readingOf(
  { onboardings, dossiers, people, identityCodes, gateTasks, staff }: Store,
  reference: string,
): Reading {
  const now = once(() => withWhole(onboardings, reference));
  return {
    now,
    intake: once(() => dossiers.intake(reference)),
    result: once(() => dossiers.result(reference)),
    answers: once(async () => {
      // Loaded when it is needed: with the questionnaire.
      const { noDraft, presentAnswers } = await import('../domain/onboarding/draft.ts');
      const [draft = noDraft, submission] = await Promise.all([
        dossiers.draft(reference),
        dossiers.submission(reference),
      ]);
      return { answers: presentAnswers(draft, submission).answers, before: answersBefore(submission) };
    }),
    person: (id) => people.get(reference, id),
    identityCode: (person) => identityCodes.get(reference, person),
    goNoGoOwner: async (at) => {
      const { wave } = (await now()).state;
      if (wave === undefined) return undefined;
      const task = await unlessUnreadable(() => gateTasks.get(wave, 'GO_NO_GO'));
      if (task?.owner === undefined) return undefined;
      return operatorNamed(await staff.operators(at), task.owner)?.mail;
    },
  };
}
