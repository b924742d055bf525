import type { Intake } from '../../intake/intake.ts';
import type { Actor } from '../actor.ts';
import type { DomainEvent } from '../events.ts';
import type { Message } from '../messages.ts';
import { firstRun } from '../run.ts';
import type { OnboardingState } from '../state.ts';

/** An intake with its owner and team: those given, or else those of the person who starts the onboarding. */
export type OwnedIntake = Intake & { readonly owner: string; readonly team: string };

/** The first change of an onboarding. */
export interface Start {
  readonly state: OnboardingState;
  readonly event: DomainEvent;
  readonly messages: readonly Message[];
}

/** Starts an onboarding under a reference. */
export function start(reference: string, intake: OwnedIntake, actor: Actor, at: Date): Start {
  const instant = at.toISOString();
  const { siren, legalName, scope, language, owner, team } = intake;
  return {
    state: {
      ...{ reference, siren, name: legalName, language, owner, team },
      ...(scope === undefined ? {} : { scope }),
      stage: 'REGISTERED',
      stageSince: instant,
      run: firstRun(instant),
      version: 1,
      eventHash: '',
      episode: 1,
      requestedAt: instant,
      link: 0,
      submission: 0,
      reviews: 0,
      settledRules: [],
      anotherDates: 0,
      confirmationTimeouts: 0,
    },
    event: { type: 'STARTED', actor },
    messages: [
      { kind: 'start', run: 1, resumeAt: 'QUALIFY' },
      { kind: 'event', type: 'OnboardingStarted', data: { siren, team } },
    ],
  };
}
