import type { WaitKind } from './lifecycle.ts';
import type { OnboardingState, Wait } from './state.ts';

/** The name of the wait that belongs to the stage an onboarding is in now. */
export function waitIdOf(kind: WaitKind, state: Pick<OnboardingState, 'episode'>): string {
  return `${kind}@${state.episode}`;
}

/** True when the wait of the present stage was decided; the workflow may not have gone on yet. */
export function isDecided(state: Pick<OnboardingState, 'episode'>, wait: Wait | undefined): boolean {
  return wait?.decision !== undefined && wait.id === waitIdOf(wait.kind, state);
}
