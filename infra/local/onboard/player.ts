import type { WrittenKey } from '@onboarding/dynamodb-local';
import type { ApplicationDependencies } from '../../../functions/application/dependencies.ts';
import { BusinessError, InvalidInputError } from '../../../functions/domain/errors.ts';
import { partReferences } from '../../../functions/domain/onboarding/parts.ts';
import type { OnboardingState, Snapshot } from '../../../functions/domain/onboarding/state.ts';
import { hour } from '../../../functions/domain/time.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { type Move, nextMove, type Part } from './moves.ts';

/** Delay before a refused act is retried: the reason for the refusal may have passed. */
const tryAgainAfter = hour;
const mostRefusals = 5;
/** After the start all onboardings have changed; reading thousands at once would need too much memory. */
const lookedAtTogether = 50;

/** Plays the customers and the operators of a set of onboardings. */
export interface Player {
  /** Adds an onboarding to simulate. */
  watch(reference: string, part: Part): void;
  /** Called at every write, to find the changed onboarding. */
  noticed(written: readonly WrittenKey[]): void;
  /** Reads the onboardings changed since the last call and sets the timers of the next actions. */
  plan(
    dependencies: ApplicationDependencies & { readonly clock: VirtualClock },
  ): Promise<readonly OnboardingState[]>;
  /** References of unfinished onboardings. */
  open(): readonly string[];
  /** Refusals after which the simulation gave up, by reference. */
  refusals(): ReadonlyMap<string, BusinessError>;
}

interface Watched {
  readonly part: Part;
  /** Position in the file; acts of the same instant keep this order. */
  readonly order: number;
  cancel?: (() => void) | undefined;
  refused: number;
}

/** An onboarding that may have changed since it was last read. */
interface Changed {
  readonly reference: string;
  readonly watched: Watched;
}

/** An onboarding as it was read, and what is to be done about it. */
interface Seen extends Changed {
  readonly state: OnboardingState;
  readonly move: Move | undefined;
}

/**
 * True for an onboarding that was handed over, closed or failed: the run does not wait for further acts. One that was split
 * ends with the last of its parts, and a part once its cutover is recorded and hypercare is over.
 */
export function hasEnded({ run, stage, split, part }: OnboardingState): boolean {
  if (run.status === 'failed') return true;
  return split === undefined && part === undefined ? run.status !== 'running' : stage === 'CLOSED';
}

/** The onboarding whose state a write has changed; reminders and tokens require no action. */
function changedBy({ key }: WrittenKey): string | undefined {
  if (key['sk']?.S !== 'NOW#STATE') return undefined;
  const pk = key['pk']?.S ?? '';
  return pk.startsWith('ONB#') ? pk.slice('ONB#'.length) : undefined;
}

/** Creates a player whose work per change does not grow with the number of onboardings. */
export function createPlayer(): Player {
  const open = new Map<string, Watched>();
  const changed = new Set<string>();
  const refusals = new Map<string, BusinessError>();
  let order = 0;

  function arm(
    dependencies: ApplicationDependencies & { readonly clock: VirtualClock },
    { reference, watched, state, move }: Seen,
  ): void {
    watched.cancel?.();
    watched.cancel = undefined;
    if (hasEnded(state)) {
      open.delete(reference);
      return;
    }
    if (move === undefined || refusals.has(reference)) return;
    // Never at the current instant, so that acts come one by one, in the same order at each run.
    const soonest = dependencies.clock.now().getTime() + (watched.refused > 0 ? tryAgainAfter : 1);
    watched.cancel = dependencies.clock.setTimer(new Date(Math.max(move.at, soonest)), async () => {
      try {
        await move.act(dependencies, reference);
        watched.refused = 0;
      } catch (error) {
        if (!(error instanceof BusinessError)) throw error;
        watched.refused += 1;
        // Invalid answers stay invalid, so there is no retry.
        const hopeless = error instanceof InvalidInputError || watched.refused > mostRefusals;
        if (hopeless) refusals.set(reference, error);
      }
      changed.add(reference);
    });
  }

  const known = new Set<string>();
  function watch(reference: string, part: Part): void {
    if (known.has(reference)) return;
    known.add(reference);
    open.set(reference, { part, order: order++, refused: 0 });
    changed.add(reference);
  }

  return {
    watch,
    noticed: (written) => {
      for (const write of written) {
        const reference = changedBy(write);
        if (reference !== undefined && open.has(reference)) changed.add(reference);
      }
    },
    plan: async (dependencies) => {
      const toRead = [...changed].flatMap((reference) => {
        const watched = open.get(reference);
        return watched === undefined ? [] : [{ reference, watched }];
      });
      changed.clear();
      toRead.sort((a, b) => a.watched.order - b.watched.order);
      const found = await lookAtAll(dependencies, toRead);
      for (const seen of found) {
        for (const reference of partReferences(seen.state)) watch(reference, seen.watched.part);
        arm(dependencies, seen);
      }
      return found.map(({ state }) => state);
    },
    open: () => [...open.keys()],
    refusals: () => refusals,
  };
}

/** Reads the onboardings, some at a time, and returns them in the same order. */
async function lookAtAll(
  dependencies: ApplicationDependencies,
  all: readonly Changed[],
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (let from = 0; from < all.length; from += lookedAtTogether) {
    const some = all.slice(from, from + lookedAtTogether).map((one) => look(dependencies, one));
    seen.push(...(await Promise.all(some)));
  }
  return seen;
}

async function look({ store }: ApplicationDependencies, { reference, watched }: Changed): Promise<Seen> {
  const now: Snapshot = await store.onboardings.now(reference);
  const move = hasEnded(now.state) ? undefined : await nextMove(now, watched.part, store);
  return { reference, watched, state: now.state, move };
}
