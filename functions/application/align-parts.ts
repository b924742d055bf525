import { partReferences } from '../domain/onboarding/parts.ts';
import { wholeOf } from '../domain/onboarding/reference.ts';
import type { OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import * as transitions from '../domain/onboarding/transitions/parts.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { partsOf } from './read-parts.ts';

function alignPart(part: Snapshot, whole: OnboardingState) {
  return whole.stage === 'CLOSED'
    ? transitions.endWithWhole(part, whole)
    : transitions.followWhole(part, whole);
}

/** The parts, of which those that have not begun do. Another call may begin them first, with what the whole was before. */
async function begunParts(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  whole: OnboardingState,
): Promise<readonly Snapshot[]> {
  const parts = await partsOf(store, whole);
  const begun = new Set(parts.map(({ state }) => state.reference));
  const missing = [...partReferences(whole).entries()].filter(([, reference]) => !begun.has(reference));
  if (missing.length === 0) return parts;
  if (whole.stage === 'CLOSED') {
    // None begins any more: their scopes may be started by themselves.
    for (const [index, reference] of missing) {
      await store.starts.freeReserved(whole.siren, { reference, scope: whole.split?.parts[index]?.scope });
    }
  }
  if (whole.stage !== 'IN_PARTS') return parts;
  for (const [index] of missing) {
    await store.starts.createPart(transitions.startPart(whole, index + 1, clock.now()));
  }
  return partsOf(store, whole);
}

/**
 * Brings a split onboarding and its parts up to date with each other: parts that have not begun do, each has what it shares
 * with the whole, they end with a whole that has ended, and the whole ends with its last part. Safe to repeat, and to call
 * for either side.
 */
export async function alignParts(
  dependencies: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
): Promise<void> {
  const { store } = dependencies;
  const whole = await store.onboardings.now(wholeOf(reference));
  const parts = await begunParts(dependencies, whole.state);
  for (const part of parts) {
    if (alignPart(part, whole.state) === undefined) continue;
    await changeOnboarding(store, part.state.reference, async (snapshot) => {
      // Read after the part: of two calls at the same time, the one that wrote what is older now has to read again.
      const { state: present } = await store.onboardings.now(whole.state.reference);
      return alignPart(snapshot, present);
    });
  }
  const states = parts.map(({ state }) => state);
  if (transitions.endWithLastPart(whole, states) === undefined) return;
  await changeOnboarding(store, whole.state.reference, (snapshot) =>
    transitions.endWithLastPart(snapshot, states),
  );
}
