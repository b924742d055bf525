import type { Text } from '../../../domain/text.ts';
import type { RoomLevel } from '../../../domain/waves/dates.ts';

/** How much room a wave has for a customer, in words. */
export const roomLabels: Readonly<Record<RoomLevel, Text>> = {
  plenty: { fr: 'places disponibles', en: 'places available' },
  few: { fr: 'dernières places', en: 'last places' },
  none: { fr: 'complet', en: 'full' },
};
