import type { StoredIntake, StoredResult } from '../../../store/dossiers.ts';
import type { Now } from '../../../store/onboarding-state.ts';
import type { OnboardingEvent } from '../../../store/onboardings.ts';
import type { Store } from '../../../store/store.ts';

/** The data of the pages about one onboarding. The customer's answers are not part of it. */
export interface File {
  readonly now: Now;
  readonly intake: StoredIntake;
  readonly result: StoredResult | undefined;
  readonly events: readonly OnboardingEvent[];
  /** Position on the waiting list, if it is on it and within the counted range. */
  readonly rank: number | undefined;
}

export async function readFile(store: Store, now: Now): Promise<File> {
  const { reference, stage } = now.state;
  const [intake, result, events, rank] = await Promise.all([
    store.dossiers.intake(reference),
    store.dossiers.result(reference),
    store.onboardings.events(reference),
    stage === 'WAITING_LIST' ? store.waitingList.rankOf(reference) : undefined,
  ]);
  return { now, intake, result, events, rank };
}
