import type { Text } from '../../domain/text.ts';

/** How long the questionnaire takes, wherever it is said. */
export const answeringTime: Text = {
  fr: 'Comptez 15 à 20 minutes pour répondre ; réunir les informations demande plus de temps.',
  en: 'Allow 15 to 20 minutes to answer; gathering the facts takes longer.',
};
