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
      'Functions reach AWS services and one public registry only, each by TLS and its own role; a VPC would add a NAT gateway, an address to manage and no boundary that IAM and the table’s key do not set already.',
  },
  {
    rules: ['NIST.800.53.R5-LambdaConcurrency'],
    type: lambda,
    reason:
      'Reserved concurrency takes capacity from the other functions of the account and turns a peak into refusals; load is limited where it enters, by throttling of the API, the firewall and the 15 calls a second of the sweeper.',
  },
  {
    rules: ['NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'],
    type: lambda,
    reason:
      'Tasks and pages are called synchronously: the workflow retries and records their failures, a person sees an error page. Functions that nobody waits for have a failure destination, the successor of the dead-letter setting.',
  },
  {
    rules: ['AwsSolutions-APIG6', 'NIST.800.53.R5-APIGWExecutionLoggingEnabled'],
    type: stage,
    reason:
      'Execution logs write the path of each request, and the path of a personal link is a secret. The access log has id, resource, status and times of every request; the function’s log has the rest by request id.',
  },
  {
    rules: ['Serverless-APIGWXrayEnabled'],
    type: stage,
    reason:
      'A trace of the stage holds the URL of the request, and a personal link is a secret. Traces begin at the function.',
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
      'A client certificate proves API Gateway to an HTTP backend. There is none: the function is called by IAM, and by this API only.',
  },
  {
    rules: ['AwsSolutions-APIG4', 'AwsSolutions-COG4'],
    type: method,
    reason:
      'One function serves customers with personal links, staff with sessions of the user pool and programs with its tokens; an authorizer at the gateway knows one of the three. The function checks each, and tests hold every route to it.',
  },
  {
    rules: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    type: queue,
    reason:
      'These are the dead-letter queues themselves: nothing consumes them but people, and each has an alarm on its depth.',
  },
  {
    rules: ['Serverless-SNSRedrivePolicy'],
    type: 'AWS::SNS::Subscription',
    reason:
      'An alarm that mail did not bring stays in state ALARM on the dashboard; a queue of undelivered alarms would itself have to alarm by the same topic.',
  },
];

export const wildcards: readonly Wildcard[] = [
  {
    actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    resource: '*',
    reason: 'X-Ray knows no resource for writing traces; it can be allowed for all or not at all.',
  },
  {
    actions: [
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    resource: '*',
    reason: 'X-Ray knows no resource for writing traces or reading sampling rules.',
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
      'Step Functions sets up the delivery of its log with these, and CloudWatch Logs knows no resource for them: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
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
      'API Gateway writes the logs of all APIs of the account with one role and refuses one that may do less: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
  },
  {
    actions: ['states:DescribeExecution'],
    resource: 'execution:{name}:*',
    reason:
      'Executions are named when they start; the sweeper may see how those of this workflow ended, never their histories.',
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
