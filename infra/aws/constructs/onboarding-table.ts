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
import type { StandardFunction } from './standard-function.ts';

export interface OnboardingTableProps {
  readonly key: IKey;
  /** The table outlives the stack and cannot be deleted by mistake. */
  readonly keepData: boolean;
  /** A table restored from a backup, used in place of the stack's own table, which is kept. */
  readonly restored?: { readonly name: string; readonly streamLabel: string } | undefined;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The single table, with the indexes that the store's access patterns need. */
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
      // The dispatcher needs only the keys to know that entries are waiting, so no item data enters the stream.
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

  /** Lets a function get items and query the table and its indexes; no function may scan. */
  grantRead(reader: StandardFunction): void {
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

  /** Lets a function change items, singly or in transactions, and read them. */
  grantWrite(writer: StandardFunction): void {
    this.grantRead(writer);
    writer.allow(
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
      [this.table.tableArn],
    );
    writer.allow(
      ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      [this.key.keyArn],
    );
  }

  /** Throttled requests of one operation: DynamoDB has no such metric for a whole table. */
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

  /** Lets a function read the table's stream, as its event source mapping requires. */
  grantStreamRead(reader: StandardFunction): void {
    reader.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      [this.streamArn],
    );
  }
}
