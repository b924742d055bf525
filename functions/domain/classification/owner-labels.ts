import { contactLabels } from '../questionnaire/contact-labels.ts';
import type { Text } from '../text.ts';
import type { ConditionOwner } from './conditions.ts';

/** Labels of the roles that answer a question or clear a condition. */
export const ownerLabels: Readonly<Record<ConditionOwner, Text>> = {
  respondent: { fr: 'Contact principal', en: 'Main contact' },
  ...contactLabels,
  platform: { fr: 'La plateforme', en: 'The platform' },
  sales: { fr: 'L’équipe commerciale', en: 'Sales' },
};
