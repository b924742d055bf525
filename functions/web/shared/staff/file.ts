import { partsOf } from '../../../application/read-parts.ts';
import type { RecordedEvent } from '../../../domain/onboarding/audit-chain.ts';
import type { Interview } from '../../../domain/onboarding/interviews.ts';
import type { Person } from '../../../domain/onboarding/people.ts';
import type { IntakeRecord, RecordedLetter, ResultRecord } from '../../../domain/onboarding/records.ts';
import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { Store } from '../../../store/store.ts';

/** The data of the pages about one onboarding. The customer's answers are not part of it. */
export interface File {
  readonly now: Snapshot;
  readonly intake: IntakeRecord;
  readonly result: ResultRecord | undefined;
  readonly events: readonly RecordedEvent[];
  /** Those whom the customer has named, also those who were revoked. */
  readonly people: readonly Person[];
  readonly interviews: readonly Interview[];
  /** The signed letter that attests the last submission, if one does. */
  readonly letter: RecordedLetter | undefined;
  /** Position on the waiting list, if it is on it and within the counted range. */
  readonly rank: number | undefined;
  /** What the customer wants to talk about, while it talks first and if it says. */
  readonly matter: string | undefined;
  /** The parts that it was split into; none otherwise. */
  readonly parts: readonly Snapshot[];
}

export async function readFile(store: Store, now: Snapshot): Promise<File> {
  const { reference, stage, persons, talk, interviews: begun } = now.state;
  const [intake, result, events, people, rank, matter, interviews, submission, parts] = await Promise.all([
    store.dossiers.intake(reference),
    store.dossiers.result(reference),
    store.onboardings.events(reference),
    persons === undefined ? [] : store.people.of(reference),
    stage === 'WAITING_LIST' ? store.waitingList.rankOf(now.state) : undefined,
    talk === undefined ? undefined : store.dossiers.matter(reference),
    begun === undefined ? [] : store.interviews.of(reference),
    begun === undefined ? undefined : store.dossiers.submission(reference),
    partsOf(store, now.state),
  ]);
  const letter = submission?.circumstances?.letter;
  return { now, intake, result, events, people, rank, matter, interviews, letter, parts };
}
