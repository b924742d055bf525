import { startOnboarding } from '../../../functions/application/start-onboarding.ts';
import { BusinessError } from '../../../functions/domain/errors.ts';
import { organisationName } from '../../../functions/domain/intake/scope-names.ts';
import type { Actor } from '../../../functions/domain/onboarding/actor.ts';
import type { OwnedIntake } from '../../../functions/domain/onboarding/transitions/start.ts';
import { searchableName } from '../../../functions/domain/text.ts';
import { day } from '../../../functions/domain/time.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from '../runtime.ts';
import type { Played } from './behaviours.ts';
import { createPlayer, hasEnded, type Player } from './player.ts';
import { type Asked, type ProspectRow, rowOf } from './prospect-row.ts';

/** Virtual time within which every onboarding is expected to end. */
export const longestRunInDays = 800;
/** Prefix of the idempotency keys of file rows. */
const requestScope = 'onboard';
const runner: Actor = { kind: 'machine', id: 'onboard' };
/** Rows read at a time for the report. */
const readTogether = 20;

/** A prospect with its simulated behaviour. */
export interface Prospect extends Played {
  readonly intake: OwnedIntake;
  readonly line?: number;
}

export interface Progress {
  /** Current time on the virtual clock. */
  readonly at: Date;
  readonly started: number;
  readonly ended: number;
  readonly of: number;
  /** The onboarding that has just finished. */
  readonly last?: { readonly reference: string; readonly organisation: string; readonly outcome: string };
}

export interface ProspectRunOptions {
  /** Started in this order. */
  readonly prospects: readonly Prospect[];
  readonly runtime: Omit<RuntimeOptions, 'timeScale'>;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the run between two steps of the virtual clock. */
  readonly signal?: AbortSignal;
}

/** A prospect whose onboarding could not be started. */
export interface NotStarted {
  readonly prospect: Prospect;
  readonly problem: BusinessError;
}

export interface ProspectRun {
  readonly rows: readonly ProspectRow[];
  readonly notStarted: readonly NotStarted[];
  /** True if the signal stopped the run. */
  readonly stopped: boolean;
  /** References of onboardings that did not finish within the longest run. */
  readonly stuck: readonly string[];
  readonly endedAt: Date;
}

/**
 * Runs the onboarding of prospects on the embedded runtime, in virtual time, until each has been handed over or closed. A
 * killed run resumes when it is run again over the same data folder: a prospect is identified by its SIREN and scope, and the next
 * action of its people follows from the state of the onboarding.
 */
export async function runProspects(options: ProspectRunOptions): Promise<ProspectRun> {
  const player = createPlayer();
  const { hooks } = options.runtime;
  const runtime = await startRuntime({
    ...options.runtime,
    timeScale: 0,
    hooks: {
      ...hooks,
      onWrite: (written) => {
        player.noticed(written);
        hooks?.onWrite?.(written);
      },
    },
  });
  try {
    const { asked, notStarted } = await startAll(runtime, player, options);
    const { stopped } = await playToTheEnd(runtime, player, asked, options);
    return {
      rows: await rowsOf(runtime, asked, player),
      notStarted,
      stopped,
      stuck: stopped ? [] : player.open(),
      endedAt: runtime.clock.now(),
    };
  } finally {
    await runtime.close();
  }
}

/** Identifies a prospect among the starts of all runs over a data folder. */
function keyOf({ siren, scope }: OwnedIntake): string {
  return scope === undefined ? siren : `${siren} ${searchableName(scope)}`;
}

async function startAll(runtime: Runtime, player: Player, options: ProspectRunOptions) {
  const asked: Asked[] = [];
  const notStarted: NotStarted[] = [];
  for (const prospect of options.prospects) {
    if (options.signal?.aborted === true) break;
    const { intake, behaviour, profile, line, expected } = prospect;
    try {
      const request = { scope: requestScope, key: keyOf(intake), body: JSON.stringify(intake) };
      const reference = await startOnboarding(runtime, request, intake, runner);
      player.watch(reference, { intake, behaviour });
      asked.push({
        ...{ reference, siren: intake.siren, organisation: intake.legalName, profile },
        ...(intake.scope === undefined ? {} : { scope: intake.scope }),
        ...(line === undefined ? {} : { line }),
        ...(expected === undefined ? {} : { expected }),
      });
    } catch (error) {
      if (!(error instanceof BusinessError)) throw error;
      notStarted.push({ prospect, problem: error });
    }
    options.onProgress?.({
      ...{ at: runtime.clock.now(), started: asked.length, ended: 0, of: options.prospects.length },
    });
  }
  return { asked, notStarted };
}

async function playToTheEnd(
  runtime: Runtime,
  player: Player,
  asked: readonly Asked[],
  { signal, onProgress }: ProspectRunOptions,
): Promise<{ readonly stopped: boolean }> {
  const { clock } = runtime;
  const until = clock.now().getTime() + longestRunInDays * day;
  // A part is counted with the onboarding that it is a part of.
  const counted = new Set(asked.map(({ reference }) => reference));
  const isCounted = (reference: string) => counted.has(reference);
  for (;;) {
    await clock.settled();
    const planned = await player.plan(runtime);
    const ended = planned.filter((state) => hasEnded(state) && isCounted(state.reference));
    const tally = { started: asked.length, of: asked.length };
    const endedNow = asked.length - player.open().filter(isCounted).length;
    for (const [index, state] of ended.entries()) {
      const { reference, outcome, stage } = state;
      const last = { reference, organisation: organisationName(state), outcome: outcome ?? stage };
      onProgress?.({ ...tally, at: clock.now(), ended: endedNow - ended.length + index + 1, last });
    }
    if (player.open().length === 0) return { stopped: false };
    if (signal?.aborted === true) return { stopped: true };
    const next = clock.nextDeadline();
    if (next === undefined || next.getTime() > until) return { stopped: false };
    await clock.jumpToNext();
    onProgress?.({ ...tally, at: clock.now(), ended: endedNow });
  }
}

async function rowsOf({ store }: Runtime, asked: readonly Asked[], player: Player): Promise<ProspectRow[]> {
  const rows: ProspectRow[] = [];
  for (let from = 0; from < asked.length; from += readTogether) {
    const some = asked.slice(from, from + readTogether);
    rows.push(...(await Promise.all(some.map((one) => rowOf(store, one)))));
  }
  return rows.map((row) => {
    const refusal = player.refusals().get(row.reference);
    if (refusal === undefined) return row;
    return { ...row, unexpected: [...row.unexpected, `refused: ${refusal.message}`] };
  });
}
