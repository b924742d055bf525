import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dev } from '../../../../infra/aws/config/dev.ts';
import { checkStage } from '../../../../infra/aws/config/stage-configuration.ts';
import { stackOf } from './synthesised.ts';

const settings = z.object({
  Properties: z.object({
    FunctionName: z.string(),
    Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  }),
});

function webSettings(file: unknown): Readonly<Record<string, unknown>> {
  const { stack } = stackOf(checkStage('dev', file));
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  const web = functions
    .flatMap((each) => settings.safeParse(each).data ?? [])
    .find(({ Properties }) => Properties.FunctionName === 'onboarding-dev-web');
  return web?.Properties.Environment.Variables ?? {};
}

const registered = {
  ...dev,
  customerIdentity: 'link_and_proconnect',
  proConnect: { issuer: 'https://proconnect.example/api/v2', clientId: 'us' },
};

describe('a stage that asks for ProConnect', () => {
  it('tells the pages where it is, and where its secret is, not the secret', () => {
    expect(webSettings(registered)).toMatchObject({
      CUSTOMER_IDENTITY: 'link_and_proconnect',
      PROCONNECT_ISSUER: 'https://proconnect.example/api/v2',
      PROCONNECT_CLIENT_ID: 'us',
      PROCONNECT_ALGORITHM: 'RS256',
      PROCONNECT_SECRET_PARAMETER: '/onboarding-dev/proconnect-client-secret',
    });
  });

  it('lets the pages read that one parameter, and no other function', () => {
    const { stack } = stackOf(checkStage('dev', registered));
    const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    expect(policies.match(/ssm:GetParameter/g)).toHaveLength(1);
    expect(policies).toContain(':parameter/onboarding-dev/proconnect-client-secret');
  });

  it('is told apart from one that does not, whose pages know nothing of it', () => {
    expect(Object.keys(webSettings(dev)).filter((name) => name.startsWith('PROCONNECT'))).toEqual([]);
  });
});
