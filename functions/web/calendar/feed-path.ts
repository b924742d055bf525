import type { Text } from '../../domain/text.ts';

/** Where an operator finds the address of the waves for a calendar program. */
export const calendarPath = '/calendar';

export const calendarTitle: Text = { fr: 'Les vagues dans votre agenda', en: 'The waves in your calendar' };
