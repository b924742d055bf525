import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, type IFilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type AlarmName, alarmCatalogue } from './alarm-catalogue.ts';
import type { DeadLetterQueues } from './dead-letter-queues.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { OnboardingWorkflow } from './onboarding-workflow.ts';
import type { StandardFunction } from './standard-function.ts';
import type { TableBackup } from './table-backup.ts';
import type { WebApi } from './web-api.ts';

export interface AlarmsProps {
  readonly prefix: string;
  readonly key: IKey;
  readonly alarmsTo: string;
  readonly workflow: OnboardingWorkflow;
  readonly table: OnboardingTable;
  readonly backup: TableBackup;
  readonly deadLetterQueues: DeadLetterQueues;
  readonly api: WebApi;
  readonly tasks: readonly StandardFunction[];
  readonly dispatcher: StandardFunction;
  readonly mailSender: StandardFunction;
  readonly gates: StandardFunction;
  readonly sweeper: StandardFunction;
  readonly limits: StandardFunction;
  readonly documents: StandardFunction;
}

interface Threshold {
  readonly metric: IMetric;
  readonly above: number;
  /** Periods in a row, or this many of the last `within`; 1 by default. */
  readonly periods?: number;
  readonly within?: number;
  /** Missing data counts as a breach. */
  readonly missingDataBreaches?: true;
}

/** Step Functions ends an execution at 25,000 events: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const historyBeyond60Percent = '{ $.id = %^1[5-9][0-9][0-9][0-9]$% || $.id = %^2[0-5][0-9][0-9][0-9]$% }';

/** Alarms on faults that the system does not repair by itself, sent to the operators by mail. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly alarms: Alarm[] = [];
  private readonly prefix: string;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.prefix = props.prefix;
    this.topic = new Topic(this, 'Alarms', {
      topicName: `${props.prefix}-alarms`,
      displayName: 'Alarms of the customer onboarding',
      masterKey: props.key,
      enforceSSL: true,
    });
    // The policy that requires TLS replaces the default one, which lets alarms publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.topic.addSubscription(new EmailSubscription(props.alarmsTo));
    this.addWorkflowAlarms(props);
    this.addJobAlarms(props);
    this.addMessagesAlarms(props);
    this.addLimitsAlarms(props);
    this.addWebAlarms(props);
    this.addBackupAlarms(props);
  }

  private addWorkflowAlarms({ workflow: { machine } }: AlarmsProps): void {
    this.alarm('executions-failed', { metric: machine.metricFailed(), above: 0 });
    this.alarm('executions-timed-out', { metric: machine.metricTimedOut(), above: 0 });
    this.alarm('executions-aborted', { metric: machine.metricAborted(), above: 0 });
    this.alarm('executions-throttled', { metric: machine.metricThrottled(), above: 0, periods: 3 });
  }

  private addJobAlarms({ gates, sweeper, limits }: AlarmsProps): void {
    const quarter = Duration.minutes(15);
    // In a large system each sweep covers a part of the onboardings, so a fault shows again only after some sweeps.
    const recurring = { above: 0, periods: 2, within: 12 } as const;
    this.alarm('stuck-waits', { metric: this.ownCount('SweepLeft', quarter), ...recurring });
    this.alarm('sweep-incomplete', { metric: this.ownCount('SweepFailed', quarter), ...recurring });
    this.alarm('sweeper-silent', {
      metric: sweeper.function.metricInvocations({ period: Duration.minutes(30) }),
      above: 0,
      missingDataBreaches: true,
    });
    this.alarm('gates-failed', { metric: gates.function.metricErrors({ period: quarter }), above: 0 });
    this.alarm('retention-failed', { metric: this.ownCount('ErasuresFailed', Duration.days(1)), above: 0 });
    this.alarm('limits-unmeasured', { metric: limits.function.metricErrors({ period: quarter }), above: 0 });
  }

  private addMessagesAlarms({ dispatcher, mailSender, deadLetterQueues }: AlarmsProps): void {
    this.alarm('messages-not-sent', {
      metric: this.fromLog(
        'MessagesNotSent',
        [dispatcher.logGroup, mailSender.logGroup],
        FilterPattern.stringValue('$.code', '=', 'outbox_failed'),
        // Nothing is sent between two scheduled runs, so nothing fails.
        Duration.minutes(15),
      ),
      above: 0,
      // What failed rests longer after each try.
      periods: 3,
      within: 8,
    });
    this.alarm('messages-set-aside', {
      metric: this.ownCount('OutboxAside', Duration.minutes(15)),
      above: 0,
    });
    this.alarm('outbox-late', {
      metric: dispatcher.function.metric('IteratorAge', { statistic: Stats.MAXIMUM }),
      above: Duration.minutes(5).toMilliseconds(),
    });
    this.alarm('mails-late', {
      metric: mailSender.function.metric('IteratorAge', { statistic: Stats.MAXIMUM }),
      above: Duration.minutes(30).toMilliseconds(),
    });
    this.alarm('mails-not-delivered', {
      metric: this.ownCount('MailNotDelivered', Duration.hours(1)),
      above: 2,
    });
    this.alarm('mail-reputation', {
      metric: new Metric({
        namespace: 'AWS/SES',
        metricName: 'Reputation.BounceRate',
        statistic: Stats.AVERAGE,
        period: Duration.hours(1),
      }),
      above: 0.05,
    });
    this.alarm('failed-stream-calls', {
      metric: deadLetterQueues.stream.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      above: 0,
    });
    this.alarm('failed-background-calls', {
      metric: deadLetterQueues.background.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
      }),
      above: 0,
    });
  }

  private addLimitsAlarms({ workflow, tasks }: AlarmsProps): void {
    this.alarm('history-near-limit', {
      metric: this.fromLog(
        'LongHistoryEvents',
        [workflow.logGroup],
        FilterPattern.literal(historyBeyond60Percent),
      ),
      above: 0,
    });
    this.alarm('payload-near-limit', {
      metric: this.fromLog(
        'LargePayloads',
        tasks.map(({ logGroup }) => logGroup),
        FilterPattern.stringValue('$.code', '=', 'payload_large'),
      ),
      above: 0,
    });
    const halfDay = Duration.hours(12);
    this.alarm('wave-capacity-low', { metric: this.ownCount('WaveCapacityLow', halfDay), above: 0 });
    this.alarm('redrive-window-closing', {
      metric: this.ownCount('RedriveWindowsClosing', halfDay),
      above: 0,
    });
  }

  private addWebAlarms({ api, table, documents }: AlarmsProps): void {
    const failures = documents.function.metricErrors({ period: Duration.minutes(15) });
    this.alarm('documents-failed', { metric: failures, above: 0 });
    this.alarm('web-errors', { metric: api.api.metricServerError({ statistic: Stats.SUM }), above: 5 });
    this.alarm('web-slow', {
      metric: api.api.metricLatency({ statistic: Stats.p(95) }),
      above: 2_000,
      periods: 3,
    });
    // Every change is one transaction, and lists are queries.
    const writes = table.throttled('TransactWriteItems');
    this.alarm('table-writes-throttled', { metric: writes, above: 0, periods: 2 });
    this.alarm('table-reads-throttled', { metric: table.throttled('Query'), above: 0, periods: 2 });
  }

  private addBackupAlarms({ backup }: AlarmsProps): void {
    this.alarm('backup-missing', {
      metric: backup.completed,
      above: 0,
      periods: 2,
      missingDataBreaches: true,
    });
  }

  /** A metric that the functions of this stage publish themselves. */
  private ownCount(metricName: string, period: Duration): Metric {
    const dimensionsMap = { Service: this.prefix };
    return new Metric({
      namespace: 'Onboarding',
      dimensionsMap,
      metricName,
      statistic: Stats.SUM,
      period,
    });
  }

  /** Counts matching log lines of all these log groups in one metric. */
  private fromLog(
    metricName: string,
    logGroups: readonly ILogGroup[],
    filterPattern: IFilterPattern,
    period = Duration.minutes(5),
  ): Metric {
    for (const [index, logGroup] of logGroups.entries()) {
      new MetricFilter(this, `${metricName}-${index}`, {
        logGroup,
        filterPattern,
        metricNamespace: this.prefix,
        metricName,
        // No default value: a zero for each minute with a log line would be billed as a metric all the time.
        metricValue: '1',
      });
    }
    return new Metric({ namespace: this.prefix, metricName, statistic: Stats.SUM, period });
  }

  private alarm(
    name: AlarmName,
    { metric, above, periods = 1, within = periods, missingDataBreaches }: Threshold,
  ): void {
    const alarm = new Alarm(this, name, {
      alarmName: `${this.prefix}-${name}`,
      alarmDescription: `${alarmCatalogue[name].impact} See docs/operations.md#${name}`,
      metric,
      ...(missingDataBreaches
        ? {
            threshold: above,
            comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
            treatMissingData: TreatMissingData.BREACHING,
          }
        : {
            threshold: above,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.NOT_BREACHING,
          }),
      evaluationPeriods: within,
      datapointsToAlarm: periods,
    });
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    this.alarms.push(alarm);
  }
}
