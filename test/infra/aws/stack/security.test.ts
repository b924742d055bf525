import { Stack, Validations } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNamed, stageNames } from '../../../../infra/aws/config/stages.ts';
import { securityExceptions, wildcards } from '../../../../infra/aws/constructs/security-exceptions.ts';
import { emptyApp, stackOf, templateOf } from './synthesised.ts';

const packs = [AwsSolutionsChecks, ServerlessChecks, NIST80053R5Checks] as const;

/** A rule of each pack that the planted resources break. */
const planted = [
  ['AwsSolutions-SQS4', AwsSolutionsChecks],
  ['Serverless-SQSRedrivePolicy', ServerlessChecks],
  ['NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod', NIST80053R5Checks],
] as const;

const one = z.string().transform((text) => [text]);
const statement = z.object({
  Effect: z.string(),
  Action: z.union([one, z.array(z.string())]),
  Resource: z.unknown().transform((value) => (Array.isArray(value) ? value : [value])),
});
const policy = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });

const { ofType, json } = templateOf();

/** What IAM policies allow on more than named resources: actions, then the resource as text. */
function wildcardsIn(): readonly (readonly [actions: readonly string[], resource: string])[] {
  return ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'].flatMap((type) =>
    ofType(type).flatMap(([, { Properties }]) =>
      policy
        .parse(Properties)
        .PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Action, Resource }) =>
          Resource.map((resource) => [Action.toSorted(), JSON.stringify(resource)] as const),
        )
        .filter(
          ([actions, resource]) => resource.includes('*') || actions.some((action) => action.includes('*')),
        ),
    ),
  );
}

const references = z.object({ Ref: z.string() });
const attributes = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });

/** Folders of the functions that may do something, by the policy of their role. */
function foldersAllowed(action: string): readonly string[] {
  const roles = ofType('AWS::IAM::ManagedPolicy')
    .filter(([, { Properties }]) =>
      policy.parse(Properties).PolicyDocument.Statement.some(({ Action }) => Action.includes(action)),
    )
    .flatMap(([, { Properties }]) =>
      z
        .array(references)
        .parse(Properties['Roles'])
        .map(({ Ref }) => Ref),
    );
  return ofType('AWS::Lambda::Function')
    .filter(([, { Properties }]) => roles.includes(attributes.parse(Properties['Role'])['Fn::GetAtt'][0]))
    .map(([, { Properties }]) => String(Properties['FunctionName']).replace('onboarding-dev-', ''))
    .sort();
}

describe('the rule packs', () => {
  it.each(stageNames)('find nothing in %s beyond the accepted exceptions', (name) => {
    const { app } = stackOf(stageNamed(name));
    const findings = packs.flatMap((Pack) =>
      new Pack(app)
        .validateScope(app)
        .violations.map(({ ruleName, violatingResources }) => [
          ruleName,
          violatingResources.map(({ constructPath }) => constructPath),
        ]),
    );
    expect(findings).toEqual([]);
  });

  it.each(planted)('%s stops the synthesis of a violation', (rule, Pack) => {
    const app = emptyApp();
    const stack = new Stack(app, 'Planted');
    new Queue(stack, 'Queue');
    new CfnLogGroup(stack, 'Log');
    Validations.of(app).addPlugins(new Pack(app));
    expect(() => app.synth()).toThrow(rule);
  });

  it('accept the stack', () => {
    const { app } = stackOf();
    Validations.of(app).addPlugins(...packs.map((Pack) => new Pack(app)));
    expect(app.synth().stacks).toHaveLength(1);
  });

  it('have exceptions with substantial reasons', () => {
    for (const { reason } of [...securityExceptions, ...wildcards]) {
      expect(reason.split(' ').length).toBeGreaterThan(10);
    }
  });
});

describe('the permissions of roles', () => {
  it('use wildcard resources only with a reason', () => {
    const accepted = wildcards.map(({ actions, resource }) => ({
      actions: JSON.stringify(actions),
      ending: resource.replace('{name}', 'onboarding-dev'),
    }));
    const found = wildcardsIn();
    const unexplained = found.filter(
      ([actions, resource]) =>
        !accepted.some(
          (each) =>
            each.actions === JSON.stringify(actions) &&
            (each.ending === '*' ? resource === '"*"' : resource.includes(`:${each.ending}"`)),
        ),
    );
    expect(unexplained).toEqual([]);
    expect(found.length).toBeGreaterThan(20);
  });

  it('have no reason for unused wildcards', () => {
    const found = wildcardsIn().map(([actions]) => JSON.stringify(actions));
    expect(wildcards.filter(({ actions }) => !found.includes(JSON.stringify(actions)))).toEqual([]);
  });

  it('are defined only in customer-managed policies, not in AWS managed or inline ones', () => {
    expect(ofType('AWS::IAM::Policy')).toEqual([]);
    for (const [, { Properties }] of ofType('AWS::IAM::Role')) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(Properties).not.toHaveProperty('Policies');
    }
    expect(JSON.stringify(json)).not.toContain(':iam::aws:policy');
  });

  it.each([
    ['states:StartExecution', ['dispatch-outbox', 'sweep-waits']],
    ['states:SendTaskHeartbeat', ['web']],
    ['states:DescribeExecution', ['record-execution-status', 'sweep-waits']],
    ['events:PutEvents', ['dispatch-outbox', 'sweep-waits']],
    ['ses:SendEmail', ['send-mail']],
  ])('grant %s to %j only', (action, folders) => {
    expect(foldersAllowed(action)).toEqual(folders);
  });

  it('allow measuring functions no writes', () => {
    expect(foldersAllowed('dynamodb:GetItem')).toContain('measure-limits');
    expect(foldersAllowed('dynamodb:PutItem')).not.toContain('measure-limits');
  });

  it('never include reading execution histories, which contain tokens', () => {
    expect(JSON.stringify(json)).not.toContain('GetExecutionHistory');
  });

  it('never include scanning the table', () => {
    expect(JSON.stringify(json)).not.toContain('dynamodb:Scan');
  });
});
