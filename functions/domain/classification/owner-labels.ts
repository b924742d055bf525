import type { Text } from '../text.ts';
import type { ConditionOwner } from './conditions.ts';

/** Labels of the roles that answer a question or clear a condition. */
export const ownerLabels: Readonly<Record<ConditionOwner, Text>> = {
  respondent: { fr: 'Contact principal', en: 'Main contact' },
  ciso: { fr: 'RSSI', en: 'CISO' },
  dpo: { fr: 'DPO', en: 'DPO' },
  cio: { fr: 'DSI', en: 'CIO' },
  sponsor: { fr: 'Commanditaire', en: 'Sponsor' },
  projectManager: { fr: 'Chef de projet', en: 'Project manager' },
  platform: { fr: 'La plateforme', en: 'The platform' },
  sales: { fr: 'L’équipe commerciale', en: 'Sales' },
};
