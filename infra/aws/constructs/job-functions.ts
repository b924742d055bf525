import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { BusinessEvents } from './business-events.ts';
import type { DeadLetterQueues } from './dead-letter-queues.ts';
import type { JobTriggers } from './job-triggers.ts';
import type { MailIdentity } from './mail-identity.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { WorkflowAddress } from './onboarding-workflow.ts';
import { type FunctionDefaults, StandardFunction } from './standard-function.ts';
import { grantGenerateMac, setPlatformFile, setRegistry, type TaskFunctionsProps } from './task-functions.ts';

export interface JobFunctionsProps {
  readonly defaults: FunctionDefaults;
  readonly table: OnboardingTable;
  readonly workflow: WorkflowAddress;
  readonly events: BusinessEvents;
  readonly mail: MailIdentity;
  readonly triggers: JobTriggers;
  readonly deadLetterQueues: DeadLetterQueues;
  readonly linkKey: IKey;
  readonly publicUrl: string;
  readonly operatorsMail: string;
  readonly onCallMail: string;
  /** Mails that one call sends in a second. */
  readonly mailsPerSecond: number;
  readonly retentionDays: number;
  readonly registry: TaskFunctionsProps['registry'];
}

/** Folders of the functions that run asynchronously. */
export const jobFolders = [
  'dispatch-outbox',
  'send-mail',
  'run-gates',
  'record-execution-status',
  'record-mail-event',
  'sweep-waits',
  'apply-retention',
  'measure-limits',
] as const;
type JobFolder = (typeof jobFolders)[number];

const quarterHourly = 'rate(15 minutes)';
/** Less than the lease of an entry: what the stream reports is sent without a claim. */
const sendingLasts = Duration.minutes(2);
/** Lambda's maximum, for jobs whose work grows with the number of onboardings. */
const longest = Duration.minutes(15);

/** The functions that schedules, the table's stream and events invoke. */
export class JobFunctions extends Construct {
  readonly dispatcher: StandardFunction;
  readonly mailSender: StandardFunction;
  readonly gates: StandardFunction;
  readonly sweeper: StandardFunction;
  readonly limits: StandardFunction;
  private readonly props: JobFunctionsProps;

  constructor(scope: Construct, id: string, props: JobFunctionsProps) {
    super(scope, id);
    this.props = props;
    this.dispatcher = this.makeDispatcher();
    this.mailSender = this.makeMailSender();
    this.gates = this.makeGates();
    this.sweeper = this.makeSweeper();
    this.limits = this.makeLimits();
    this.makeRetention();
    this.makeStatusRecorder();
    this.makeMailRecorder();
  }

  private make(folder: JobFolder, description: string, timeout: Duration): StandardFunction {
    return new StandardFunction(this, folder, {
      defaults: this.props.defaults,
      folder,
      description,
      memory: 512,
      timeout,
      deadLetterQueue: this.props.deadLetterQueues.background,
    });
  }

  /** Starts, wake-ups, events and what follows a change: it may send no mail. */
  private makeDispatcher(): StandardFunction {
    const { table, workflow, events, triggers } = this.props;
    const job = this.make('dispatch-outbox', 'Sends what changes have left in the outbox', sendingLasts);
    table.grantWrite(job);
    workflow.grantStartExecution(job);
    workflow.grantSendTaskSuccess(job);
    events.grantPutEvents(job);
    setPlatformFile(job);
    // Records wait for nothing but this function; what is older is found by the schedule.
    triggers.onOutbox(job, table, { lane: 'dispatch', maxRecordAge: Duration.minutes(15) });
    triggers.onSchedule(job, quarterHourly, 'Sends again what could not be sent');
    return job;
  }

  /** Mails: it may start and complete nothing. */
  private makeMailSender(): StandardFunction {
    const { table, mail, triggers, linkKey, publicUrl, operatorsMail, onCallMail, mailsPerSecond } =
      this.props;
    const job = this.make('send-mail', 'Sends the mails that changes have left in the outbox', sendingLasts);
    table.grantWrite(job);
    mail.grantSendEmail(job);
    grantGenerateMac(job, linkKey);
    setPlatformFile(job);
    job.setting('PUBLIC_URL', publicUrl);
    job.setting('OPERATORS_MAIL', operatorsMail);
    job.setting('ON_CALL_MAIL', onCallMail);
    job.setting('MAILS_PER_SECOND', String(mailsPerSecond));
    // The mails of a large intake take a while at the pace that the mail service allows.
    triggers.onOutbox(job, table, { lane: 'mail', maxRecordAge: Duration.hours(1) });
    triggers.onSchedule(job, quarterHourly, 'Sends again the mails that could not be sent');
    return job;
  }

  private makeGates(): StandardFunction {
    const { table, workflow, triggers, registry } = this.props;
    const job = this.make('run-gates', 'Opens and closes go/no-go questions', longest);
    table.grantWrite(job);
    workflow.setStateMachineArn(job);
    setPlatformFile(job);
    setRegistry(job, registry);
    triggers.onSchedule(
      job,
      'cron(0 8,14,18 * * ? *)',
      'Gates of the waves, at the hours that customers are told',
    );
    triggers.onFurtherSchedule(
      job,
      'alarm',
      'cron(30 16 * * ? *)',
      'Alarm on go/no-go decisions that are still to be taken',
    );
    return job;
  }

  private makeSweeper(): StandardFunction {
    const { table, workflow, events, triggers } = this.props;
    const job = this.make('sweep-waits', 'Looks for what the ordinary ways have lost', longest);
    table.grantWrite(job);
    workflow.grantStartExecution(job);
    workflow.grantSendTaskSuccess(job);
    workflow.grantList(job);
    workflow.grantDescribe(job);
    events.grantPutEvents(job);
    setPlatformFile(job);
    triggers.onSchedule(job, quarterHourly, 'Compares the table with the workflow');
    return job;
  }

  private makeLimits(): StandardFunction {
    const { table, triggers } = this.props;
    const job = this.make('measure-limits', 'Measures how near limits are', Duration.minutes(1));
    table.grantRead(job);
    setPlatformFile(job);
    triggers.onSchedule(job, 'cron(30 7,19 * * ? *)', 'Room in waves and closing redrive windows');
    return job;
  }

  private makeRetention(): StandardFunction {
    const { table, triggers, linkKey, retentionDays } = this.props;
    const job = this.make('apply-retention', 'Erases personal data that is no longer needed', longest);
    table.grantWrite(job);
    // Erasing a link requires computing it first.
    grantGenerateMac(job, linkKey);
    job.setting('RETENTION_DAYS', String(retentionDays));
    triggers.onSchedule(job, 'cron(0 3 * * ? *)', 'Retention of personal data');
    return job;
  }

  private makeStatusRecorder(): StandardFunction {
    const { table, workflow, triggers } = this.props;
    const job = this.make(
      'record-execution-status',
      'Records failed and redriven runs',
      Duration.seconds(30),
    );
    table.grantWrite(job);
    workflow.setStateMachineArn(job);
    workflow.grantDescribe(job);
    triggers.onEvent(
      job,
      {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [workflow.machineArn],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED', 'RUNNING'],
        },
      },
      'Runs that ended badly, and redriven ones',
    );
    return job;
  }

  private makeMailRecorder(): StandardFunction {
    const { table, mail, triggers } = this.props;
    const job = this.make('record-mail-event', 'Records mails that did not arrive', Duration.seconds(30));
    table.grantWrite(job);
    triggers.onEvent(job, mail.undelivered, 'Mails that did not arrive or were not wanted');
    return job;
  }
}
