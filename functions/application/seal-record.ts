import type { Submission } from '../domain/onboarding/records.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import type { PublishedKey, Seal } from '../domain/record/seal.ts';
import {
  canonicalRecord,
  type SubmissionRecord,
  submissionRecord,
} from '../domain/record/submission-record.ts';
import { type SealKey, sealDigest, sealKeyId } from '../platform/seal-key.ts';
import type { Store } from '../store/store.ts';
import type { ApplicationDependencies } from './dependencies.ts';

export type SealDependencies = Pick<ApplicationDependencies, 'store' | 'clock' | 'platform'> & {
  readonly sealKey: SealKey;
};

/** A record with its seal and the key that verifies it. */
export interface SealedRecord {
  readonly record: SubmissionRecord;
  readonly seal: Seal;
  readonly key: PublishedKey;
}

/** A record was sealed by a key whose public half is not kept: the table was changed by hand. */
export class SealKeyMissingError extends Error {
  override readonly name = 'SealKeyMissingError';
}

/** What the records that are sealed are read with. */
export type SealedStore = Pick<SealDependencies, 'store' | 'platform'>;

/** The record of a submission, if it was sealed before. */
export async function recordBefore(
  { store, platform }: SealedStore,
  state: OnboardingState,
  submission: Submission,
): Promise<SealedRecord | undefined> {
  const record = submissionRecord({ state, submission, platform });
  const seal = await store.seals.find(sealDigest(canonicalRecord(record)));
  return seal === undefined ? undefined : { record, seal, key: await keyOf(store, seal) };
}

/**
 * The record of a submission with its seal, which is made when there is none yet: after the submission, or later where
 * that failed. A record is sealed once; of two calls at the same moment, both get the seal that was kept.
 */
export async function sealedRecord(
  dependencies: SealDependencies,
  state: OnboardingState,
  submission: Submission,
): Promise<SealedRecord> {
  const before = await recordBefore(dependencies, state, submission);
  if (before !== undefined) return before;
  const { store, platform } = dependencies;
  const record = submissionRecord({ state, submission, platform });
  const seal = await makeSeal(dependencies, Buffer.from(canonicalRecord(record)));
  return { record, seal, key: await keyOf(store, seal) };
}

async function keyOf({ seals }: Store, { keyId }: Seal): Promise<PublishedKey> {
  const key = (await seals.keys()).find(({ id }) => id === keyId);
  if (key === undefined) throw new SealKeyMissingError(`The key ${keyId} is not kept`);
  return key;
}

async function makeSeal({ store, clock, sealKey }: SealDependencies, message: Uint8Array): Promise<Seal> {
  const publicKey = await sealKey.publicKey();
  const [id, at] = [sealKeyId(publicKey), clock.now().toISOString()];
  // Before the seal: none may exist whose key is not published.
  await store.seals.keepKey({ id, publicKey, since: at });
  const signature = Buffer.from(await sealKey.sign(message)).toString('base64');
  return store.seals.keep({ digest: sealDigest(message), signature, keyId: id, at });
}

/** Seals the last submission of an onboarding. */
export async function sealSubmission(dependencies: SealDependencies, reference: string): Promise<void> {
  const { store } = dependencies;
  const [{ state }, submission] = await Promise.all([
    store.onboardings.now(reference),
    store.dossiers.submission(reference),
  ]);
  if (submission !== undefined) await sealedRecord(dependencies, state, submission);
}
