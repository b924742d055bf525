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

/** Settings shared by every function of a stage. */
export interface FunctionDefaults {
  readonly prefix: string;
  readonly bundles: FunctionBundles;
  readonly key: IKey;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export interface StandardFunctionProps {
  readonly defaults: FunctionDefaults;
  /** Folder below `functions/`. */
  readonly folder: string;
  readonly description: string;
  /** Megabytes; Lambda assigns CPU in proportion. */
  readonly memory: number;
  readonly timeout: Duration;
  /** Receives asynchronous invocations that failed after all retries. */
  readonly deadLetterQueue?: IQueue;
}

/**
 * A Lambda function with the settings common to all of ours. Its role may only write its own log and trace; every other
 * permission is added by name, in one customer-managed policy.
 */
export class StandardFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly folder: string;
  private readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: StandardFunctionProps) {
    super(scope, id);
    const { defaults, folder } = props;
    this.folder = folder;
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/${defaults.prefix}/functions/${folder}`,
      retention: defaults.logRetention,
      encryptionKey: defaults.key,
      removalPolicy: defaults.removalPolicy,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Of the function ${folder}`,
    });
    this.policy = new ManagedPolicy(this, 'Policy', { roles: [role] });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logGroup.logGroupArn]);
    this.allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
    if (props.deadLetterQueue !== undefined) this.grantSendFailures(props.deadLetterQueue, defaults.key);

    this.function = new LambdaFunction(this, 'Function', {
      functionName: `${defaults.prefix}-${folder}`,
      description: props.description,
      code: Code.fromAsset(defaults.bundles.folderOf(folder)),
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
      // The permissions that the CDK would add by itself are listed above and in the grant methods.
      role: role.withoutPolicyUpdates(),
      // Keeps the metrics of several stages in one account apart.
      environment: { METRICS_SERVICE: defaults.prefix },
      ...(props.deadLetterQueue === undefined
        ? {}
        : { onFailure: new SqsDestination(props.deadLetterQueue), retryAttempts: 2 }),
    });
    this.function.node.addDependency(this.policy);
  }

  /** Allows these actions on these resources, and nothing more. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  setting(name: string, value: string): void {
    this.function.addEnvironment(name, value);
  }

  get arn(): string {
    return this.function.functionArn;
  }

  /** Lets the function send failed invocations to an encrypted queue. */
  grantSendFailures(queue: IQueue, key: IKey): void {
    this.allow(['sqs:SendMessage'], [queue.queueArn]);
    this.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
  }
}
