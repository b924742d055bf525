import type { Text } from '../../domain/text.ts';

/** The scopes of API clients, in Cognito's notation for a resource server. */
export const scopes = {
  'onboarding/read': {
    fr: 'Lire les dossiers et les vagues, évaluer des réponses',
    en: 'Read onboardings and waves, assess answers',
  },
  'onboarding/write': {
    fr: 'Ouvrir un dossier et y agir pour le client ou l’équipe commerciale',
    en: 'Start an onboarding, and act on it for the customer or for sales',
  },
  'onboarding/operations': {
    fr: 'Décider en tant qu’opérateur : revues, conditions, bascules, vagues',
    en: 'Decide as an operator: reviews, conditions, cutovers, waves',
  },
} as const satisfies Readonly<Record<string, Text>>;
export type Scope = keyof typeof scopes;
