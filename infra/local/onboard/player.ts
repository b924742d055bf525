import type { WrittenKey } from '@onboarding/dynamodb-local';
import type { ApplicationDependencies } from '../../../functions/application/dependencies.ts';
import { BusinessError, InvalidInputError } from '../../../functions/domain/errors.ts';
import type { OnboardingState, Snapshot } from '../../../functions/domain/onboarding/state.ts';
import { hour } from '../../../functions/domain/time.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { nextMove, type Part } from './moves.ts';

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

/** True for an onboarding that was handed over, closed or failed: the run does not wait for further acts. */
export function hasEnded({ run }: OnboardingState): boolean {
  return run.status !== 'running';
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

  async function look(dependencies: ApplicationDependencies, reference: string, { part }: Watched) {
    const now: Snapshot = await dependencies.store.onboardings.now(reference);
    const move = hasEnded(now.state) ? undefined : await nextMove(now, part, dependencies.store);
    return { reference, state: now.state, move };
  }

  function arm(
    dependencies: ApplicationDependencies & { readonly clock: VirtualClock },
    watched: Watched,
    { reference, state, move }: Awaited<ReturnType<typeof look>>,
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

  return {
    watch: (reference, part) => {
      open.set(reference, { part, order: order++, refused: 0 });
      changed.add(reference);
    },
    noticed: (written) => {
      for (const write of written) {
        const reference = changedBy(write);
        if (reference !== undefined && open.has(reference)) changed.add(reference);
      }
    },
    plan: async (dependencies) => {
      const looked = [...changed].flatMap((reference) => {
        const watched = open.get(reference);
        return watched === undefined ? [] : [{ reference, watched }];
      });
      changed.clear();
      looked.sort((a, b) => a.watched.order - b.watched.order);
      const found: { readonly watched: Watched; readonly seen: Awaited<ReturnType<typeof look>> }[] = [];
      for (let from = 0; from < looked.length; from += lookedAtTogether) {
        const some = looked.slice(from, from + lookedAtTogether).map(async ({ reference, watched }) => ({
          watched,
          seen: await look(dependencies, reference, watched),
        }));
        found.push(...(await Promise.all(some)));
      }
      for (const { watched, seen } of found) arm(dependencies, watched, seen);
      return found.map(({ seen }) => seen.state);
    },
    open: () => [...open.keys()],
    refusals: () => refusals,
  };
}
