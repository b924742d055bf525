import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionBundles } from '../function-bundles.ts';

/** What every function of a stage shares. */
export interface FunctionHouse {
  readonly prefix: string;
  readonly bundles: FunctionBundles;
  readonly key: IKey;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export interface HouseFunctionProps {
  readonly house: FunctionHouse;
  /** Folder below `functions/`. */
  readonly folder: string;
  readonly description: string;
  /** Megabytes; the share of a processor goes with it. */
  readonly memory: number;
  readonly timeout: Duration;
  /** Where calls go that nobody waits for and that failed for good. */
  readonly failures?: IQueue;
}

/**
 * A function as this house runs it. Its role may do nothing but write its own log and trace; everything else is
 * allowed by name, in one customer-managed policy.
 */
export class HouseFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly folder: string;
  private readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    super(scope, id);
    const { house, folder } = props;
    this.folder = folder;
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/${house.prefix}/functions/${folder}`,
      retention: house.logRetention,
      encryptionKey: house.key,
      removalPolicy: house.removalPolicy,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Of the function ${folder}`,
    });
    this.policy = new ManagedPolicy(this, 'Policy', { roles: [role] });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logGroup.logGroupArn]);
    this.allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
    if (props.failures !== undefined) this.sendTo(props.failures, house.key);

    this.function = new LambdaFunction(this, 'Function', {
      functionName: `${house.prefix}-${folder}`,
      description: props.description,
      code: Code.fromAsset(house.bundles.folderOf(folder)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memory,
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup: this.logGroup,
      // What the CDK would add by itself is written out above and by the bindings.
      role: role.withoutPolicyUpdates(),
      // Metrics of several stages of an account must not count together.
      environment: { METRICS_SERVICE: house.prefix },
      ...(props.failures === undefined
        ? {}
        : { onFailure: new SqsDestination(props.failures), retryAttempts: 2 }),
    });
    this.function.node.addDependency(this.policy);
  }

  /** Allows exactly these actions on exactly these resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  setting(name: string, value: string): void {
    this.function.addEnvironment(name, value);
  }

  get arn(): string {
    return this.function.functionArn;
  }

  /** Allows to leave failed calls in an encrypted queue. */
  sendTo(queue: IQueue, key: IKey): void {
    this.allow(['sqs:SendMessage'], [queue.queueArn]);
    this.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
  }
}
