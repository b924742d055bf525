import { lifecycle, type Party, type Stage } from '../../../domain/onboarding/lifecycle.ts';
import type { OnboardingState } from '../../../domain/onboarding/state.ts';
import type { Text } from '../../../domain/text.ts';
import { type Tone, tag } from './components.ts';
import { type Html, html, nothing } from './html.ts';
import type { View } from './view.ts';

export const partyLabels: Readonly<Record<Party, Text>> = {
  platform: { fr: 'La plateforme', en: 'The platform' },
  customer: { fr: 'Le client', en: 'The customer' },
  sales: { fr: 'L’équipe commerciale', en: 'Sales' },
  operator: { fr: 'L’exploitation', en: 'Operations' },
  nobody: { fr: 'Personne', en: 'No one' },
};

const tones: Readonly<Partial<Record<Stage, Tone>>> = {
  IN_REVIEW: 'warn',
  GO_NO_GO: 'warn',
  WAITING_LIST: 'warn',
  WAVE_CONFIRMED: 'good',
  HANDED_OVER: 'good',
  CUT_OVER: 'good',
};

export const failedRun: Text = { fr: 'En échec', en: 'Failed' };

/** The stage an onboarding is in, after a warning when its run has failed. */
export function stageTag(view: View, { stage, run }: Pick<OnboardingState, 'stage' | 'run'>): Html {
  const warning = run.status === 'failed' ? html`${tag(view, failedRun, 'bad')} ` : nothing;
  return html`${warning}${tag(view, lifecycle[stage].label, tones[stage])}`;
}
