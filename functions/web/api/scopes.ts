import type { Text } from '../../domain/text.ts';

/** What a machine client may be granted; written as Cognito writes the scopes of a resource server. */
export const scopes = {
  'onboarding/read': {
    fr: 'Lire les parcours et les vagues, évaluer des réponses',
    en: 'Read onboardings and waves, assess answers',
  },
  'onboarding/write': {
    fr: 'Ouvrir un parcours et y agir pour le client ou pour les ventes',
    en: 'Start an onboarding, and act on it for the customer or for sales',
  },
  'onboarding/operations': {
    fr: 'Décider comme opérateur : revues, conditions, bascules, vagues',
    en: 'Decide as an operator: reviews, conditions, cutovers, waves',
  },
} as const satisfies Readonly<Record<string, Text>>;
export type Scope = keyof typeof scopes;
