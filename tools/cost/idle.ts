import * as z from 'zod';
import { assumptions, daysPerMonth, hoursPerMonth } from './assumptions.ts';
import type { BenchResults } from './bench-results.ts';
import type { Use } from './charges.ts';
import { free, paidByUse } from './resource-types.ts';
import { runsPerMonth } from './schedule-runs.ts';
import type { Resource, Resources } from './template.ts';

/** The stack has a resource of which nobody has said what it costs. */
export class UnpricedResourceError extends Error {
  override readonly name = 'UnpricedResourceError';

  constructor(id: string, type: string) {
    super(
      `What ${id} costs is not known: say in tools/cost how ${type} is paid for, or that it is free of charge`,
    );
  }
}

interface Context {
  readonly resources: Resources;
  readonly bench: BenchResults;
}

type Rule = (resource: Resource, context: Context) => readonly Use[];

const alarm = z.object({ Period: z.number().optional(), Metrics: z.array(z.unknown()).optional() });

/** Paid for each metric it looks at, and more when it looks more often than once a minute. */
const ofAlarm: Rule = ({ Properties }) => {
  const { Period = 60, Metrics = [{}] } = alarm.parse(Properties);
  return [
    {
      what: 'Alarms',
      price: Period < 60 ? 'alarm-high-resolution' : 'alarm',
      quantity: Metrics.length,
    },
  ];
};

const acl = z.object({
  Rules: z.array(
    z.object({
      Statement: z.object({ ManagedRuleGroupStatement: z.object({ Name: z.string() }).optional() }),
    }),
  ),
});
/** Groups that Amazon keeps and takes nothing for besides the price of a rule. */
const ordinaryGroups = [
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
];

const ofFirewall: Rule = ({ Type, Properties }) => {
  const { Rules } = acl.parse(Properties);
  for (const { Statement } of Rules) {
    const name = Statement.ManagedRuleGroupStatement?.Name;
    if (name !== undefined && !ordinaryGroups.includes(name)) throw new UnpricedResourceError(name, Type);
  }
  return [
    { what: 'Firewall', price: 'firewall', quantity: 1 },
    { what: 'Firewall: rules', price: 'firewall-rule', quantity: Rules.length },
  ];
};

const schedule = z.object({
  Name: z.string(),
  ScheduleExpression: z.string(),
  Target: z.object({ Arn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) }),
});
const lambda = z.object({ MemorySize: z.number() });

/** The calls that come although nothing has happened, with all they do then. */
const ofSchedule: Rule = ({ Properties }, { resources, bench }) => {
  const { Name, ScheduleExpression, Target } = schedule.parse(Properties);
  const runs = runsPerMonth(ScheduleExpression);
  const { MemorySize } = lambda.parse(resources[Target.Arn['Fn::GetAtt'][0]]?.Properties);
  const quiet = bench.quietRuns.find((run) => run.function === Name);
  if (quiet === undefined) throw new UnpricedResourceError(Name, 'a quiet run of the function');
  const what = 'Scheduled calls';
  const { duration, coldStart } = assumptions;
  const seconds = (duration.scheduled + coldStart.milliseconds) / 1_000;
  return [
    { what, price: 'scheduled-call', quantity: runs },
    { what, price: 'lambda-request', quantity: runs },
    { what, price: 'lambda-gb-second', quantity: (runs * seconds * MemorySize) / 1_024 },
    { what, price: 'table-read', quantity: runs * quiet.readUnits },
    { what, price: 'trace', quantity: runs },
    { what: 'Key requests', price: 'key-request', quantity: runs },
    {
      what: 'Metrics of scheduled calls',
      price: 'metric',
      quantity: quiet.metrics * Math.min(hoursPerMonth, runs),
    },
  ];
};

const userPool = z.object({ UserPoolTier: z.enum(['LITE', 'ESSENTIALS', 'PLUS']).default('ESSENTIALS') });

const ofUserPool: Rule = ({ Properties }) => [
  {
    what: 'Staff sign-in',
    price: `staff-${userPool.parse(Properties).UserPoolTier.toLowerCase()}`,
    quantity: assumptions.staff,
  },
];

const client = z.object({ AllowedOAuthFlows: z.array(z.string()).default([]) });

const ofClient: Rule = ({ Properties }) =>
  client.parse(Properties).AllowedOAuthFlows.includes('client_credentials')
    ? [{ what: 'API client tokens', price: 'program-token', quantity: assumptions.tokensPerProgram }]
    : [];

const stage = z.object({ MethodSettings: z.array(z.object({ MetricsEnabled: z.boolean() })).default([]) });
/** Count, latencies and both kinds of errors. */
const metricsPerMethod = 5;

/** Metrics of each method are custom ones; those of the API as a whole are free. */
const ofApiStage: Rule = ({ Properties }, { resources }) => {
  if (!stage.parse(Properties).MethodSettings.some(({ MetricsEnabled }) => MetricsEnabled)) return [];
  const methods = Object.values(resources).filter(({ Type }) => Type === 'AWS::ApiGateway::Method').length;
  return [
    {
      what: 'Metrics of API methods',
      price: 'metric',
      quantity: methods * metricsPerMethod * hoursPerMonth,
    },
  ];
};

/** Lambda reads the stream for nothing, but it is encrypted: its key is asked for every five minutes. */
const ofStreamReader: Rule = () => [
  { what: 'Key requests', price: 'key-request', quantity: (daysPerMonth * 1_440) / 5 },
];

const rules: Readonly<Record<string, Rule>> = {
  'AWS::ApiGateway::Stage': ofApiStage,
  'AWS::CloudWatch::Alarm': ofAlarm,
  'AWS::CloudWatch::CompositeAlarm': () => [{ what: 'Alarms', price: 'alarm-composite', quantity: 1 }],
  'AWS::CloudWatch::Dashboard': () => [{ what: 'Dashboard', price: 'dashboard', quantity: 1 }],
  'AWS::Cognito::UserPool': ofUserPool,
  'AWS::Cognito::UserPoolClient': ofClient,
  'AWS::KMS::Key': () => [{ what: 'Keys', price: 'key', quantity: 1 }],
  'AWS::Lambda::EventSourceMapping': ofStreamReader,
  'AWS::Scheduler::Schedule': ofSchedule,
  'AWS::WAFv2::WebACL': ofFirewall,
};

/**
 * What a stage uses in a month in which no onboarding does anything.
 *
 * @throws UnpricedResourceError for a resource of a type that is neither priced nor said to be free.
 */
export function idleUses(resources: Resources, bench: BenchResults): readonly Use[] {
  return Object.entries(resources).flatMap(([id, resource]) => {
    const rule = rules[resource.Type];
    if (rule !== undefined) return rule(resource, { resources, bench });
    if (resource.Type in paidByUse || free.has(resource.Type)) return [];
    throw new UnpricedResourceError(id, resource.Type);
  });
}

/** Keys that are renewed each year: for each of the first two renewals a key costs as much again. */
export function rotatingKeys(resources: Resources): number {
  return Object.values(resources).filter(
    ({ Type, Properties }) => Type === 'AWS::KMS::Key' && Properties['EnableKeyRotation'] === true,
  ).length;
}
