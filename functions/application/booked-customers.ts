import { type BlockingCondition, openAtCutover } from '../domain/onboarding/blocking-conditions.ts';
import { contractMissing } from '../domain/onboarding/contract.ts';
import { answersInForce } from '../domain/onboarding/records.ts';
import { type OpenRemediation, openRemediation } from '../domain/onboarding/remediation.ts';
import type { Booking, Snapshot } from '../domain/onboarding/state.ts';
import type { Wave } from '../domain/waves/wave.ts';
import type { LatestDossier } from '../store/dossiers.ts';
import type { PageRequest } from '../store/lists.ts';
import type { Page } from '../store/table.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** What is not settled before the cutover of a customer. */
export interface OpenMatters {
  readonly conditions: readonly BlockingCondition[];
  readonly contractMissing: boolean;
  readonly remediation: readonly OpenRemediation[];
}

/** A customer with a place in a wave. */
export interface BookedCustomer {
  readonly snapshot: Snapshot;
  readonly booking: Booking;
  readonly open: OpenMatters;
  /** Whether its answers and its result could be read: without them, more may be open. */
  readonly known: boolean;
}

type Reading = Pick<ApplicationDependencies, 'store' | 'platform'>;

function openMatters(
  { platform }: Reading,
  { state }: Snapshot,
  { cutover }: Booking,
  { submission, result }: LatestDossier,
): OpenMatters {
  return {
    conditions: result === undefined ? [] : openAtCutover(result, cutover),
    contractMissing: contractMissing(platform, state),
    remediation: submission === undefined ? [] : openRemediation(answersInForce(submission), state, cutover),
  };
}

/** A page of the customers with a place in a wave, each with what is open; 50 take one query and three batches. */
export async function bookedCustomers(
  reading: Reading,
  { id }: Pick<Wave, 'id'>,
  page: PageRequest,
): Promise<Page<BookedCustomer>> {
  const { snapshots, dossiers } = reading.store;
  const { items, ...rest } = await snapshots.byWave(id, page);
  // The list may be older than the place of one that has just left the wave.
  const placed = items.flatMap((snapshot) => {
    const { booking } = snapshot;
    return booking?.wave === id ? [{ snapshot, booking }] : [];
  });
  const files = await dossiers.latest(placed.map(({ snapshot }) => snapshot.state.reference));
  return {
    ...rest,
    items: placed.map(({ snapshot, booking }) => {
      const file = files.get(snapshot.state.reference) ?? {};
      return {
        ...{ snapshot, booking },
        open: openMatters(reading, snapshot, booking, file),
        known: file.submission !== undefined && file.result !== undefined,
      };
    }),
  };
}
