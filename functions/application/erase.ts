import * as z from 'zod/mini';
import type { ErasureReason, OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import type { Links } from '../platform/links.ts';
import { closing } from '../store/decisions.ts';
import { dossierWrites } from '../store/dossiers.ts';
import { erasedText, erasureDigest, lookUpDeletions, withoutPersons } from '../store/erasures.ts';
import { type Actor, type Decided, firstBrokenEvent, system, type Transition } from '../store/onboardings.ts';
import type { CommandDependencies } from './dependencies.ts';

type Dependencies = Pick<CommandDependencies, 'store' | 'clock'> & { readonly links: Links };

const proofData = z.object({ kinds: z.array(z.string()), digest: z.string() });

/** What an erasure leaves in the history. */
export interface ErasureProof {
  readonly at: string;
  /** Kinds of data that were erased. */
  readonly kinds: readonly string[];
  /** Hash of what was left. */
  readonly digest: string;
}

/** What is found when an erasure is looked at again. */
export interface ErasureCheck {
  readonly proof?: ErasureProof;
  /** Kinds of data that are still there, or have come back. */
  readonly remaining: readonly string[];
  /** True when what is left is what the proof says. */
  readonly digestHolds: boolean;
  /** True when the history is whole. */
  readonly chainHolds: boolean;
  /** All of the above is as it should be. */
  readonly erased: boolean;
}

/** Kinds that have no item of their own, or whose item cannot be found from the onboarding afterwards. */
const alwaysErased = ['CONTACT', 'LINK', 'MAIL_LOOK_UP', 'NAME', 'NAME_LOOK_UP', 'OWNER'] as const;

/**
 * Erases what an onboarding holds of persons: its contact, answers, drafts, result, links, look-ups, the names of the
 * organisation and of its owner, and the reasons that people typed. What stays: the history with its codes, dates and
 * ids of staff, because it must be known who decided; SIREN, outcome, tier and conditions for statistics. An open
 * onboarding is closed first. May be cut off anywhere and called again, and is finished by the retention job if not.
 *
 * Mails that have left are out of reach; so are copies in backups until they expire.
 *
 * @throws OnboardingNotFoundError
 */
export async function eraseOnboarding(
  dependencies: Dependencies,
  reference: string,
  reason: ErasureReason,
  who: Actor,
): Promise<ErasureProof> {
  const { store, clock } = dependencies;
  await store.onboardings.change<void>(reference, async (now) =>
    asked(now, reason, who, clock.now().toISOString()),
  );
  const { state } = await store.onboardings.now(reference);
  if (state.erasure?.doneAt === undefined) {
    const kinds = await store.erasures.remaining(reference);
    await removeItems(dependencies, state);
    await store.onboardings.change<void>(reference, async ({ state: current }) => {
      if (current.erasure?.doneAt !== undefined) return { result: undefined };
      return { result: undefined, transition: await done(dependencies, current, kinds, who) };
    });
  }
  const proof = await proofOf(dependencies, reference);
  if (proof === undefined) throw new ErasureWithoutProofError('The history lacks the proof of the erasure');
  return proof;
}

/** The onboarding says that it was erased, and its history does not: somebody has changed the table by hand. */
export class ErasureWithoutProofError extends Error {
  override readonly name = 'ErasureWithoutProofError';
}

/** From here on the erasure is wanted, whatever happens to whoever carries it out. */
function asked(now: Snapshot, reason: ErasureReason, who: Actor, askedAt: string): Decided<void> {
  const { state } = now;
  if (state.erasure !== undefined) return { result: undefined };
  const erasure = { askedAt, reason };
  if (state.stage === 'CLOSED') {
    const happening = { type: 'ERASURE_ASKED', who, data: { reason } };
    return { result: undefined, transition: { onClosed: true, set: { erasure }, happening } };
  }
  // A customer that was handed over keeps the place it has used.
  const outcome = ['HANDED_OVER', 'CUT_OVER'].includes(state.stage) ? 'HANDED_OVER' : 'WITHDRAWN';
  const happening = { type: 'ERASURE_ASKED', who, data: { reason, outcome } };
  const { set, messages, ...rest } = closing(now, outcome, happening, 'WITHDRAWN');
  return {
    result: undefined,
    transition: {
      ...rest,
      set: { ...set, erasure },
      // Nobody is left to write to.
      messages: (messages ?? []).filter(({ kind }) => kind !== 'mail'),
    },
  };
}

async function removeItems(
  { store, links }: Dependencies,
  { reference, link }: OnboardingState,
): Promise<void> {
  await store.erasures.clear(reference);
  for (let generation = 1; generation <= link; generation += 1) {
    await store.erasures.deleteLink(await links.token(reference, generation));
  }
}

/** The look-ups can be found only while the address and the name are known: they go in the same transaction. */
async function done(
  { store, clock }: Dependencies,
  state: OnboardingState,
  kinds: readonly string[],
  who: Actor,
): Promise<Transition> {
  const { reference, erasure } = state;
  const intake = await store.dossiers.intake(reference);
  const left = withoutPersons(intake);
  const doneAt = clock.now().toISOString();
  return {
    onClosed: true,
    set: {
      name: erasedText,
      owner: erasedText,
      ...(erasure === undefined ? {} : { erasure: { ...erasure, doneAt } }),
    },
    happening: {
      type: 'PERSONAL_DATA_ERASED',
      who,
      data: {
        reason: erasure?.reason,
        doneAt,
        kinds: [...new Set([...kinds, ...alwaysErased])].sort(),
        digest: erasureDigest(reference, doneAt, left),
      },
    },
    writes: [dossierWrites.intake(reference, left), ...lookUpDeletions(state, intake)],
  };
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
 * Looks whether an erasure stands: nothing has remained or come back, what is left is what the proof says, and the
 * history is whole. Look-ups by name and address are keyed by what was erased and cannot be asked for.
 *
 * @throws OnboardingNotFoundError
 */
export async function verifyErasure(
  { store }: Pick<Dependencies, 'store'>,
  reference: string,
): Promise<ErasureCheck> {
  const { state } = await store.onboardings.now(reference);
  const [proof, remaining, events, intake] = await Promise.all([
    proofOf({ store }, reference),
    store.erasures.remaining(reference),
    store.onboardings.events(reference),
    store.dossiers.intake(reference),
  ]);
  const doneAt = state.erasure?.doneAt;
  const digestHolds = doneAt !== undefined && proof?.digest === erasureDigest(reference, doneAt, intake);
  const chainHolds = firstBrokenEvent(events) === undefined;
  const named = state.name !== erasedText || state.owner !== erasedText;
  return {
    ...(proof === undefined ? {} : { proof }),
    remaining: [...remaining, ...(named ? ['NAME'] : [])],
    digestHolds,
    chainHolds,
    erased: digestHolds && chainHolds && remaining.length === 0 && !named,
  };
}

/**
 * Finishes an erasure that was cut off; looks at a finished one once more, because somebody may have been saving a page
 * at that very moment, and notes that it stands.
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
  await store.onboardings.change<void>(reference, async ({ state: current }) => {
    const { erasure } = current;
    if (erasure === undefined || erasure.checkedAt !== undefined) return { result: undefined };
    return {
      result: undefined,
      transition: {
        onClosed: true,
        set: { erasure: { ...erasure, checkedAt: clock.now().toISOString() } },
        happening: { type: 'ERASURE_CHECKED', who: system, data: { cameBack: [...cameBack] } },
      },
    };
  });
}
