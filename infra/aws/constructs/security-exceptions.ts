import { CfnResource, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Findings of the rule packs that are accepted for a resource type, with the reason. */
export interface SecurityException {
  readonly rules: readonly string[];
  readonly type: string;
  readonly reason: string;
}

/** Actions that are allowed on a wildcard resource, with the reason. */
export interface Wildcard {
  readonly actions: readonly string[];
  /** As written in the policy; `{name}` is the workflow's name. */
  readonly resource: string;
  readonly reason: string;
}

const lambda = 'AWS::Lambda::Function';
const stage = 'AWS::ApiGateway::Stage';
const method = 'AWS::ApiGateway::Method';
const queue = 'AWS::SQS::Queue';

/** For the security officer: each accepted finding of the rule packs and what is done instead. */
export const securityExceptions: readonly SecurityException[] = [
  {
    rules: ['NIST.800.53.R5-LambdaInsideVPC'],
    type: lambda,
    reason:
      'Functions reach only AWS services and one public registry, with TLS and their own roles; a VPC would add a NAT gateway and an address to manage, but no boundary beyond those set by IAM and the table’s key.',
  },
  {
    rules: ['NIST.800.53.R5-LambdaConcurrency'],
    type: lambda,
    reason:
      'Reserved concurrency takes capacity from the other functions of the account and turns a peak into refusals; load is limited at the entry, by the throttling of the API, the firewall and the sweeper’s limit of 15 calls a second.',
  },
  {
    rules: ['NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'],
    type: lambda,
    reason:
      'Tasks and pages are called synchronously: the workflow retries tasks and records their failures, and users see an error page. Asynchronous functions have a failure destination, the successor of the dead-letter setting.',
  },
  {
    rules: ['AwsSolutions-APIG6', 'NIST.800.53.R5-APIGWExecutionLoggingEnabled'],
    type: stage,
    reason:
      'Execution logs contain the path of each request, and the path of a personal link is a secret. The access log contains id, resource, status and times of every request; the function’s log has the rest by request id.',
  },
  {
    rules: ['Serverless-APIGWXrayEnabled'],
    type: stage,
    reason:
      'A trace of the stage contains the URL of the request, and a personal link is a secret. Traces start at the function.',
  },
  {
    rules: ['NIST.800.53.R5-APIGWCacheEnabledAndEncrypted'],
    type: stage,
    reason:
      'Every page belongs to one person: a shared cache would show one customer the answers of another.',
  },
  {
    rules: ['NIST.800.53.R5-APIGWSSLEnabled'],
    type: stage,
    reason:
      'A client certificate authenticates API Gateway to an HTTP backend. There is no such backend: only this API may invoke the function, by IAM.',
  },
  {
    rules: ['AwsSolutions-APIG4', 'AwsSolutions-COG4'],
    type: method,
    reason:
      'One function serves customers with personal links, staff with sessions and API clients with tokens of the user pool; an authorizer at the gateway supports only one of the three. The function checks each, and tests cover every route.',
  },
  {
    rules: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    type: queue,
    reason:
      'These are the dead-letter queues themselves: they are processed by operators, and each has an alarm on its depth.',
  },
  {
    rules: ['Serverless-SNSRedrivePolicy'],
    type: 'AWS::SNS::Subscription',
    reason:
      'An alarm whose email is not delivered stays in state ALARM on the dashboard; a queue of undelivered alarms would need an alarm on the same topic.',
  },
];

export const wildcards: readonly Wildcard[] = [
  {
    actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    resource: '*',
    reason: 'X-Ray has no resource type for writing traces; it can only be allowed for all resources.',
  },
  {
    actions: [
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    resource: '*',
    reason: 'X-Ray has no resource type for writing traces or reading sampling rules.',
  },
  {
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
    resource: '*',
    reason:
      'Step Functions needs these to set up its log delivery, and CloudWatch Logs has no resource type for them: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
  },
  {
    actions: [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:FilterLogEvents',
      'logs:GetLogEvents',
      'logs:PutLogEvents',
    ],
    resource: '*',
    reason:
      'API Gateway writes the logs of all APIs of the account with one role and rejects a role with fewer permissions: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
  },
  {
    actions: ['states:DescribeExecution'],
    resource: 'execution:{name}:*',
    reason:
      'Executions are named when they start; the sweeper may read the status of this workflow’s executions, but not their histories.',
  },
];

/** Records each exception on the resources it applies to, where the rule packs look for it. */
export function acceptExceptions(root: IConstruct, workflow: string, region: string): void {
  const resources = root.node.findAll().filter((node) => CfnResource.isCfnResource(node));
  for (const node of resources) {
    for (const { rules, type, reason } of securityExceptions) {
      if (type !== node.cfnResourceType) continue;
      Validations.of(node).acknowledge(...rules.map((id) => ({ id, reason })));
    }
  }
  for (const node of resources.filter((each) => each.cfnResourceType === 'AWS::IAM::ManagedPolicy')) {
    // A test compares the actions that each policy allows on a wildcard with the list above.
    for (const resource of new Set(wildcards.map((each) => each.resource))) {
      const arn = resource.replace('{name}', workflow);
      const finding =
        resource === '*' ? '*' : `arn:<AWS::Partition>:states:${region}:<AWS::AccountId>:${arn}`;
      const reason = wildcards.flatMap((each) => (each.resource === resource ? [each.reason] : [])).join(' ');
      Validations.of(node).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason });
    }
  }
}
