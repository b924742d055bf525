import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { OnboardingTable } from './onboarding-table.ts';

export interface TableBackupProps {
  readonly prefix: string;
  readonly table: OnboardingTable;
  readonly key: IKey;
  readonly days: number;
  readonly keepData: boolean;
}

/** A nightly backup of the table in a separate vault, because point-in-time recovery is lost with the table. */
export class TableBackup extends Construct {
  /** Completed backups a day. */
  readonly completed: Metric;

  constructor(scope: Construct, id: string, { prefix, table, key, days, keepData }: TableBackupProps) {
    super(scope, id);
    const vault = new BackupVault(this, 'Vault', {
      backupVaultName: prefix,
      encryptionKey: key,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      blockRecoveryPointDeletion: keepData,
    });
    this.completed = new Metric({
      namespace: 'AWS/Backup',
      metricName: 'NumberOfBackupJobsCompleted',
      dimensionsMap: { BackupVaultName: prefix },
      statistic: Stats.SUM,
      period: Duration.days(1),
    });
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: prefix,
      backupVault: vault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'each-night',
          scheduleExpression: Schedule.cron({ hour: '2', minute: '0' }),
          scheduleExpressionTimezone: TimeZone.EUROPE_PARIS,
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(4),
          deleteAfter: Duration.days(days),
        }),
      ],
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      description: 'Of the nightly backup: copies the table, nothing else',
    });
    const policy = new ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: [
            'dynamodb:StartAwsBackupJob',
            'dynamodb:CreateBackup',
            'dynamodb:DescribeTable',
            'dynamodb:ListTagsOfResource',
          ],
          resources: [table.table.tableArn],
        }),
        new PolicyStatement({
          actions: ['backup:DescribeBackupVault', 'backup:CopyIntoBackupVault'],
          resources: [vault.backupVaultArn],
        }),
        new PolicyStatement({
          actions: ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:CreateGrant'],
          resources: [key.keyArn],
        }),
      ],
    });
    const selection = plan.addSelection('Table', {
      backupSelectionName: 'table',
      resources: [BackupResource.fromDynamoDbTable(table.table)],
      role,
      disableDefaultBackupPolicy: true,
    });
    selection.node.addDependency(policy);
  }
}
