import * as z from 'zod';
import { assumptions, daysPerMonth, hoursPerMonth } from './assumptions.ts';
import type { BenchResults } from './bench-results.ts';
import type { Use } from './charges.ts';
import { free, paidByUse } from './resource-types.ts';
import { runsPerMonth } from './schedule-runs.ts';
import type { Resource, Resources } from './template.ts';

/** The stack contains a resource without a price. */
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

/** Billed for each metric, at a higher price for periods shorter than a minute. */
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
/** AWS managed rule groups without a charge beyond that of a rule. */
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

/** Scheduled calls without work, with all their costs. */
const ofSchedule: Rule = ({ Properties }, { resources, bench }) => {
  const { Name, ScheduleExpression, Target } = schedule.parse(Properties);
  const runs = runsPerMonth(ScheduleExpression);
  const { MemorySize } = lambda.parse(resources[Target.Arn['Fn::GetAtt'][0]]?.Properties);
  // A function may have further schedules, named after it.
  const quiet = bench.quietRuns.find(({ function: one }) => Name === one || Name.startsWith(`${one}-`));
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

/** Metrics of each method are billed as custom metrics; those of the API as a whole are free. */
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

/** Lambda reads the stream free of charge, but requests the encryption key every five minutes. */
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
 * The usage of a stage in a month without any onboarding activity.
 *
 * @throws UnpricedResourceError for a resource type that is neither priced nor listed as free.
 */
export function idleUses(resources: Resources, bench: BenchResults): readonly Use[] {
  return Object.entries(resources).flatMap(([id, resource]) => {
    const rule = rules[resource.Type];
    if (rule !== undefined) return rule(resource, { resources, bench });
    if (resource.Type in paidByUse || free.has(resource.Type)) return [];
    throw new UnpricedResourceError(id, resource.Type);
  });
}

/** Number of keys with yearly rotation: each of the first two rotations of a key costs as much again. */
export function rotatingKeys(resources: Resources): number {
  return Object.values(resources).filter(
    ({ Type, Properties }) => Type === 'AWS::KMS::Key' && Properties['EnableKeyRotation'] === true,
  ).length;
}
