import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import type { CapacityVector } from '../../domain/waves/capacity.ts';
import { bookedOf, type Wave, type WaveState, waveLabel, waveStateLabels } from '../../domain/waves/wave.ts';
import { noValue, type Tone, tag } from '../shared/layout/components.ts';
import type { Html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

export const components = ['customers', 'points', 'complex'] as const;

const tones: Readonly<Record<WaveState, Tone>> = {
  PLANNED: 'plain',
  OPEN: 'good',
  FROZEN: 'warn',
  RUNNING: 'plain',
  DONE: 'plain',
  CANCELLED: 'bad',
};

export function waveStateTag(view: View, state: WaveState): Html {
  return tag(view, waveStateLabels[state], tones[state]);
}

/** Bookings and capacity as text, with a mark when full. A preparation wave counts only customers. */
export function loadText(view: View, wave: Wave, component: keyof CapacityVector): string {
  if (wave.kind === 'PREPARATION' && component !== 'customers') return noValue;
  const [booked, capacity] = [bookedOf(wave)[component], wave.capacity[component]];
  const text = view.t({ fr: `${booked} sur ${capacity}`, en: `${booked} of ${capacity}` });
  return booked >= capacity ? view.t({ fr: `${text}, complet`, en: `${text}, full` }) : text;
}

/** The name of a wave as a heading. */
export function waveTitle(wave: Wave, platform: PlatformConfiguration): Text {
  const { fr, en } = waveLabel(wave, platform);
  return {
    fr: `${fr.slice(0, 1).toUpperCase()}${fr.slice(1)}`,
    en: `${en.slice(0, 1).toUpperCase()}${en.slice(1)}`,
  };
}
