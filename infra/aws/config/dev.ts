import { samplePublication } from '../../../functions/domain/trust/sample-publication.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { StageFile } from './stage-configuration.ts';

/** A small stage for trials: no data outlives the stack. */
export const dev: StageFile = {
  stage: 'dev',
  region: 'eu-west-3',
  allowedRegions: ['eu-west-3', 'eusc-de-east-1'],
  keepData: false,
  platform: samplePlatform,
  publication: samplePublication,
  web: {},
  mail: {
    from: 'onboarding@dev.platform.example',
    operators: 'operations@dev.platform.example',
    alarms: 'alarms@dev.platform.example',
  },
  sales: { owner: 'sales@dev.platform.example', team: 'public' },
  signIn: {
    domainPrefix: 'trusted-cloud-onboarding-dev',
    hostedDomain: 'amazoncognito.com',
    machineClients: [{ name: 'crm', scopes: ['read', 'write', 'operations'] }],
  },
  registry: {
    url: 'https://recherche-entreprises.api.gouv.fr',
    userAgent: 'trusted-cloud-onboarding (dev; operations@dev.platform.example)',
  },
  retention: { closedOnboardingDays: 365, backupDays: 7, logDays: 30, eventDays: 7 },
  quotas: { requestsPerSecond: 50, burst: 100, perLink: 60, perClient: 600, perAddress: 600 },
};
