import { lifecycle, type Party, type Stage } from '../../../domain/onboarding/lifecycle.ts';
import type { Text } from '../../../domain/text.ts';
import { type Tone, tag } from './components.ts';
import type { Html } from './html.ts';
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
  FAILED: 'bad',
};

export function stageTag(view: View, stage: Stage): Html {
  return tag(view, lifecycle[stage].label, tones[stage]);
}
