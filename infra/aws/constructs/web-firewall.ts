import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, ResourcePolicy, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export interface WebFirewallProps {
  readonly prefix: string;
  /** ARN of the API's stage. */
  readonly protects: string;
  readonly key: IKey;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  /** Requests a minute. */
  readonly quotas: { readonly perLink: number; readonly perClient: number; readonly perAddress: number };
}

type Rule = CfnWebACL.RuleProperty;
type Statement = CfnWebACL.StatementProperty;

const noTransformation = [{ priority: 0, type: 'NONE' }];
const minute = 60;
/** Paths that accept prospect files, which are larger than any form. */
const importsPaths = ['/api/imports', '/sales/imports'] as const;
/** Paths whose last part is a secret. */
const linkPaths = ['/f/', '/calendar/'] as const;
const bodySizeRule = 'SizeRestrictions_BODY';
const bodySizeLabel = 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body';

/**
 * The firewall in front of the API. Its limits count requests per person or API client first and per IP address last,
 * because a whole ministry may share one address. Neither its log nor its samples contain a path, since a path may
 * contain a secret link.
 */
export class WebFirewall extends Construct {
  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    const { quotas } = props;
    const acl = new CfnWebACL(this, 'Rules', {
      name: props.prefix,
      description: 'Rate limits and managed rules before the onboarding web',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(`${props.prefix}-web`),
      rules: numbered([
        limit('requests-per-link', quotas.perLink, [{ uriPath: { textTransformations: noTransformation } }], {
          orStatement: { statements: linkPaths.map(pathHas) },
        }),
        limit('requests-per-program', quotas.perClient, [
          { header: { name: 'authorization', textTransformations: noTransformation } },
        ]),
        limit('requests-per-session', quotas.perClient, [
          { cookie: { name: '__Host-session', textTransformations: noTransformation } },
        ]),
        limitByAddress('requests-per-address', quotas.perAddress),
        managed('AWSManagedRulesCommonRuleSet', [bodySizeRule]),
        {
          name: 'large-bodies-outside-imports',
          action: { block: {} },
          statement: {
            andStatement: {
              statements: [
                { labelMatchStatement: { scope: 'LABEL', key: bodySizeLabel } },
                ...importsPaths.map((path) => ({ notStatement: { statement: pathHas(path) } })),
              ],
            },
          },
        },
        managed('AWSManagedRulesKnownBadInputsRuleSet'),
        managed('AWSManagedRulesAmazonIpReputationList'),
      ]),
    });
    new CfnWebACLAssociation(this, 'Protects', { resourceArn: props.protects, webAclArn: acl.attrArn });
    this.log(acl, props);
  }

  private log(acl: CfnWebACL, { prefix, key, logRetention, removalPolicy }: WebFirewallProps): void {
    const stack = Stack.of(this);
    const logGroup = new LogGroup(this, 'Log', {
      // AWS WAF accepts no other prefix.
      logGroupName: `aws-waf-logs-${prefix}`,
      retention: logRetention,
      encryptionKey: key,
      removalPolicy,
    });
    const delivery = new ResourcePolicy(this, 'Delivery', {
      resourcePolicyName: `${prefix}-web-firewall`,
      policyStatements: [
        new PolicyStatement({
          principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
          conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
        }),
      ],
    });
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        stack.formatArn({
          service: 'logs',
          resource: `log-group:aws-waf-logs-${prefix}`,
        }),
      ],
      redactedFields: [
        { uriPath: {} },
        { queryString: {} },
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
        { singleHeader: { Name: 'referer' } },
      ],
      // Allowed requests are in the access log already.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [
              { ActionCondition: { Action: 'BLOCK' } },
              { ActionCondition: { Action: 'COUNT' } },
              { ActionCondition: { Action: 'EXCLUDED_AS_COUNT' } },
            ],
          },
        ],
      },
    });
    logging.node.addDependency(logGroup, delivery);
  }
}

type RuleWithoutOrder = Omit<Rule, 'priority' | 'visibilityConfig'>;

function numbered(rules: readonly RuleWithoutOrder[]): Rule[] {
  return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

function pathHas(text: string): Statement {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'CONTAINS',
      searchString: text,
      textTransformations: noTransformation,
    },
  };
}

function limit(
  name: string,
  requests: number,
  customKeys: CfnWebACL.RateBasedStatementCustomKeyProperty[],
  scopeDownStatement?: Statement,
): RuleWithoutOrder {
  return {
    name,
    action: tooManyRequests,
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'CUSTOM_KEYS',
        customKeys,
        limit: requests,
        evaluationWindowSec: minute,
        ...(scopeDownStatement === undefined ? {} : { scopeDownStatement }),
      },
    },
  };
}

function limitByAddress(name: string, requests: number): RuleWithoutOrder {
  return {
    name,
    action: tooManyRequests,
    statement: {
      rateBasedStatement: { aggregateKeyType: 'IP', limit: requests, evaluationWindowSec: minute },
    },
  };
}

/** 429 with the time after which to retry. */
const tooManyRequests: CfnWebACL.RuleActionProperty = {
  block: {
    customResponse: {
      responseCode: 429,
      responseHeaders: [{ name: 'Retry-After', value: String(minute) }],
    },
  },
};

/** A rule group managed by AWS; `counted` names its rules that count without blocking. */
function managed(name: string, counted: readonly string[] = []): RuleWithoutOrder {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  };
}
