import { Duration, Stack } from 'aws-cdk-lib';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { type OutboxLane, outboxPartitions } from '../../../functions/store/keys.ts';
import type { DeadLetterQueues } from './dead-letter-queues.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { StandardFunction } from './standard-function.ts';

export interface JobTriggersProps {
  readonly prefix: string;
  readonly deadLetterQueues: DeadLetterQueues;
  readonly key: IKey;
}

interface OutboxTrigger {
  readonly lane: OutboxLane;
  /** Older records are left to the schedule. */
  readonly maxRecordAge: Duration;
}

/** Gates and reports run at Paris time, in summer and winter. */
const timezone = 'Europe/Paris';
/** A failed invocation is not retried once the next scheduled one is due. */
const longestRetry = Duration.minutes(15);

/** Invokes functions on schedules, events and the table's stream; invocations that keep failing end in a dead-letter queue. */
export class JobTriggers extends Construct {
  private readonly props: JobTriggersProps;
  private readonly group: CfnScheduleGroup;
  private readonly role: Role;
  private readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: JobTriggersProps) {
    super(scope, id);
    this.props = props;
    this.group = new CfnScheduleGroup(this, 'Schedules', { name: props.prefix });
    this.role = new Role(this, 'SchedulerRole', {
      // Only schedules of this account may assume it.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: 'Of the schedules: calls the scheduled functions, nothing else',
    });
    this.policy = new ManagedPolicy(this, 'SchedulerPolicy', {
      roles: [this.role],
      statements: [
        new PolicyStatement({
          actions: ['sqs:SendMessage'],
          resources: [props.deadLetterQueues.background.queueArn],
        }),
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [props.key.keyArn],
        }),
      ],
    });
  }

  /** Invokes a function at the times of an EventBridge Scheduler expression, in Paris time. */
  onSchedule(target: StandardFunction, expression: string, description: string): void {
    this.policy.addStatements(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.arn] }),
    );
    this.addSchedule(target, target.folder, expression, description);
  }

  /** Invokes a function that has a schedule at other times as well; a cron expression holds no two minutes of two hours. */
  onFurtherSchedule(target: StandardFunction, name: string, expression: string, description: string): void {
    this.addSchedule(target, `${target.folder}-${name}`, expression, description);
  }

  private addSchedule(target: StandardFunction, name: string, expression: string, description: string): void {
    const schedule = new CfnSchedule(this, `Schedule-${name}`, {
      name,
      groupName: this.group.ref,
      description,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.arn,
        roleArn: this.role.roleArn,
        retryPolicy: { maximumEventAgeInSeconds: longestRetry.toSeconds(), maximumRetryAttempts: 3 },
        deadLetterConfig: { arn: this.props.deadLetterQueues.background.queueArn },
      },
    });
    schedule.node.addDependency(this.policy);
  }

  /** Invokes a function for each event of the account that matches the pattern. */
  onEvent(target: StandardFunction, eventPattern: EventPattern, description: string): void {
    new Rule(this, `Rule-${target.folder}`, {
      description,
      eventPattern,
      targets: [
        new FunctionTarget(target.function, {
          deadLetterQueue: this.props.deadLetterQueues.background,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }

  /**
   * Invokes a function for the entries of its lane of the outbox: new ones, and those that the sweeper or a release
   * before this one writes to.
   */
  onOutbox(target: StandardFunction, table: OnboardingTable, { lane, maxRecordAge }: OutboxTrigger): void {
    table.grantStreamRead(target);
    target.grantSendFailures(this.props.deadLetterQueues.stream, this.props.key);
    target.function.addEventSourceMapping('Outbox', {
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      // One invocation sends all entries of a moment.
      batchSize: 100,
      retryAttempts: 3,
      // The function names the records that are to come again; one that ends it is found by halving the batch.
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      maxRecordAge,
      onFailure: new SqsDlq(this.props.deadLetterQueues.stream),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          dynamodb: { Keys: { pk: { S: FilterRule.beginsWith(outboxPartitions[lane]) } } },
        }),
      ],
    });
  }
}
