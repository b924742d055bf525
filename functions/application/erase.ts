import * as z from 'zod/mini';
import { ActsOnWholeError } from '../domain/errors.ts';
import { type Actor, system } from '../domain/onboarding/actor.ts';
import { brokenHistory } from '../domain/onboarding/audit-check.ts';
import { wholeOf } from '../domain/onboarding/reference.ts';
import type { ErasureReason, OnboardingState } from '../domain/onboarding/state.ts';
import {
  askForErasure,
  checkErasure,
  closeForErasure,
  erase,
  erasedText,
  erasePart,
} from '../domain/onboarding/transitions/erasure.ts';
import type { Links } from '../platform/links.ts';
import { erasureDigest, withoutPersons } from '../store/erasures.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { partsOf } from './read-parts.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'> & { readonly links: Links };

const proofData = z.object({ kinds: z.array(z.string()), digest: z.string() });

/** The proof of an erasure, recorded in the history. */
export interface ErasureProof {
  readonly at: string;
  /** Kinds of data that were erased. */
  readonly kinds: readonly string[];
  /** Hash of the remaining data. */
  readonly digest: string;
}

/** The result of checking an erasure. */
export interface ErasureCheck {
  readonly proof?: ErasureProof;
  /** Kinds of data that remain or have come back. */
  readonly remaining: readonly string[];
  /** True if the remaining data matches the proof. */
  readonly digestHolds: boolean;
  /** True if the hash chain of the history is unbroken. */
  readonly chainHolds: boolean;
  /** True if all of the above hold. */
  readonly erased: boolean;
}

/** Kinds that have no item of their own, or whose item cannot be found from the onboarding afterwards. */
const alwaysErased = ['CONTACT', 'LINK', 'MAIL_LOOK_UP', 'NAME', 'NAME_LOOK_UP', 'OWNER'] as const;

/**
 * Erases what an onboarding holds of persons: its contact, answers, drafts, result, links, look-ups, its contract, the names
 * of the organisation, of its scope and of its owner, and the reasons that people typed. What stays: the history with its
 * codes, dates and
 * ids of staff, because it must be known who decided; SIREN, outcome, tier and conditions for statistics. An open
 * onboarding is closed first. Safe to repeat after an interruption; otherwise the retention job finishes it.
 *
 * Mails that were sent are out of reach; so are copies in backups until they expire.
 *
 * @throws OnboardingNotFoundError
 * @throws ActsOnWholeError for a part: it is erased with its whole.
 */
export async function eraseOnboarding(
  dependencies: Dependencies,
  reference: string,
  reason: ErasureReason,
  actor: Actor,
): Promise<ErasureProof> {
  const { store, clock } = dependencies;
  const whole = wholeOf(reference);
  if (whole !== reference) throw new ActsOnWholeError(whole);
  await changeOnboarding(store, reference, (snapshot) => askForErasure(snapshot, reason, actor, clock.now()));
  const { state } = await store.onboardings.now(reference);
  if (state.erasure?.doneAt === undefined) {
    await eraseParts(dependencies, state, reason);
    const inState = state.contract === undefined ? [] : ['CONTRACT'];
    const kinds = [...(await store.erasures.remaining(reference)), ...inState];
    await removeItems(dependencies, state);
    await changeOnboarding(store, reference, async ({ state: current }) => {
      const before = await store.dossiers.intake(reference);
      const left = withoutPersons(before);
      const doneAt = clock.now().toISOString();
      const erased = {
        kinds: [...new Set([...kinds, ...alwaysErased])].sort(),
        digest: erasureDigest(reference, doneAt, left),
      };
      return erase(current, { ...erased, before, left }, actor, doneAt);
    });
  }
  const proof = await proofOf(dependencies, reference);
  if (proof === undefined) throw new ErasureWithoutProofError('The history lacks the proof of the erasure');
  return proof;
}

/** The state records an erasure and the history has no proof of it: the table was changed by hand. */
export class ErasureWithoutProofError extends Error {
  override readonly name = 'ErasureWithoutProofError';
}

/** What the parts of a split onboarding hold beside it goes first: the proof of the whole is that of all. */
async function eraseParts(
  { store, clock }: Dependencies,
  whole: OnboardingState,
  reason: ErasureReason,
): Promise<void> {
  const { reference } = whole;
  for (const { state } of await partsOf(store, whole)) {
    await changeOnboarding(store, state.reference, closeForErasure);
    await store.erasures.clear(state.reference);
    await changeOnboarding(store, state.reference, (now) =>
      erasePart(now.state, { reference, reason }, clock.now()),
    );
  }
}

async function removeItems(
  { store, links }: Dependencies,
  { reference, link }: OnboardingState,
): Promise<void> {
  // The links of persons are found by their items: those go last.
  for (const person of await store.people.of(reference)) {
    for (let generation = 1; generation <= person.generation; generation += 1) {
      await store.erasures.deleteLink(await links.token(reference, generation, person.id));
    }
  }
  await store.erasures.clear(reference);
  for (let generation = 1; generation <= link; generation += 1) {
    await store.erasures.deleteLink(await links.token(reference, generation));
  }
}

async function proofOf(
  { store }: Pick<Dependencies, 'store'>,
  reference: string,
): Promise<ErasureProof | undefined> {
  const event = (await store.onboardings.events(reference)).findLast(
    ({ type }) => type === 'PERSONAL_DATA_ERASED',
  );
  return event === undefined ? undefined : { at: event.at, ...z.parse(proofData, event.data) };
}

/**
 * Verifies an erasure: no erased data remains or has come back, the remaining data matches the proof, and the history
 * is unbroken. Look-ups by name and address cannot be verified: their keys were erased.
 *
 * @throws OnboardingNotFoundError
 */
export async function verifyErasure(
  { store }: Pick<Dependencies, 'store'>,
  reference: string,
): Promise<ErasureCheck> {
  const { state } = await store.onboardings.now(reference);
  const of = [reference, ...(await partsOf(store, state)).map((part) => part.state.reference)];
  const [proof, left, events, intake] = await Promise.all([
    proofOf({ store }, reference),
    Promise.all(of.map((each) => store.erasures.remaining(each))),
    store.onboardings.events(reference),
    store.dossiers.intake(reference),
  ]);
  const remaining = [...new Set(left.flat())];
  const doneAt = state.erasure?.doneAt;
  const digestHolds = doneAt !== undefined && proof?.digest === erasureDigest(reference, doneAt, intake);
  // The state was read first: what has happened since is not its own.
  const own = events.filter(({ number }) => number <= state.version);
  const chainHolds = brokenHistory(state, own) === undefined;
  const named = state.name !== erasedText || state.owner !== erasedText || state.scope !== undefined;
  return {
    ...(proof === undefined ? {} : { proof }),
    remaining: [
      ...remaining,
      ...(named ? ['NAME'] : []),
      ...(state.contract === undefined ? [] : ['CONTRACT']),
    ],
    digestHolds,
    chainHolds,
    erased: digestHolds && chainHolds && remaining.length === 0 && !named && state.contract === undefined,
  };
}

/**
 * Finishes an interrupted erasure; checks a finished one once more, because a page may have been saved during it, and
 * records the check.
 */
export async function finishErasure(dependencies: Dependencies, reference: string): Promise<void> {
  const { store, clock } = dependencies;
  const { state } = await store.onboardings.now(reference);
  if (state.erasure === undefined || state.erasure.checkedAt !== undefined) return;
  if (state.erasure.doneAt === undefined) {
    await eraseOnboarding(dependencies, reference, state.erasure.reason, system);
    return;
  }
  const cameBack = await store.erasures.remaining(reference);
  await removeItems(dependencies, state);
  await changeOnboarding(store, reference, ({ state: current }) =>
    checkErasure(current, cameBack, clock.now()),
  );
}
