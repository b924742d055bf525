import { failureOf } from '../../domain/onboarding/failures.ts';
import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import type { Approval, OnboardingState, Wait } from '../../domain/onboarding/state.ts';
import { whoseTurn } from '../../domain/onboarding/whose-turn.ts';
import { inLanguage, type Language } from '../../domain/text.ts';

/** Where an onboarding stands, and how its run is. */
export function standingView(state: OnboardingState, wait: Wait | undefined, language: Language) {
  return {
    reference: state.reference,
    stage: state.stage,
    stageLabel: inLanguage(lifecycle[state.stage].label, language),
    ball: whoseTurn(state, wait),
    since: state.stageSince,
    run: {
      number: state.run.number,
      startedAt: state.run.startedAt,
      status: state.run.status,
      failedAt: state.run.failedAt ?? null,
      error: state.run.error ?? null,
      errorClass: failureOf(state.run) ?? null,
      redriveCount: state.run.redriveCount,
    },
  };
}

/** A decision that waits for a second person. */
export function approvalView({ id, kind, by, until, askedAt, ...asked }: Approval) {
  const { review, decision, conditions, contractMissing = false, reason, wave, group } = asked;
  return {
    ...{ id, kind, by, until, askedAt, review, decision, conditions, contractMissing },
    reason: reason ?? null,
    wave: wave ?? null,
    group: group === undefined ? null : { set: group.set, after: group.after },
  };
}
