import type { PlatformConfiguration, ServiceCode } from '../../functions/domain/platform-configuration.ts';
import { serviceCodes } from '../../functions/domain/platform-configuration.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';

const openings: Partial<Record<ServiceCode, string>> = { intune: '2027-01-01', azure_ai: '2027-06-01' };

/** A platform with two services still closed and one with an HDS certificate. */
export const platform: PlatformConfiguration = {
  version: 'test',
  name: 'Test cloud',
  preparationOpens: '2022-12-01',
  services: serviceCodes.map((code) => ({
    code,
    label: { fr: code, en: code },
    opens: openings[code] ?? '2026-01-01',
    hdsCertified: code === 'azure_iaas',
    qualification: 'qualified',
  })),
  sites: [],
  freezes: [],
};

export const today = '2026-11-23';

/** A whole form on which no rule holds, from a company ready in every dimension. */
export const plainAnswers = {
  A3: 'company',
  A4: 'none',
  A5: 'out_of_scope',
  A6: 'no',
  A7: 'no',
  B1: 'no',
  B2: 'no',
  B3: 'no',
  B4: ['none'],
  B5: 'no',
  B6: ['none'],
  B7: { answer: 'no' },
  B8: { answer: 'no' },
  B9: ['ordinary'],
  B10: 'no',
  B11: 'not_applicable',
  B12: ['none'],
  C1: ['exchange', 'azure_iaas'],
  C2: { usersInScope: 100, totalStaff: 120 },
  C3: { under_1: 10, '1_10': 20, '10_50': 0, '50_100': 0, '100_200': 0, over_200: 0 },
  C4: { tenants: 1, domains: 2, adForests: 1 },
  C5: { apps: '1_10', guests: 'none' },
  C6: { servers: 4, applications: 3, dependencies: 'partly' },
  C7: 'internet',
  C8: { site: 'any', twoSites: 'no' },
  D1: 4,
  D2: 4,
  D3: 4,
  D4: 4,
  D5: 4,
  D6: 4,
  D7: 4,
  D8: 4,
  D9: 4,
  E1: { earliest: '2027-03-01', reason: 'none' },
  E2: [{ from: '2027-04-01', to: '2027-04-15' }],
  E3: 5,
  E4: { integrator: 'chosen', purchasing: 'ugap' },
  E5: {
    sponsor: { name: 'Ada Martin', email: 'ada@client.example' },
    projectManager: { name: 'Bo Petit', email: 'bo@client.example' },
  },
  E6: true,
} as const satisfies Answers;
