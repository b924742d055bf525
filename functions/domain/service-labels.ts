import type { ServiceCode } from './platform-configuration.ts';
import type { Text } from './text.ts';

/**
 * The name of each service, the same for sales, operators and customers; a stage decides when it opens and what it is
 * certified for.
 */
export const serviceLabels: Readonly<Record<ServiceCode, Text>> = {
  exchange: { fr: 'Messagerie (Exchange)', en: 'Mail (Exchange)' },
  sharepoint_onedrive: {
    fr: 'Documents (SharePoint et OneDrive)',
    en: 'Documents (SharePoint and OneDrive)',
  },
  teams: { fr: 'Réunions et discussions (Teams)', en: 'Meetings and chat (Teams)' },
  intune: { fr: 'Gestion des postes et des mobiles (Intune)', en: 'Device management (Intune)' },
  azure_iaas: { fr: 'Serveurs virtuels (Azure IaaS)', en: 'Virtual servers (Azure IaaS)' },
  azure_containers: { fr: 'Conteneurs (Azure)', en: 'Containers (Azure)' },
  azure_data_paas: {
    fr: 'Bases et plateformes de données (Azure)',
    en: 'Databases and data platforms (Azure)',
  },
  azure_ai: { fr: 'Intelligence artificielle (Azure)', en: 'Artificial intelligence (Azure)' },
};
