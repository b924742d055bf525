import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { goNoGoHours } from '../../../../functions/domain/onboarding/deadline.ts';
import { indexes } from '../../../../functions/store/keys.ts';
import { dev } from '../../../../infra/aws/config/dev.ts';
import { checkStage } from '../../../../infra/aws/config/stage-configuration.ts';
import { stageNamed } from '../../../../infra/aws/config/stages.ts';
import { stackOf, templateOf } from './synthesised.ts';

const { template, json, ofType } = templateOf();
const prod = templateOf(stageNamed('prod'));

function expectResource(inside: Template, type: string, properties: unknown): void {
  expect(() => inside.hasResourceProperties(type, properties)).not.toThrow();
}

describe('the table', () => {
  it('is billed per request, recoverable to the second, encrypted with our key, and expires items', () => {
    expectResource(template, 'AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    });
    expect(ofType('AWS::DynamoDB::Table')).toHaveLength(1);
  });

  it('has the keys-only indexes of the access patterns', () => {
    const wanted = Object.values(indexes).map(({ name, pk, sk }) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: pk, KeyType: 'HASH' },
        { AttributeName: sk, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    }));
    expectResource(template, 'AWS::DynamoDB::Table', { GlobalSecondaryIndexes: wanted });
    expect(wanted).toHaveLength(4);
  });

  it('outlives a production stack and is protected against deletion', () => {
    const [entry] = prod.ofType('AWS::DynamoDB::Table');
    expect(entry?.[1]).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: true },
    });
    expect(stackOf(stageNamed('prod')).stack.terminationProtection).toBe(true);
  });

  it('has backups that cannot be deleted early in production', () => {
    const [vault] = prod.ofType('AWS::Backup::BackupVault');
    expect(vault?.[1]).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        AccessPolicy: {
          Statement: [
            {
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
            },
          ],
        },
      },
    });
  });

  it('is replaced by a restored table, and is kept', () => {
    const restored = { name: 'onboarding-restored', streamLabel: '2026-11-25T16:17:11.123' };
    const { ofType: then } = templateOf(checkStage('dev', { ...dev, restoredTable: restored }));
    expect(then('AWS::DynamoDB::Table')).toHaveLength(1);
    for (const mapping of then('AWS::Lambda::EventSourceMapping')) {
      expect(JSON.stringify(mapping)).toContain(':table/onboarding-restored/stream/2026-11-25T16:17:11.123');
    }
    for (const type of ['AWS::IAM::ManagedPolicy', 'AWS::Lambda::Function', 'AWS::Backup::BackupSelection']) {
      expect(JSON.stringify(then(type))).toContain('onboarding-restored');
      expect(JSON.stringify(then(type))).not.toContain('OnboardingsTable');
    }
    expect(JSON.stringify(then('AWS::CloudWatch::Alarm'))).not.toContain('OnboardingsTable');
  });

  it('is backed up each night to a vault with our key', () => {
    expectResource(template, 'AWS::Backup::BackupVault', { EncryptionKeyArn: Match.anyValue() });
    expectResource(template, 'AWS::Backup::BackupPlan', {
      BackupPlan: { BackupPlanRule: [Match.objectLike({ Lifecycle: { DeleteAfterDays: 7 } })] },
    });
    expect(ofType('AWS::Backup::BackupSelection')).toHaveLength(1);
  });

  it('reports to each sender the records of its part of the outbox, and keeps failed calls', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
    expect(mappings).toHaveLength(2);
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
      });
    }
  });
});

describe('every function', () => {
  const functions = ofType('AWS::Lambda::Function');

  it.each(functions)('%s has the standard settings', (_, { Properties }) => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: expect.any(Number),
      Timeout: expect.any(Number),
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: expect.anything() },
    });
  });

  it('has a role of its own', () => {
    const roles = functions.map(([, { Properties }]) => JSON.stringify(Properties['Role']));
    expect(new Set(roles).size).toBe(functions.length);
  });

  it("has environment variables far below Lambda's limit of 4 kB", () => {
    const sizes = functions.map(
      ([, { Properties }]) => JSON.stringify(Properties['Environment'] ?? {}).length,
    );
    expect(Math.max(...sizes)).toBeLessThan(2_000);
  });

  it('that runs asynchronously sends failed calls to a queue', () => {
    expect(ofType('AWS::Lambda::EventInvokeConfig')).toHaveLength(8);
    for (const [, { Properties }] of ofType('AWS::Lambda::EventInvokeConfig')) {
      expect(Properties['DestinationConfig']).toHaveProperty('OnFailure.Destination');
    }
  });
});

describe('the keys', () => {
  it('for data rotate each year', () => {
    const symmetric = ofType('AWS::KMS::Key').filter(
      ([, { Properties }]) => Properties['KeySpec'] === undefined,
    );
    expect(symmetric.length).toBeGreaterThan(0);
    for (const [, { Properties }] of symmetric) expect(Properties['EnableKeyRotation']).toBe(true);
  });

  it('for personal links may be used only by the functions that compute links, and only for that', () => {
    const makers = ofType('AWS::IAM::ManagedPolicy').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('kms:GenerateMac'),
    );
    expect(makers.map(([id]) => id.replace(/Policy[0-9A-F]{8}$/, '')).sort()).toEqual([
      'Backgroundapplyretention',
      'Backgroundsendmail',
      'Pages',
      'TasksInviteCustomer',
    ]);
    expectResource(template, 'AWS::KMS::Key', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  });

  it('for seals may be used only by the pages', () => {
    const sealers = ofType('AWS::IAM::ManagedPolicy').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('kms:Sign'),
    );
    expect(sealers.map(([id]) => id.replace(/Policy[0-9A-F]{8}$/, ''))).toEqual(['Pages']);
    expectResource(template, 'AWS::KMS::Key', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  });
});

describe('the logs', () => {
  it('are encrypted with our key and kept for the period of the stage', () => {
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(20);
    for (const [, { Properties }] of groups) {
      expect(Properties).toMatchObject({ RetentionInDays: 30, KmsKeyId: expect.anything() });
    }
  });

  it('of the API contain no paths, queries or IP addresses', () => {
    const [entry] = ofType('AWS::ApiGateway::Stage');
    expect(entry?.[1].Properties).toMatchObject({
      AccessLogSetting: {
        Format: JSON.stringify({
          requestId: '$context.requestId',
          time: '$context.requestTimeEpoch',
          method: '$context.httpMethod',
          resource: '$context.resourcePath',
          status: '$context.status',
          latency: '$context.responseLatency',
          integrationStatus: '$context.integrationStatus',
          bytes: '$context.responseLength',
        }),
      },
      TracingEnabled: false,
      MethodSettings: [{ DataTraceEnabled: false, LoggingLevel: 'OFF', ThrottlingBurstLimit: 100 }],
    });
  });

  it('of the firewall contain no paths, and it keeps no samples', () => {
    expectResource(template, 'AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: Match.arrayWith([{ UriPath: {} }, { QueryString: {} }]),
    });
    expect(JSON.stringify(ofType('AWS::WAFv2::WebACL'))).not.toContain('"SampledRequestsEnabled":true');
  });

  it('of the workflow contain every event and no data', () => {
    expectResource(template, 'AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });
});

describe('the workflow', () => {
  it('is published as a retained version behind the alias', () => {
    const [version] = ofType('AWS::StepFunctions::StateMachineVersion');
    expect(version?.[1].UpdateReplacePolicy).toBe('Retain');
    expectResource(template, 'AWS::StepFunctions::StateMachineAlias', { Name: 'live' });
  });

  it('reports its failures and redrives to the recorder', () => {
    expectResource(template, 'AWS::Events::Rule', {
      EventPattern: Match.objectLike({
        source: ['aws.states'],
        detail: Match.objectLike({ status: ['FAILED', 'TIMED_OUT', 'ABORTED', 'RUNNING'] }),
      }),
    });
  });
});

describe('the web', () => {
  it('is regional, throttled and protected by the firewall', () => {
    expectResource(template, 'AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
    expect(ofType('AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
  });

  it('limits by link and by client before it limits by IP address', () => {
    const [acl] = ofType('AWS::WAFv2::WebACL');
    const rules = acl?.[1].Properties['Rules'];
    expect(rules).toMatchObject([
      {
        Name: 'requests-per-link',
        Priority: 0,
        Statement: { RateBasedStatement: { EvaluationWindowSec: 60 } },
      },
      { Name: 'requests-per-program' },
      { Name: 'requests-per-session' },
      {
        Name: 'requests-per-address',
        Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 600 } },
      },
      {
        Name: 'AWSManagedRulesCommonRuleSet',
        Statement: {
          ManagedRuleGroupStatement: {
            RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
          },
        },
      },
      { Name: 'large-bodies-outside-imports', Action: { Block: {} } },
      { Name: 'AWSManagedRulesKnownBadInputsRuleSet' },
      { Name: 'AWSManagedRulesAmazonIpReputationList' },
    ]);
  });

  it('refuses large bodies except prospect files, which arrive unchanged', () => {
    const [acl] = ofType('AWS::WAFv2::WebACL');
    const rules = JSON.stringify(acl?.[1].Properties['Rules']);
    expect([...rules.matchAll(/"SearchString":"([^"]+)"/g)].map(([, path]) => path)).toEqual([
      '/f/',
      '/calendar/',
      '/api/imports',
      '/sales/imports',
    ]);
    expectResource(template, 'AWS::ApiGateway::RestApi', {
      BinaryMediaTypes: ['multipart/form-data', 'text/csv'],
    });
  });

  it('answers only at its own domain if the stage has one', () => {
    expectResource(prod.template, 'AWS::ApiGateway::DomainName', {
      DomainName: 'onboarding.platform.example',
      SecurityPolicy: 'TLS_1_2',
    });
    expectResource(prod.template, 'AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
  });
});

describe('sign-in', () => {
  it('requires a second factor from staff and allows no sign-up', () => {
    expectResource(template, 'AWS::Cognito::UserPool', {
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 14 }) },
    });
  });

  it('has the two groups of staff and the three scopes of API clients', () => {
    expect(
      ofType('AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties['GroupName']),
    ).toEqual(['sales', 'operator']);
    expectResource(template, 'AWS::Cognito::UserPoolResourceServer', {
      Identifier: 'onboarding',
      Scopes: ['read', 'write', 'operations'].map((ScopeName) => Match.objectLike({ ScopeName })),
    });
  });

  it('gives an API client only the scopes of its configuration', () => {
    const oneClient = templateOf(
      checkStage('dev', {
        ...dev,
        signIn: { ...dev.signIn, machineClients: [{ name: 'reporting', scopes: ['read'] }] },
      }),
    );
    const client = oneClient
      .ofType('AWS::Cognito::UserPoolClient')
      .find(([, { Properties }]) => Properties['ClientName'] === 'reporting');
    expect(client?.[1].Properties).toMatchObject({
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: [{ 'Fn::Join': ['', [{ Ref: expect.any(String) }, '/read']] }],
      GenerateSecret: true,
    });
  });
});

describe('the schedules', () => {
  it('run the gates at each hour of the go/no-go, Paris time', () => {
    expectResource(template, 'AWS::Scheduler::Schedule', {
      Name: 'run-gates',
      ScheduleExpression: 'cron(0 8,14,18 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Paris',
    });
    expectResource(template, 'AWS::Scheduler::Schedule', {
      Name: 'run-gates-alarm',
      ScheduleExpression: 'cron(30 16 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Paris',
    });
    expect(Object.values(goNoGoHours).toSorted()).toEqual(['08:00', '14:00', '16:30', '18:00']);
  });

  it('retry and sweep every quarter of an hour, erase each night', () => {
    const times = ofType('AWS::Scheduler::Schedule').map(([, { Properties }]) => [
      Properties['Name'],
      Properties['ScheduleExpression'],
    ]);
    expect(times).toEqual(
      expect.arrayContaining([
        ['dispatch-outbox', 'rate(15 minutes)'],
        ['send-mail', 'rate(15 minutes)'],
        ['sweep-waits', 'rate(15 minutes)'],
        ['apply-retention', 'cron(0 3 * * ? *)'],
      ]),
    );
  });
});

describe('mail and events', () => {
  it('send emails only with TLS', () => {
    expectResource(template, 'AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
  });

  it('leave with an envelope sender of our own domain, also while its records are not published', () => {
    expectResource(template, 'AWS::SES::EmailIdentity', {
      EmailIdentity: 'dev.platform.example',
      MailFromAttributes: {
        MailFromDomain: 'bounce.dev.platform.example',
        BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      },
    });
  });

  it('report bounces and complaints, and archive events for replay', () => {
    expectResource(template, 'AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: Match.objectLike({ MatchingEventTypes: ['bounce', 'complaint', 'reject'] }),
    });
    expectResource(template, 'AWS::Events::Archive', { RetentionDays: 7 });
  });
});

it('stays below the limits of CloudFormation: 500 resources and 1 MB', () => {
  expect(Object.keys(json['Resources'])).toSatisfy((ids: string[]) => ids.length > 100 && ids.length < 500);
  expect(JSON.stringify(json).length).toBeLessThan(1_000_000);
});
