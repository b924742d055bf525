import { AspectPriority, Aspects, CfnOutput, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfiguration } from './config/stage-configuration.ts';
import { Alarms } from './constructs/alarms.ts';
import { BusinessEvents } from './constructs/business-events.ts';
import { DeadLetterQueues } from './constructs/dead-letter-queues.ts';
import { DocumentFunction, documentFolder } from './constructs/document-function.ts';
import { JobFunctions, jobFolders } from './constructs/job-functions.ts';
import { JobTriggers } from './constructs/job-triggers.ts';
import { MailIdentity } from './constructs/mail-identity.ts';
import { OnboardingTable } from './constructs/onboarding-table.ts';
import { OnboardingWorkflow, WorkflowAddress } from './constructs/onboarding-workflow.ts';
import { OperationsDashboard } from './constructs/operations-dashboard.ts';
import { acceptExceptions } from './constructs/security-exceptions.ts';
import { SovereigntyGuard } from './constructs/sovereignty-guard.ts';
import { StaffUserPool } from './constructs/staff-user-pool.ts';
import { StageKeys } from './constructs/stage-keys.ts';
import type { FunctionDefaults } from './constructs/standard-function.ts';
import { TableBackup } from './constructs/table-backup.ts';
import { TaskFunctions, taskFolders } from './constructs/task-functions.ts';
import { WebApi } from './constructs/web-api.ts';
import { WebFirewall } from './constructs/web-firewall.ts';
import { WebFunction } from './constructs/web-function.ts';
import type { FunctionBundles } from './function-bundles.ts';

/** Folders of all deployed functions. */
export const deployedFolders: readonly string[] = [...taskFolders, ...jobFolders, documentFolder, 'web'];

export interface OnboardingStackProps extends StackProps {
  readonly configuration: StageConfiguration;
  readonly bundles: FunctionBundles;
}

/** The whole system of one stage. Each part is defined in its construct; here the parts are only connected. */
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
    // Runs last, because it checks the resources that the other constructs create.
    Aspects.of(this).add(new SovereigntyGuard(configuration.allowedRegions), {
      priority: AspectPriority.READONLY,
    });

    const keys = new StageKeys(this, 'Keys', { prefix, removalPolicy });
    const logs = { key: keys.operations, logRetention: retention.logDays, removalPolicy };
    const defaults: FunctionDefaults = { prefix, bundles, ...logs };
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
      defaults,
      table,
      workflow: address,
      linkKey: keys.links,
      registry: configuration.registry,
    });
    const workflow = new OnboardingWorkflow(this, 'Workflow', { address, tasks: tasks.byTask, ...logs });

    const api = new WebApi(this, 'Web', { prefix, domain: configuration.web.domain, quotas, ...logs });
    const staff = new StaffUserPool(this, 'SignIn', {
      prefix,
      ...configuration.signIn,
      publicUrl: api.publicUrl,
      keepData,
      removalPolicy,
    });
    const documents = new DocumentFunction(this, 'Documents', { defaults, table, publicUrl: api.publicUrl });
    const web = new WebFunction(this, 'Pages', {
      defaults,
      table,
      workflow: address,
      linkKey: keys.links,
      sealKey: keys.seal,
      documents: documents.function,
      api,
      staff,
      contact: mail.operators,
      retentionDays: retention.closedOnboardingDays,
      customerIdentity: configuration.customerIdentity,
      proConnect: configuration.proConnect,
      sales: configuration.sales,
    });
    new WebFirewall(this, 'Firewall', {
      prefix,
      protects: api.api.deploymentStage.stageArn,
      quotas,
      ...logs,
    });

    const mailIdentity = new MailIdentity(this, 'Mail', {
      prefix,
      from: mail.from,
      reportsTo: mail.operators,
    });
    mailIdentity.describeTo(web.function);
    const deadLetterQueues = new DeadLetterQueues(this, 'FailedCalls', { prefix, key: keys.operations });
    const jobs = new JobFunctions(this, 'Background', {
      defaults,
      table,
      workflow: address,
      events: new BusinessEvents(this, 'Events', { prefix, archiveDays: retention.eventDays }),
      mail: mailIdentity,
      triggers: new JobTriggers(this, 'Calls', { prefix, deadLetterQueues, key: keys.operations }),
      deadLetterQueues,
      linkKey: keys.links,
      publicUrl: api.publicUrl,
      registry: configuration.registry,
      operatorsMail: mail.operators,
      onCallMail: mail.alarms,
      mailsPerSecond: mail.perSecond,
      retentionDays: retention.closedOnboardingDays,
    });

    const { alarms } = new Alarms(this, 'Watch', {
      prefix,
      key: keys.operations,
      alarmsTo: mail.alarms,
      workflow,
      table,
      backup,
      deadLetterQueues,
      api,
      tasks: Object.values(tasks.byTask),
      dispatcher: jobs.dispatcher,
      mailSender: jobs.mailSender,
      gates: jobs.gates,
      sweeper: jobs.sweeper,
      limits: jobs.limits,
      documents: documents.function,
    });
    new OperationsDashboard(this, 'Dashboard', {
      prefix,
      alarms,
      workflow,
      table,
      api,
      web: web.function,
      dispatcher: jobs.dispatcher,
      mailSender: jobs.mailSender,
    });
    acceptExceptions(this, address.name, configuration.region);

    new CfnOutput(this, 'PublicUrl', { value: api.publicUrl, description: 'Address of the pages' });
    new CfnOutput(this, 'TableName', { value: table.table.tableName });
    new CfnOutput(this, 'StateMachineArn', { value: address.machineArn });
    new CfnOutput(this, 'UserPoolId', { value: staff.userPool.userPoolId });
  }
}
