import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { BackgroundCalls } from './background-calls.ts';
import type { BusinessEvents } from './business-events.ts';
import type { FailedCalls } from './failed-calls.ts';
import { type FunctionHouse, HouseFunction } from './house-function.ts';
import type { MailIdentity } from './mail-identity.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { WorkflowAddress } from './onboarding-workflow.ts';
import { bindLinks, bindPlatform } from './task-functions.ts';

export interface BackgroundFunctionsProps {
  readonly house: FunctionHouse;
  readonly table: OnboardingTable;
  readonly workflow: WorkflowAddress;
  readonly events: BusinessEvents;
  readonly mail: MailIdentity;
  readonly calls: BackgroundCalls;
  readonly failed: FailedCalls;
  readonly linkKey: IKey;
  readonly publicUrl: string;
  readonly operatorsMail: string;
  readonly retentionDays: number;
}

/** Folders of the functions that nobody waits for. */
export const backgroundFolders = [
  'dispatch-outbox',
  'run-gates',
  'record-execution-status',
  'record-mail-event',
  'sweep-waits',
  'apply-retention',
  'measure-limits',
] as const;
type BackgroundFolder = (typeof backgroundFolders)[number];

const quarterHourly = 'rate(15 minutes)';
/** What Lambda gives at most, for jobs that act on as many onboardings as there are. */
const longest = Duration.minutes(15);

/** The functions that the clock, the table's stream and events call. */
export class BackgroundFunctions extends Construct {
  readonly dispatcher: HouseFunction;
  readonly gates: HouseFunction;
  readonly sweeper: HouseFunction;
  readonly limits: HouseFunction;
  private readonly props: BackgroundFunctionsProps;

  constructor(scope: Construct, id: string, props: BackgroundFunctionsProps) {
    super(scope, id);
    this.props = props;
    this.dispatcher = this.makeDispatcher();
    this.gates = this.makeGates();
    this.sweeper = this.makeSweeper();
    this.limits = this.makeLimits();
    this.makeRetention();
    this.makeStatusRecorder();
    this.makeMailRecorder();
  }

  private make(folder: BackgroundFolder, description: string, timeout: Duration): HouseFunction {
    return new HouseFunction(this, folder, {
      house: this.props.house,
      folder,
      description,
      memory: 512,
      timeout,
      failures: this.props.failed.background,
    });
  }

  private makeDispatcher(): HouseFunction {
    const { table, workflow, events, mail, calls, linkKey, publicUrl, operatorsMail } = this.props;
    const made = this.make(
      'dispatch-outbox',
      'Sends what changes have left in the outbox',
      Duration.minutes(2),
    );
    table.write(made);
    workflow.start(made);
    workflow.wake(made);
    events.publish(made);
    mail.send(made);
    bindLinks(made, linkKey);
    bindPlatform(made);
    made.setting('PUBLIC_URL', publicUrl);
    made.setting('OPERATORS_MAIL', operatorsMail);
    calls.byOutbox(made, table);
    calls.byClock(made, quarterHourly, 'Sends again what could not be sent');
    return made;
  }

  private makeGates(): HouseFunction {
    const { table, workflow, calls } = this.props;
    const made = this.make('run-gates', 'Opens and closes go/no-go questions', longest);
    table.write(made);
    workflow.tell(made);
    bindPlatform(made);
    calls.byClock(made, 'cron(0 8,18 * * ? *)', 'Gates of the waves, at the hours that customers are told');
    return made;
  }

  private makeSweeper(): HouseFunction {
    const { table, workflow, events, calls } = this.props;
    const made = this.make('sweep-waits', 'Looks for what the ordinary ways have lost', longest);
    table.write(made);
    workflow.start(made);
    workflow.wake(made);
    workflow.watch(made);
    events.publish(made);
    bindPlatform(made);
    calls.byClock(made, quarterHourly, 'Compares the table with the workflow');
    return made;
  }

  private makeLimits(): HouseFunction {
    const { table, calls } = this.props;
    const made = this.make('measure-limits', 'Measures how near limits are', Duration.minutes(1));
    table.read(made);
    bindPlatform(made);
    calls.byClock(made, 'cron(30 7,19 * * ? *)', 'Room in waves and closing redrive windows');
    return made;
  }

  private makeRetention(): HouseFunction {
    const { table, calls, linkKey, retentionDays } = this.props;
    const made = this.make('apply-retention', 'Erases personal data that is no longer needed', longest);
    table.write(made);
    // To erase a link it must be known which one it was.
    bindLinks(made, linkKey);
    made.setting('RETENTION_DAYS', String(retentionDays));
    calls.byClock(made, 'cron(0 3 * * ? *)', 'Retention of personal data');
    return made;
  }

  private makeStatusRecorder(): HouseFunction {
    const { table, workflow, calls } = this.props;
    const made = this.make(
      'record-execution-status',
      'Records failed and redriven runs',
      Duration.seconds(30),
    );
    table.write(made);
    calls.byEvent(
      made,
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
    return made;
  }

  private makeMailRecorder(): HouseFunction {
    const { table, mail, calls } = this.props;
    const made = this.make('record-mail-event', 'Records mails that did not arrive', Duration.seconds(30));
    table.write(made);
    calls.byEvent(made, mail.undelivered, 'Mails that did not arrive or were not wanted');
    return made;
  }
}
