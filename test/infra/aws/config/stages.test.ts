import { describe, expect, it } from 'vitest';
import { dev } from '../../../../infra/aws/config/dev.ts';
import { checkStage } from '../../../../infra/aws/config/stage-configuration.ts';
import { stageNamed, stageNames } from '../../../../infra/aws/config/stages.ts';

const [service] = dev.platform.services;
const crm = { name: 'crm', scopes: ['read'] };
if (service === undefined) throw new Error('The stage has no service');

const wrong: readonly (readonly [what: string, file: unknown, sentence: string])[] = [
  [
    'a region outside the list',
    { ...dev, region: 'us-east-1' },
    'at region: the region is not among the allowed ones.',
  ],
  ['a text that is not a region', { ...dev, region: 'Paris' }, 'at region: "Paris" is not a region.'],
  [
    'a wrong mail address',
    { ...dev, mail: { ...dev.mail, from: 'nobody' } },
    'at mail.from: "nobody" is not a mail address.',
  ],
  [
    'a mail address that is missing',
    { ...dev, mail: { from: dev.mail.from, operators: dev.mail.operators } },
    'at mail.alarms: the mail address is missing.',
  ],
  [
    'ProConnect without a registration there',
    { ...dev, customerIdentity: 'link_and_proconnect' },
    'at proConnect: the stage asks for ProConnect and does not say how it is registered there.',
  ],
  [
    'an issuer that is not https',
    { ...dev, proConnect: { issuer: 'http://proconnect.example/api/v2', clientId: 'us' } },
    'at proConnect.issuer: "http://proconnect.example/api/v2" is not an https address.',
  ],
  [
    'two programs of one name',
    { ...dev, signIn: { ...dev.signIn, machineClients: [crm, crm] } },
    'at signIn.machineClients: a client is listed twice.',
  ],
  [
    'an address limit below what a ministry needs',
    { ...dev, quotas: { ...dev.quotas, perAddress: 299 } },
    'at quotas.perAddress: 299 requests a minute is less than 300.',
  ],
  [
    'a log retention that CloudWatch does not know',
    { ...dev, retention: { ...dev.retention, logDays: 31 } },
    'at retention.logDays: logs cannot be kept for 31 days (30, 60, 90, 180, 365, 400, 731 or 1096).',
  ],
  [
    'a day that does not exist',
    { ...dev, platform: { ...dev.platform, preparationOpens: '2027-02-31' } },
    'at platform.preparationOpens: "2027-02-31" is not a date that exists (YYYY-MM-DD).',
  ],
  [
    'a freeze that ends before it begins',
    { ...dev, platform: { ...dev.platform, freezes: [{ from: '2027-02-02', to: '2027-02-01' }] } },
    'at platform.freezes.0: the freeze ends before it begins.',
  ],
  [
    'a service that is listed twice',
    { ...dev, platform: { ...dev.platform, services: [service, service] } },
    'at platform.services: a service is listed twice.',
  ],
  [
    'a service nobody is asked about',
    { ...dev, platform: { ...dev.platform, services: [{ ...service, code: 'fax' }] } },
    'at platform.services.0.code: "fax" is not a service of the questionnaire.',
  ],
  ['no site', { ...dev, platform: { ...dev.platform, sites: [] } }, 'at platform.sites: there is no site.'],
  ...(
    [
      [0, 'leave the share out to keep nothing'],
      [91, 'more than 90 per cent would leave too little to all others'],
      [12.5, 'a whole number of per cent is needed'],
    ] as const
  ).map(
    ([largeShare, problem]) =>
      [
        `a share of ${largeShare} per cent for large customers`,
        { ...dev, platform: { ...dev.platform, largeShare } },
        `at platform.largeShare: ${problem}.`,
      ] as const,
  ),
  [
    'a public address with a path',
    {
      ...dev,
      web: {
        domain: { origin: 'https://a.example/b', certificateId: '7f3c1a52-5b0e-4c56-9a5d-1f0f4f0e6b11' },
      },
    },
    'at web.domain.origin: "https://a.example/b" is not an https address without a path.',
  ],
  [
    'a stage that publishes nothing',
    { ...dev, publication: undefined },
    'at publication: what the public pages say is missing.',
  ],
  [
    'a trust record that the catalogue contradicts',
    { ...dev, platform: { ...dev.platform, services: [{ ...service, qualification: 'qualified' }] } },
    'at publication: catalogue and trust record differ on the qualification of exchange.',
  ],
  ['a key nobody knows', { ...dev, colour: 'blue' }, ': Unrecognized key: "colour".'],
];

describe('the configuration of a stage', () => {
  it.each(stageNames)('%s is valid', (name) => {
    expect(stageNamed(name).stage).toBe(name);
  });

  it.each(wrong)('refuses %s with a message that names it', (_, file, sentence) => {
    expect(() => checkStage('dev', file)).toThrow(
      expect.objectContaining({
        name: 'StageConfigurationError',
        message: `The configuration of stage "dev" is wrong${sentence.startsWith(':') ? '' : ' '}${sentence}`,
      }),
    );
  });

  it('refuses an unknown stage, and lists the known ones', () => {
    expect(() => stageNamed('staging')).toThrow('There is no stage "staging". Stages: dev, prod.');
  });

  it('can be deployed to another of its allowed regions', () => {
    expect(stageNamed('dev', 'eusc-de-east-1').region).toBe('eusc-de-east-1');
  });
});
