import type { ConditionOwner } from '../../../domain/classification/conditions.ts';
import type { Text } from '../../../domain/text.ts';

/** Who answers a question, or settles a condition, as people call them. */
export const ownerLabels: Readonly<Record<ConditionOwner, Text>> = {
  respondent: { fr: 'Contact principal', en: 'Main contact' },
  ciso: { fr: 'RSSI', en: 'CISO' },
  dpo: { fr: 'DPO', en: 'DPO' },
  cio: { fr: 'DSI', en: 'CIO' },
  sponsor: { fr: 'Sponsor', en: 'Sponsor' },
  projectManager: { fr: 'Chef de projet', en: 'Project manager' },
  platform: { fr: 'La plateforme', en: 'The platform' },
  sales: { fr: 'L’équipe commerciale', en: 'Sales' },
};
