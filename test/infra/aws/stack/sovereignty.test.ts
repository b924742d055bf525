import { Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { stageNamed } from '../../../../infra/aws/config/stages.ts';
import { SovereigntyGuard } from '../../../../infra/aws/constructs/sovereignty-guard.ts';
import { emptyApp, templateOf } from './synthesised.ts';

const allowed = ['eu-west-3', 'eusc-de-east-1'];

/** What the guard says of a stack with one resource. */
function verdictOn(type: string, properties: Record<string, unknown> = {}, region = 'eu-west-3') {
  const stack = new Stack(emptyApp(), 'Planted', { env: { region } });
  const resource = new CfnResource(stack, 'Resource', { type, properties });
  const guard = new SovereigntyGuard(allowed);
  return [stack, resource].flatMap((construct) => {
    guard.visit(construct);
    return construct.node.metadata.filter((entry) => entry.type === 'aws:cdk:error').map(({ data }) => data);
  });
}

const refused: readonly (readonly [
  what: string,
  type: string,
  properties: Record<string, unknown>,
  says: string,
])[] = [
  [
    'a distribution of CloudFront',
    'AWS::CloudFront::Distribution',
    {},
    'AWS::CloudFront::Distribution is a global service',
  ],
  ['a record of Route 53', 'AWS::Route53::RecordSet', {}, 'AWS::Route53::RecordSet is a global service'],
  ['a table with copies', 'AWS::DynamoDB::GlobalTable', {}, 'AWS::DynamoDB::GlobalTable is a global service'],
  [
    'a firewall of CloudFront',
    'AWS::WAFv2::WebACL',
    { Scope: 'CLOUDFRONT' },
    'AWS::WAFv2::WebACL has the scope CLOUDFRONT, which is global',
  ],
  [
    'an edge endpoint',
    'AWS::ApiGateway::RestApi',
    { EndpointConfiguration: { Types: ['EDGE'] } },
    'AWS::ApiGateway::RestApi has an edge endpoint, which is global',
  ],
  ['a key with copies', 'AWS::KMS::Key', { MultiRegion: true }, 'AWS::KMS::Key has copies in other regions'],
  [
    'an ARN with a partition',
    'AWS::SNS::Subscription',
    { TopicArn: 'arn:aws:sns:eu-west-3:1:t' },
    "AWS::SNS::Subscription names a partition in an ARN; use the stack's",
  ],
  [
    'a region abroad',
    'AWS::SSM::Parameter',
    { Value: 'https://logs.us-east-1.example' },
    'AWS::SSM::Parameter names the region us-east-1, which is not allowed',
  ],
];

describe('the guard', () => {
  it.each(refused)('refuses %s', (_, type, properties, says) => {
    expect(verdictOn(type, properties)).toContain(`Sovereignty: ${says}`);
  });

  it('refuses a region that is not allowed', () => {
    expect(verdictOn('AWS::SQS::Queue', {}, 'us-east-1')).toEqual([
      'Sovereignty: the region us-east-1 is not allowed',
    ]);
  });

  it('accepts a regional resource', () => {
    expect(verdictOn('AWS::SQS::Queue', { QueueName: 'onboarding' })).toEqual([]);
  });

  it('stops synthesis', () => {
    const app = emptyApp();
    const stack = new Stack(app, 'Planted', { env: { region: 'us-east-1' } });
    Aspects.of(stack).add(new SovereigntyGuard(allowed));
    expect(() => app.synth()).toThrow('Sovereignty: the region us-east-1 is not allowed');
  });
});

describe('the stack', () => {
  const paris = templateOf(stageNamed('dev', 'eu-west-3'));
  const sovereign = templateOf(stageNamed('dev', 'eusc-de-east-1'));

  it.each([
    ['eu-west-3', paris],
    ['eusc-de-east-1', sovereign],
  ] as const)('in %s contains no partition and no other region', (region, { json }) => {
    const text = JSON.stringify(json);
    expect(text).not.toMatch(/arn:aws/);
    expect(text).toContain('{"Ref":"AWS::Partition"}');
    expect(new Set(text.match(/\b(?:eu|us|eusc)(?:-[a-z]+)+-\d\b/g))).toEqual(new Set([region]));
  });

  it('is the same in both except for the region', () => {
    const withoutRegion = (json: unknown) =>
      JSON.stringify(json).replaceAll(/eusc-de-east-1|eu-west-3/g, 'HERE');
    const strip = ({ Resources, Outputs }: Record<string, unknown>) => ({ Resources, Outputs });
    const here = withoutRegion(strip(sovereign.json));
    // Hashes of deployments and policies follow the region's name.
    const ids = (text: string) => text.replaceAll(/[0-9a-f]{32,64}/g, 'HASH').length;
    expect(ids(here)).toBe(ids(withoutRegion(strip(paris.json))));
  });

  it('is deployed to the partition of its region', () => {
    expect(RegionInfo.get('eu-west-3').partition).toBe('aws');
    expect(RegionInfo.get('eusc-de-east-1').partition).toBe('aws-eusc');
  });
});
