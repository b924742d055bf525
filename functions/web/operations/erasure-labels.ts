import type { ErasureReason } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';

export const erasureReasonLabels: Readonly<Record<ErasureReason, Text>> = {
  asked_by_person: { fr: 'Demandé par la personne', en: 'Requested by the person' },
  retention_over: { fr: 'Durée de conservation expirée', en: 'Retention period expired' },
  entered_by_mistake: { fr: 'Saisi par erreur', en: 'Entered by mistake' },
};
