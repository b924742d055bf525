import type { ServiceCode } from './platform-configuration.ts';
import type { Text } from './text.ts';

/** The name of each service; a stage decides when it opens and what it is certified for. */
export const serviceLabels: Readonly<Record<ServiceCode, Text>> = {
  exchange: { fr: 'Messagerie Exchange', en: 'Exchange mail' },
  sharepoint_onedrive: { fr: 'SharePoint et OneDrive', en: 'SharePoint and OneDrive' },
  teams: { fr: 'Teams', en: 'Teams' },
  intune: { fr: 'Gestion des appareils Intune', en: 'Intune device management' },
  azure_iaas: { fr: 'Azure : machines virtuelles', en: 'Azure virtual machines' },
  azure_containers: { fr: 'Azure : conteneurs', en: 'Azure containers' },
  azure_data_paas: { fr: 'Azure : services de données', en: 'Azure data services' },
  azure_ai: { fr: 'Azure : intelligence artificielle', en: 'Azure artificial intelligence' },
};
