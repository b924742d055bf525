import { AspectPriority, Aspects, CfnOutput, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfiguration } from './config/stage-configuration.ts';
import { BackgroundCalls } from './constructs/background-calls.ts';
import { BackgroundFunctions, backgroundFolders } from './constructs/background-functions.ts';
import { BusinessEvents } from './constructs/business-events.ts';
import { FailedCalls } from './constructs/failed-calls.ts';
import type { FunctionHouse } from './constructs/house-function.ts';
import { MailIdentity } from './constructs/mail-identity.ts';
import { OnboardingTable } from './constructs/onboarding-table.ts';
import { OnboardingWorkflow, WorkflowAddress } from './constructs/onboarding-workflow.ts';
import { OperationsDashboard } from './constructs/operations-dashboard.ts';
import { OperationsWatch } from './constructs/operations-watch.ts';
import { acceptExceptions } from './constructs/security-exceptions.ts';
import { SovereigntyGuard } from './constructs/sovereignty-guard.ts';
import { StaffSignIn } from './constructs/staff-sign-in.ts';
import { StageKeys } from './constructs/stage-keys.ts';
import { TableBackup } from './constructs/table-backup.ts';
import { TaskFunctions, taskFolders } from './constructs/task-functions.ts';
import { WebApi } from './constructs/web-api.ts';
import { WebFirewall } from './constructs/web-firewall.ts';
import { WebFunction } from './constructs/web-function.ts';
import type { FunctionBundles } from './function-bundles.ts';

/** Folders of every function that is deployed. */
export const deployedFolders: readonly string[] = [...taskFolders, ...backgroundFolders, 'web'];

export interface OnboardingStackProps extends StackProps {
  readonly configuration: StageConfiguration;
  readonly bundles: FunctionBundles;
}

/** The whole system of one stage. What each part is stands in its construct; here they are only connected. */
export class OnboardingStack extends Stack {
  constructor(scope: Construct, id: string, props: OnboardingStackProps) {
    super(scope, id, {
      description: 'Customer onboarding for a trusted cloud',
      terminationProtection: props.configuration.keepData,
      ...props,
    });
    const { configuration, bundles } = props;
    const { keepData, retention, quotas, mail } = configuration;
    const prefix = `onboarding-${configuration.stage}`;
    const removalPolicy = keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    Tags.of(this).add('application', 'onboarding');
    Tags.of(this).add('stage', configuration.stage);
    // Last of all: it judges what the others have made.
    Aspects.of(this).add(new SovereigntyGuard(configuration.allowedRegions), {
      priority: AspectPriority.READONLY,
    });

    const keys = new StageKeys(this, 'Keys', { prefix, removalPolicy });
    const logs = { key: keys.operations, logRetention: retention.logDays, removalPolicy };
    const house: FunctionHouse = { prefix, bundles, ...logs };
    const table = new OnboardingTable(this, 'Onboardings', {
      key: keys.data,
      keepData,
      restored: configuration.restoredTable,
    });
    const backup = new TableBackup(this, 'Backup', {
      prefix,
      table,
      key: keys.data,
      days: retention.backupDays,
      keepData,
    });

    const address = new WorkflowAddress(this, prefix);
    const tasks = new TaskFunctions(this, 'Tasks', {
      house,
      table,
      workflow: address,
      linkKey: keys.links,
      registry: configuration.registry,
    });
    const workflow = new OnboardingWorkflow(this, 'Workflow', { address, tasks: tasks.byTask, ...logs });

    const api = new WebApi(this, 'Web', { prefix, domain: configuration.web.domain, quotas, ...logs });
    const signIn = new StaffSignIn(this, 'SignIn', {
      prefix,
      ...configuration.signIn,
      publicUrl: api.publicUrl,
      keepData,
      removalPolicy,
    });
    const web = new WebFunction(this, 'Pages', {
      house,
      table,
      workflow: address,
      linkKey: keys.links,
      api,
      signIn,
      contact: mail.operators,
      retentionDays: retention.closedOnboardingDays,
      sales: configuration.sales,
    });
    new WebFirewall(this, 'Firewall', {
      prefix,
      protects: api.api.deploymentStage.stageArn,
      quotas,
      ...logs,
    });

    const failed = new FailedCalls(this, 'FailedCalls', { prefix, key: keys.operations });
    const background = new BackgroundFunctions(this, 'Background', {
      house,
      table,
      workflow: address,
      events: new BusinessEvents(this, 'Events', { prefix, archiveDays: retention.eventDays }),
      mail: new MailIdentity(this, 'Mail', { prefix, from: mail.from }),
      calls: new BackgroundCalls(this, 'Calls', { prefix, failed, key: keys.operations }),
      failed,
      linkKey: keys.links,
      publicUrl: api.publicUrl,
      operatorsMail: mail.operators,
      retentionDays: retention.closedOnboardingDays,
    });

    const watch = new OperationsWatch(this, 'Watch', {
      prefix,
      key: keys.operations,
      alarmsTo: mail.alarms,
      workflow,
      table,
      backup,
      failed,
      api,
      tasks: Object.values(tasks.byTask),
      dispatcher: background.dispatcher,
      gates: background.gates,
      sweeper: background.sweeper,
      limits: background.limits,
    });
    new OperationsDashboard(this, 'Dashboard', {
      prefix,
      alarms: watch.alarms,
      workflow,
      table,
      api,
      web: web.function,
      dispatcher: background.dispatcher,
    });
    acceptExceptions(this, address.name, configuration.region);

    new CfnOutput(this, 'PublicUrl', { value: api.publicUrl, description: 'Address of the pages' });
    new CfnOutput(this, 'TableName', { value: table.table.tableName });
    new CfnOutput(this, 'StateMachineArn', { value: address.machineArn });
    new CfnOutput(this, 'UserPoolId', { value: signIn.userPool.userPoolId });
  }
}
