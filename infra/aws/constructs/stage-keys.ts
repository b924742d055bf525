import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface StageKeysProps {
  readonly prefix: string;
  readonly removalPolicy: RemovalPolicy;
}

/** The KMS keys of a stage: for customer data, operational data, personal links and the seals of records. */
export class StageKeys extends Construct {
  /** Table and backups. */
  readonly data: Key;
  /** Logs, queues and the alarm topic. */
  readonly operations: Key;
  /** Computes the keyed hashes (HMAC) of which personal links are made; encrypts nothing. */
  readonly links: Key;
  /** Signs the records of submissions (ECDSA P-256); the table keeps its public half for good. */
  readonly seal: Key;

  constructor(scope: Construct, id: string, { prefix, removalPolicy }: StageKeysProps) {
    super(scope, id);
    this.data = new Key(this, 'Data', {
      alias: `${prefix}-data`,
      description: 'What customers answered: the table and its backups',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.operations = new Key(this, 'Operations', {
      alias: `${prefix}-operations`,
      description: 'Logs, queues of failed calls and the alarm topic',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.links = new Key(this, 'Links', {
      alias: `${prefix}-links`,
      description: 'Makes personal links; without it no link can be made again',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy,
    });
    this.seal = new Key(this, 'Seal', {
      alias: `${prefix}-seal`,
      description: 'Seals the records of submissions; its public key is published',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy,
    });
    this.letServicesUseOperationsKey(prefix);
  }

  private letServicesUseOperationsKey(prefix: string): void {
    const stack = Stack.of(this);
    this.operations.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LogsOfThisStage',
        principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': [
              `/${prefix}/`,
              `/aws/vendedlogs/states/${prefix}`,
              `aws-waf-logs-${prefix}`,
            ].map(
              (start) => `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:${start}*`,
            ),
          },
        },
      }),
    );
    this.operations.addToResourcePolicy(
      new PolicyStatement({
        // The policies of the topic and of the queues restrict which alarms and events may use it.
        sid: 'AlarmsAndEvents',
        principals: ['cloudwatch', 'events'].map(
          (service) => new ServicePrincipal(`${service}.amazonaws.com`),
        ),
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
  }
}
