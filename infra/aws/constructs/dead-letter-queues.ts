import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface DeadLetterQueuesProps {
  readonly prefix: string;
  readonly key: IKey;
}

const fourteenDays = Duration.days(14);

/** Queues for asynchronous invocations that failed after all retries, kept for operators to inspect. */
export class DeadLetterQueues extends Construct {
  /** Invocations by the table's stream. */
  readonly stream: Queue;
  /** Invocations by schedules and by events. */
  readonly background: Queue;

  constructor(scope: Construct, id: string, { prefix, key }: DeadLetterQueuesProps) {
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
