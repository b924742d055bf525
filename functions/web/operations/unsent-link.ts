import type { Text } from '../../domain/text.ts';

export const unsentPath = '/operations/unsent';
export const unsentTitle: Text = { fr: 'Messages non envoyés', en: 'Unsent messages' };
