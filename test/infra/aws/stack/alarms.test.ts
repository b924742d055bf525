import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outcomes } from '../../../../functions/domain/onboarding/lifecycle.ts';
import { tiers } from '../../../../functions/domain/readiness/tier.ts';
import { systemClock } from '../../../../functions/platform/clock.ts';
import type { LogCode } from '../../../../functions/platform/log.ts';
import {
  emfMetrics,
  funnelSteps,
  metricNamespace,
  serviceSetting,
} from '../../../../functions/platform/metrics.ts';
import { dev } from '../../../../infra/aws/config/dev.ts';
import { alarmCatalogue } from '../../../../infra/aws/constructs/alarm-catalogue.ts';
import { tasks } from '../../../../workflows/tasks.ts';
import { templateOf } from './synthesised.ts';

const { ofType } = templateOf();
const alarms = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => ({
  name: String(Properties['AlarmName']).replace('onboarding-dev-', ''),
  description: String(Properties['AlarmDescription']),
  actions: Properties['AlarmActions'],
}));
const handbook = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
/** Sections of the handbook's part on alarms: heading, then text. */
const sections = (handbook.split(/^## Alarms$/m)[1]?.split(/^## /m)[0] ?? '')
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ name: text.slice(0, text.indexOf('\n')), text: text.slice(text.indexOf('\n')) }));

/** What the stage's functions name themselves in metrics: other stages of the account must not ring its alarms. */
const service = 'onboarding-dev';

/** What the functions themselves write as metrics. */
function written(): readonly string[] {
  const lines: string[] = [];
  const metrics = emfMetrics((line) => lines.push(line), systemClock, service);
  const none = {
    WaitOverdue: 0,
    ExecutionWithoutOnboarding: 0,
    ExecutionSuperseded: 0,
    ExecutionAfterEnd: 0,
  };
  const faults = { ...none, ExecutionOfFailed: 0, ExecutionEndedEarly: 0, ExecutionMissing: 0 };
  const found = {
    ...faults,
    FailureUnrecorded: 0,
    WakeLost: 0,
    OutboxStale: 0,
    PlaceInEndedWave: 0,
    ItemUnreadable: 0,
  };
  metrics.sweep({ ...found, WaitOverdue: 2 }, { ...found, WaitOverdue: 1 }, 1);
  metrics.upkeep({
    Erased: 1,
    ErasuresFailed: 1,
    MailNotDelivered: 1,
    OutboxAside: 1,
    WaveCapacityLow: 1,
    RedriveWindowsClosing: 1,
  });
  return lines;
}

/** Log lines that are counted, as the catalogue of log messages names them. */
const counted: readonly LogCode[] = ['outbox_failed', 'payload_large'];

describe('alarms', () => {
  it('equal the catalogue, each with a section in the handbook', () => {
    const names = alarms.map(({ name }) => name).sort();
    expect(names).toEqual(Object.keys(alarmCatalogue).sort());
    expect(sections.map(({ name }) => name).sort()).toEqual(names);
  });

  it.each(alarms)('$name states its user impact and its handbook section', ({ name, description }) => {
    const { impact } = Object.entries(alarmCatalogue).find(([known]) => known === name)?.[1] ?? {
      impact: '?',
    };
    expect(description).toBe(`${impact} See docs/operations.md#${name}`);
  });

  it.each(alarms)('$name notifies the operators', ({ actions }) => {
    expect(actions).toEqual([{ Ref: expect.stringContaining('Alarms') }]);
  });

  it('are mailed to the address of the stage', () => {
    expect(ofType('AWS::SNS::Subscription').map(([, { Properties }]) => Properties)).toEqual([
      { Protocol: 'email', Endpoint: dev.mail.alarms, TopicArn: { Ref: expect.stringContaining('Alarms') } },
    ]);
  });

  it.each(sections)(
    '$name: the handbook says what it means, where to look, what to do and how to verify the repair',
    ({ text }) => {
      expect(text).toMatch(/\*\*What it means\.\*\* .+\n/);
      expect(text).toMatch(/\*\*Look at\.\*\* .+\n/);
      expect(text).toMatch(/\*\*Do\.\*\* .+\n/);
      expect(text).toMatch(/\*\*Repaired when\.\*\* .+\n/);
    },
  );

  it('use metrics that functions write', () => {
    const own = ofType('AWS::CloudWatch::Alarm').filter(
      ([, { Properties }]) => Properties['Namespace'] === metricNamespace,
    );
    expect(own).toHaveLength(7);
    for (const [, { Properties }] of own) {
      const line = written().find((text) => text.includes(`"${String(Properties['MetricName'])}":1`));
      expect(JSON.parse(line ?? '{}')).toMatchObject({ Service: service });
      expect(Properties['Dimensions']).toEqual([{ Name: 'Service', Value: service }]);
    }
    for (const [, { Properties }] of ofType('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Environment: { Variables: { [serviceSetting]: service } } });
    }
  });

  it('look back at least one interval of the monitored job', () => {
    const of = (name: string) =>
      ofType('AWS::CloudWatch::Alarm').find(([, { Properties }]) =>
        String(Properties['AlarmName']).endsWith(`-${name}`),
      )?.[1].Properties;
    const quarter = { Period: 900 };
    expect(of('messages-not-sent')).toMatchObject({ ...quarter, EvaluationPeriods: 8, DatapointsToAlarm: 3 });
    expect(of('messages-set-aside')).toMatchObject({ ...quarter, MetricName: 'OutboxAside' });
    const again = { ...quarter, EvaluationPeriods: 12, DatapointsToAlarm: 2 };
    expect(of('stuck-waits')).toMatchObject({ ...again, MetricName: 'SweepLeft' });
    expect(of('sweep-incomplete')).toMatchObject({ ...again, MetricName: 'SweepFailed' });
    expect(of('sweeper-silent')).toMatchObject({ Period: 1_800, TreatMissingData: 'breaching' });
    expect(of('backup-missing')).toMatchObject({ Period: 86_400, TreatMissingData: 'breaching' });
  });

  it("use DynamoDB's throttling metrics by operation, because there is none for a whole table", () => {
    const throttled = ofType('AWS::CloudWatch::Alarm').filter(
      ([, { Properties }]) => Properties['MetricName'] === 'ThrottledRequests',
    );
    const operations = throttled.map(([, { Properties }]) => Properties['Dimensions']);
    expect(operations).toEqual(
      ['TransactWriteItems', 'Query'].map((Value) => [
        { Name: 'Operation', Value },
        { Name: 'TableName', Value: expect.anything() },
      ]),
    );
  });

  it('count log lines of the log catalogue', () => {
    const patterns = ofType('AWS::Logs::MetricFilter').map(([, { Properties }]) =>
      String(Properties['FilterPattern']),
    );
    const codes = patterns.flatMap((pattern) => /code = "(\w+)"/.exec(pattern)?.[1] ?? []);
    expect(new Set(codes)).toEqual(new Set(counted));
    // Each task's log, and those of the two functions that send.
    expect(codes).toHaveLength(Object.keys(tasks).length + 2);
  });

  it('are on a dashboard, with the funnel', () => {
    const [dashboard] = ofType('AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(dashboard?.[1].Properties['DashboardBody']);
    for (const step of [...funnelSteps, ...tiers, ...outcomes]) expect(body).toContain(`\\"${step}\\"`);
    for (const { name } of alarms) expect(body).toContain(name.replaceAll('-', ''));
  });
});
