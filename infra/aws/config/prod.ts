import { samplePublication } from '../../../functions/domain/trust/sample-publication.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { StageFile } from './stage-configuration.ts';

/** Production of a fictional operator, with the sample platform: replace the values with your own. */
export const prod: StageFile = {
  stage: 'prod',
  region: 'eu-west-3',
  allowedRegions: ['eu-west-3', 'eusc-de-east-1'],
  keepData: true,
  platform: {
    ...samplePlatform,
    freezes: [
      { from: '2026-12-15', to: '2027-01-05' },
      { from: '2027-07-10', to: '2027-08-31' },
      { from: '2027-12-15', to: '2028-01-05' },
      { from: '2028-07-10', to: '2028-08-31' },
      { from: '2028-12-15', to: '2029-01-05' },
    ],
    contractBeforeGo: true,
  },
  publication: samplePublication,
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
