import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { indexes } from '../../../functions/store/keys.ts';
import type { HouseFunction } from './house-function.ts';

export interface OnboardingTableProps {
  readonly key: IKey;
  /** The table outlives the stack and cannot be deleted by mistake. */
  readonly keepData: boolean;
  /** A table that a backup was restored to, used in place of the stack's own, which stays. */
  readonly restored?: { readonly name: string; readonly streamLabel: string } | undefined;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table, with the indexes that the store's access patterns name. */
export class OnboardingTable extends Construct {
  readonly table: Table | ITable;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key, keepData, restored }: OnboardingTableProps) {
    super(scope, id);
    this.key = key;
    const own = this.make(keepData);
    this.table = restored === undefined ? own : this.find(restored);
  }

  private make(keepData: boolean): Table {
    const table = new Table(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keepData,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      timeToLiveAttribute: 'expiresAt',
      // Keys are all the dispatcher needs to know that something waits: items never enter the stream.
      stream: StreamViewType.KEYS_ONLY,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const index of Object.values(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.pk),
        sortKey: text(index.sk),
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    return table;
  }

  private find({ name, streamLabel }: NonNullable<OnboardingTableProps['restored']>): ITable {
    return Table.fromTableAttributes(this, 'Restored', {
      tableName: name,
      tableStreamArn: Stack.of(this).formatArn({
        service: 'dynamodb',
        resource: 'table',
        resourceName: `${name}/stream/${streamLabel}`,
      }),
    });
  }

  /** Lets a function get items and query the table and its indexes; nothing of ours scans. */
  read(reader: HouseFunction): void {
    reader.setting('TABLE_NAME', this.table.tableName);
    reader.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem'], [this.table.tableArn]);
    reader.allow(
      ['dynamodb:Query'],
      [
        this.table.tableArn,
        ...Object.values(indexes).map(({ name }) => `${this.table.tableArn}/index/${name}`),
      ],
    );
    reader.allow(['kms:Decrypt', 'kms:DescribeKey'], [this.key.keyArn]);
  }

  /** Lets a function change items, alone or in transactions; it may then read as well. */
  write(writer: HouseFunction): void {
    this.read(writer);
    writer.allow(
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
      [this.table.tableArn],
    );
    writer.allow(
      ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      [this.key.keyArn],
    );
  }

  /** Refused requests of an operation: DynamoDB tells none for a table as a whole. */
  throttled(operation: 'TransactWriteItems' | 'Query'): Metric {
    return new Metric({
      namespace: 'AWS/DynamoDB',
      metricName: 'ThrottledRequests',
      dimensionsMap: { TableName: this.table.tableName, Operation: operation },
      statistic: Stats.SUM,
    });
  }

  get streamArn(): string {
    const arn = this.table.tableStreamArn;
    if (arn === undefined) throw new Error('The table has no stream');
    return arn;
  }

  /** Lets a function be called by the table's stream. */
  follow(follower: HouseFunction): void {
    follower.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      [this.streamArn],
    );
  }
}
