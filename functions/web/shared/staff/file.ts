import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { StoredIntake, StoredResult } from '../../../store/dossiers.ts';
import type { OnboardingEvent } from '../../../store/onboardings.ts';
import type { Store } from '../../../store/store.ts';

/** Everything a page about one onboarding shows. The customer's answers are no part of it. */
export interface File {
  readonly now: Snapshot;
  readonly intake: StoredIntake;
  readonly result: StoredResult | undefined;
  readonly events: readonly OnboardingEvent[];
  /** Place on the waiting list, while it is on it and among those that are counted. */
  readonly rank: number | undefined;
}

export async function readFile(store: Store, now: Snapshot): Promise<File> {
  const { reference, stage } = now.state;
  const [intake, result, events, rank] = await Promise.all([
    store.dossiers.intake(reference),
    store.dossiers.result(reference),
    store.onboardings.events(reference),
    stage === 'WAITING_LIST' ? store.waitingList.rankOf(reference) : undefined,
  ]);
  return { now, intake, result, events, rank };
}
