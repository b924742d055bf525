import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface FailedCallsProps {
  readonly prefix: string;
  readonly key: IKey;
}

const fourteenDays = Duration.days(14);

/** Where calls end that nobody waits for and that failed for good, so that somebody can look at them. */
export class FailedCalls extends Construct {
  /** Calls by the table's stream. */
  readonly stream: Queue;
  /** Calls by schedules and by events. */
  readonly background: Queue;

  constructor(scope: Construct, id: string, { prefix, key }: FailedCallsProps) {
    super(scope, id);
    const queue = (name: string) =>
      new Queue(this, name, {
        queueName: `${prefix}-failed-${name.toLowerCase()}-calls`,
        encryption: QueueEncryption.KMS,
        encryptionMasterKey: key,
        enforceSSL: true,
        retentionPeriod: fourteenDays,
        removalPolicy: RemovalPolicy.DESTROY,
      });
    this.stream = queue('Stream');
    this.background = queue('Background');
  }
}
