import type { Party } from '../../domain/onboarding/lifecycle.ts';
import type { Text } from '../../domain/text.ts';
import { partyLabels } from '../shared/layout/stage-tag.ts';

/** Who must act, said to the customer. */
export function partyText(party: Party): Text {
  return party === 'customer' ? { fr: 'Vous', en: 'You' } : partyLabels[party];
}
