import { serviceLabels } from '../../../functions/domain/service-labels.ts';
import type { StageFile } from './stage-configuration.ts';

/** Production of a fictional operator: replace the values with your own. */
export const prod: StageFile = {
  stage: 'prod',
  region: 'eu-west-3',
  allowedRegions: ['eu-west-3', 'eusc-de-east-1'],
  keepData: true,
  platform: {
    version: '2026-11',
    name: 'Nuage de confiance',
    preparationOpens: '2022-12-01',
    services: [
      {
        code: 'exchange',
        label: serviceLabels.exchange,
        opens: '2026-07-01',
        hdsCertified: false,
        qualification: 'qualified',
      },
      {
        code: 'sharepoint_onedrive',
        label: serviceLabels.sharepoint_onedrive,
        opens: '2026-07-01',
        hdsCertified: false,
        qualification: 'qualified',
      },
      {
        code: 'teams',
        label: serviceLabels.teams,
        opens: '2026-07-01',
        hdsCertified: false,
        qualification: 'qualified',
      },
      {
        code: 'intune',
        label: serviceLabels.intune,
        opens: '2027-01-01',
        hdsCertified: false,
        qualification: 'in_progress',
      },
      {
        code: 'azure_iaas',
        label: serviceLabels.azure_iaas,
        opens: '2026-01-01',
        hdsCertified: true,
        qualification: 'qualified',
      },
      {
        code: 'azure_containers',
        label: serviceLabels.azure_containers,
        opens: '2026-01-01',
        hdsCertified: false,
        qualification: 'qualified',
      },
      {
        code: 'azure_data_paas',
        label: serviceLabels.azure_data_paas,
        opens: '2026-07-01',
        hdsCertified: false,
        qualification: 'qualified',
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
    freezes: [
      { from: '2026-12-15', to: '2027-01-05' },
      { from: '2027-07-10', to: '2027-08-31' },
      { from: '2027-12-15', to: '2028-01-05' },
      { from: '2028-07-10', to: '2028-08-31' },
      { from: '2028-12-15', to: '2029-01-05' },
    ],
  },
  web: {
    domain: {
      origin: 'https://onboarding.platform.example',
      certificateId: '7f3c1a52-5b0e-4c56-9a5d-1f0f4f0e6b11',
    },
  },
  mail: {
    from: 'onboarding@platform.example',
    operators: 'operations@platform.example',
    alarms: 'on-call@platform.example',
  },
  sales: { owner: 'sales@platform.example', team: 'public' },
  signIn: {
    domainPrefix: 'trusted-cloud-onboarding',
    hostedDomain: 'amazoncognito.com',
    machineClients: [{ name: 'crm', scopes: ['read', 'write'] }],
  },
  registry: {
    url: 'https://recherche-entreprises.api.gouv.fr',
    userAgent: 'trusted-cloud-onboarding (operations@platform.example)',
  },
  retention: { closedOnboardingDays: 1095, backupDays: 35, logDays: 365, eventDays: 90 },
  quotas: { requestsPerSecond: 200, burst: 400, perLink: 60, perClient: 1200, perAddress: 3000 },
};
