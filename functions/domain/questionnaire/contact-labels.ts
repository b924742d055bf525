import type { Text } from '../text.ts';
import type { contactRoles } from './option-codes.ts';

/** The contacts of a project, as everyone calls them; the folded reasons of their question spell the abbreviations out. */
export const contactLabels: Readonly<Record<(typeof contactRoles)[number], Text>> = {
  sponsor: { fr: 'Commanditaire', en: 'Sponsor' },
  projectManager: { fr: 'Chef de projet', en: 'Project manager' },
  cio: { fr: 'DSI', en: 'CIO' },
  ciso: { fr: 'RSSI', en: 'CISO' },
  dpo: { fr: 'DPO', en: 'DPO' },
};
