import type { DateRange } from '../calendar-date.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import { serviceLabels } from '../service-labels.ts';
import { sampleLaws } from './sample-laws.ts';

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
      label: serviceLabels.exchange,
      opens: '2026-07-01',
      hdsCertified: false,
      qualification: 'planned',
    },
    {
      code: 'sharepoint_onedrive',
      label: serviceLabels.sharepoint_onedrive,
      opens: '2026-07-01',
      hdsCertified: false,
      qualification: 'planned',
    },
    {
      code: 'teams',
      label: serviceLabels.teams,
      opens: '2026-07-01',
      hdsCertified: false,
      qualification: 'planned',
    },
    {
      code: 'intune',
      label: serviceLabels.intune,
      opens: '2027-01-01',
      hdsCertified: false,
      qualification: 'planned',
    },
    {
      code: 'azure_iaas',
      label: serviceLabels.azure_iaas,
      opens: '2026-01-01',
      hdsCertified: true,
      qualification: 'in_progress',
    },
    {
      code: 'azure_containers',
      label: serviceLabels.azure_containers,
      opens: '2026-01-01',
      hdsCertified: false,
      qualification: 'in_progress',
    },
    {
      code: 'azure_data_paas',
      label: serviceLabels.azure_data_paas,
      opens: '2026-07-01',
      hdsCertified: false,
      qualification: 'in_progress',
    },
    {
      code: 'azure_ai',
      label: serviceLabels.azure_ai,
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
  contractBeforeGo: false,
  laws: sampleLaws,
};
