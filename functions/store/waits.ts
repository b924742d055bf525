import { ConcurrentChangeError } from '../domain/errors.ts';
import { renewalInterval, runLimits } from '../domain/onboarding/durations.ts';
import { lifecycle, type WaitKind } from '../domain/onboarding/lifecycle.ts';
import type { OnboardingState, Snapshot, Wait } from '../domain/onboarding/state.ts';
import { waitIdOf } from '../domain/onboarding/waits.ts';
import { day } from '../domain/time.ts';
import type { Clock } from '../platform/clock.ts';
import type { Workflow } from '../platform/workflow.ts';
import type { Onboardings, Transition } from './onboardings.ts';

/**
 * The wait after an accepted page: reminders count from it. Only the wait for answers has a heartbeat and lasts a whole
 * turn from now; another one turns when it would have.
 */
export function withSignOfLife(wait: Wait, at: Date): Wait {
  const turnsAt = new Date(at.getTime() + renewalInterval('answers')).toISOString();
  return {
    ...wait,
    activeAt: at.toISOString(),
    until: wait.kind === 'answers' ? turnsAt : wait.until,
    reminders: 0,
  };
}

/** Why a task has nothing left to do for this run; undefined when it has. */
export function leaving(state: OnboardingState, run: number): 'WITHDRAWN' | 'SUPERSEDED' | undefined {
  if (state.run.number !== run) return 'SUPERSEDED';
  return state.stage === 'CLOSED' ? 'WITHDRAWN' : undefined;
}

function isTooOld(state: OnboardingState, at: Date): boolean {
  const age = at.getTime() - Date.parse(state.run.startedAt);
  return age > runLimits.days * day || state.version - state.run.startedAtVersion > runLimits.changes;
}

/**
 * True for a wait whose decision may itself lead to the next stage, where its task can come upon it. A review's never
 * does: a decided one found outside of IN_REVIEW is an earlier review, and the one to come is another.
 */
function movesOn(kind: WaitKind): boolean {
  return kind !== 'review';
}

/** The onboarding is in a stage in which this wait makes no sense: a fault of the program, shown by a failed run. */
export class UnexpectedStageError extends Error {
  override readonly name = 'UnexpectedStageError';

  constructor(kind: WaitKind, stage: string) {
    super(`The wait for ${kind} cannot begin in stage ${stage}`);
  }
}

/** A change that goes with a wait; the wait itself is filled in by whoever keeps it. */
export type WaitChange = Omit<Transition, 'wait'> & {
  readonly decision?: string;
  readonly remind?: boolean;
};

/** What is particular to one kind of wait. */
export interface WaitRules {
  readonly kind: WaitKind;
  /** The change that brings the onboarding into this wait; undefined when it cannot begin here. */
  readonly enter?: (now: Snapshot) => Promise<WaitChange | undefined>;
  /** What falls due at the start of a turn: a reminder, or a decision that time itself takes. */
  readonly due?: (now: Snapshot, wait: Wait) => Promise<WaitChange | undefined>;
}

interface WaitSubject {
  readonly reference: string;
  readonly run: number;
  readonly token: string;
}

export interface Waits {
  /**
   * Opens a wait or takes its next turn. A decision stored before the token was is found here, and wakes this very
   * wait: whoever comes second, the person or the token, completes it.
   */
  keep(subject: WaitSubject, rules: WaitRules): Promise<{ waiting: boolean }>;
}

/** A wait that has just begun. */
function beginning(id: string, { kind }: WaitRules, at: Date): Wait {
  const instant = at.toISOString();
  return { id, kind, openedAt: instant, activeAt: instant, until: instant, reminders: 0 };
}

/** The wait with another token; the one it had is kept beside it while its turn is not over. */
function withToken({ otherToken: _, ...wait }: Wait, token: string, at: Date): Wait {
  const overlaps = wait.token !== undefined && Date.parse(wait.until) > at.getTime();
  return { ...wait, ...(overlaps ? { otherToken: wait.token } : {}), token };
}

interface Wake extends Pick<Wait, 'kind'> {
  readonly token: string;
  readonly decision: string;
}

/** Every token that is to be completed now, and with what: of a decided wait, and of the one before it if need be. */
export function wakesOf(wait: Wait | undefined): readonly Wake[] {
  if (wait === undefined) return [];
  const { unwoken, kind, token, otherToken, decision } = wait;
  const decided = [
    ...(unwoken === undefined ? [] : [unwoken]),
    { kind, token: otherToken, decision },
    { kind, token, decision },
  ];
  return decided.flatMap((each) =>
    each.token === undefined || each.decision === undefined
      ? []
      : [{ kind: each.kind, token: each.token, decision: each.decision }],
  );
}

export function createWaits(onboardings: Onboardings, workflow: Workflow, clock: Clock): Waits {
  /** The change with its wait: opened by it, or carried on. */
  function withWait(
    now: Snapshot,
    change: WaitChange,
    rules: WaitRules,
    token: string,
    open: Wait | undefined,
  ): Transition {
    const { decision, remind, ...transition } = change;
    const at = clock.now();
    return {
      ...transition,
      wait: {
        id: open?.id ?? `${rules.kind}@${now.state.version + 1}`,
        kind: rules.kind,
        openedAt: open?.openedAt ?? at.toISOString(),
        activeAt: open?.activeAt ?? at.toISOString(),
        until: new Date(at.getTime() + renewalInterval(rules.kind)).toISOString(),
        token,
        reminders: (open?.reminders ?? 0) + (remind === true ? 1 : 0),
        ...(decision === undefined ? {} : { decision }),
      },
    };
  }

  /** The outcome with which this wait ends at once, if it does. */
  function settled(now: Snapshot, run: number, rules: WaitRules): string | undefined {
    const { state, wait } = now;
    const left = leaving(state, run);
    if (left !== undefined) return left;
    const here = lifecycle[state.stage].wait === rules.kind;
    const mine =
      wait?.kind === rules.kind && (here ? wait.id === waitIdOf(rules.kind, state) : movesOn(rules.kind));
    if (mine && wait.decision !== undefined) return wait.decision;
    // The wait after this one was decided before the workflow came out of this one.
    if (!here && wait?.unwoken?.kind === rules.kind) return wait.unwoken.decision;
    return isTooOld(state, clock.now()) ? 'TOO_OLD' : undefined;
  }

  /** One attempt; true once the wait is kept, false when it has to be looked at again. */
  async function attempt(
    now: Snapshot,
    { reference, token }: WaitSubject,
    rules: WaitRules,
  ): Promise<boolean> {
    const { state, wait } = now;
    const stage = state.stage;
    if (lifecycle[stage].wait !== rules.kind) {
      const change = await rules.enter?.(now);
      if (change === undefined) throw new UnexpectedStageError(rules.kind, stage);
      await onboardings.apply(now, withWait(now, change, rules, token, undefined));
      return change.decision === undefined;
    }
    const id = waitIdOf(rules.kind, state);
    const at = clock.now();
    const open = wait?.id === id ? wait : beginning(id, rules, at);
    if (open.token === token) return true;
    const change = await rules.due?.(now, open);
    if (change !== undefined) {
      await onboardings.apply(now, withWait(now, change, rules, token, open));
      return change.decision === undefined;
    }
    // Whoever changes the onboarding from now on sees the token. Whoever did since it was read may not have: look again.
    const until = new Date(at.getTime() + renewalInterval(rules.kind)).toISOString();
    await onboardings.putWait(reference, { ...withToken(open, token, at), until }, wait);
    return false;
  }

  return {
    keep: async (subject, rules) => {
      for (;;) {
        const now = await onboardings.now(subject.reference);
        const outcome = settled(now, subject.run, rules);
        if (outcome !== undefined) {
          await workflow.complete(subject.token, outcome);
          return { waiting: false };
        }
        try {
          if (await attempt(now, subject, rules)) return { waiting: true };
        } catch (error) {
          if (!(error instanceof ConcurrentChangeError)) throw error;
        }
      }
    },
  };
}
