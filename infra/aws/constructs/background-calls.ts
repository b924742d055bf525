import { Duration, Stack } from 'aws-cdk-lib';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { FailedCalls } from './failed-calls.ts';
import type { HouseFunction } from './house-function.ts';
import type { OnboardingTable } from './onboarding-table.ts';

export interface BackgroundCallsProps {
  readonly prefix: string;
  readonly failed: FailedCalls;
  readonly key: IKey;
}

/** Hours of gates and reports are hours of Paris, summer and winter. */
const timezone = 'Europe/Paris';
/** A call that could not be made is of no use after its successor's. */
const longestRetry = Duration.minutes(15);

/** Calls functions by the clock, by events and by the table's stream; what fails for good ends in a queue. */
export class BackgroundCalls extends Construct {
  private readonly props: BackgroundCallsProps;
  private readonly group: CfnScheduleGroup;
  private readonly role: Role;
  private readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: BackgroundCallsProps) {
    super(scope, id);
    this.props = props;
    this.group = new CfnScheduleGroup(this, 'Schedules', { name: props.prefix });
    this.role = new Role(this, 'SchedulerRole', {
      // Nobody else's schedules or workflows may borrow it.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: 'Of the schedules: calls the scheduled functions, nothing else',
    });
    this.policy = new ManagedPolicy(this, 'SchedulerPolicy', {
      roles: [this.role],
      statements: [
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [props.failed.background.queueArn] }),
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [props.key.keyArn],
        }),
      ],
    });
  }

  /** Calls a function at the times of an EventBridge Scheduler expression, hours being those of Paris. */
  byClock(called: HouseFunction, expression: string, description: string): void {
    this.policy.addStatements(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [called.arn] }),
    );
    const schedule = new CfnSchedule(this, `Schedule-${called.folder}`, {
      name: called.folder,
      groupName: this.group.ref,
      description,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: called.arn,
        roleArn: this.role.roleArn,
        retryPolicy: { maximumEventAgeInSeconds: longestRetry.toSeconds(), maximumRetryAttempts: 3 },
        deadLetterConfig: { arn: this.props.failed.background.queueArn },
      },
    });
    schedule.node.addDependency(this.policy);
  }

  /** Calls a function for each event of the account that fits. */
  byEvent(called: HouseFunction, eventPattern: EventPattern, description: string): void {
    new Rule(this, `Rule-${called.folder}`, {
      description,
      eventPattern,
      targets: [
        new FunctionTarget(called.function, {
          deadLetterQueue: this.props.failed.background,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }

  /** Calls a function when a change leaves something in the outbox. */
  byOutbox(called: HouseFunction, table: OnboardingTable): void {
    table.follow(called);
    called.sendTo(this.props.failed.stream, this.props.key);
    called.function.addEventSourceMapping('Outbox', {
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      // One call sends all there is: many entries of one moment need one call only.
      batchSize: 100,
      retryAttempts: 3,
      // The schedule comes by every 15 minutes: an older record says nothing new.
      maxRecordAge: Duration.minutes(15),
      onFailure: new SqsDlq(this.props.failed.stream),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { pk: { S: FilterRule.isEqual('OUTBOX') } } },
        }),
      ],
    });
  }
}
