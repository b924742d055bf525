import type { DateRange } from '../calendar-date.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';

/** Freezes that come back every year, written out for the years the sample calendar may reach. */
function yearlyFreezes(firstYear: number, lastYear: number): DateRange[] {
  const freezes: DateRange[] = [{ from: `${firstYear - 1}-12-15`, to: `${firstYear}-01-05` }];
  for (let year = firstYear; year <= lastYear; year += 1) {
    freezes.push(
      { from: `${year}-07-10`, to: `${year}-08-31` },
      { from: `${year}-12-15`, to: `${year + 1}-01-05` },
    );
  }
  return freezes;
}

/** The platform of the demonstration and of the tests: fictional, in the shape of a real one. */
export const samplePlatform: PlatformConfiguration = {
  version: '2026-11',
  name: 'Nuage de confiance',
  preparationOpens: '2022-12-01',
  services: [
    {
      code: 'exchange',
      label: { fr: 'Messagerie Exchange', en: 'Exchange mail' },
      opens: '2026-07-01',
      hdsCertified: false,
      qualification: 'qualified',
    },
    {
      code: 'sharepoint_onedrive',
      label: { fr: 'SharePoint et OneDrive', en: 'SharePoint and OneDrive' },
      opens: '2026-07-01',
      hdsCertified: false,
      qualification: 'qualified',
    },
    {
      code: 'teams',
      label: { fr: 'Teams', en: 'Teams' },
      opens: '2026-07-01',
      hdsCertified: false,
      qualification: 'qualified',
    },
    {
      code: 'intune',
      label: { fr: 'Gestion des appareils Intune', en: 'Intune device management' },
      opens: '2027-01-01',
      hdsCertified: false,
      qualification: 'in_progress',
    },
    {
      code: 'azure_iaas',
      label: { fr: 'Azure : machines virtuelles', en: 'Azure virtual machines' },
      opens: '2026-01-01',
      hdsCertified: true,
      qualification: 'qualified',
    },
    {
      code: 'azure_containers',
      label: { fr: 'Azure : conteneurs', en: 'Azure containers' },
      opens: '2026-01-01',
      hdsCertified: false,
      qualification: 'qualified',
    },
    {
      code: 'azure_data_paas',
      label: { fr: 'Azure : services de données', en: 'Azure data services' },
      opens: '2026-07-01',
      hdsCertified: false,
      qualification: 'qualified',
    },
    {
      code: 'azure_ai',
      label: { fr: 'Azure : intelligence artificielle', en: 'Azure artificial intelligence' },
      opens: '2027-06-01',
      hdsCertified: false,
      qualification: 'planned',
    },
  ],
  sites: [
    { code: 'paris', label: { fr: 'Paris', en: 'Paris' } },
    { code: 'sud', label: { fr: 'Sud', en: 'South' } },
  ],
  freezes: yearlyFreezes(2026, 2029),
};
