import { ArnFormat, CfnDeletionPolicy, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { loadWorkflow } from '../../../workflows/load.ts';
import type { TaskName } from '../../../workflows/tasks.ts';
import type { StandardFunction } from './standard-function.ts';

const alias = 'live';

/**
 * The ARNs of the workflow, known before the workflow is created: its functions need its ARN, and it needs theirs.
 * Executions are started through the alias, so that moving the alias back is a rollback.
 */
export class WorkflowAddress {
  readonly name: string;
  readonly machineArn: string;
  readonly aliasArn: string;
  private readonly executionsArn: string;

  constructor(scope: Construct, prefix: string) {
    this.name = prefix;
    this.machineArn = Stack.of(scope).formatArn({
      service: 'states',
      resource: 'stateMachine',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: this.name,
    });
    this.aliasArn = `${this.machineArn}:${alias}`;
    // Executions are named when they start, so the pattern covers every execution of this machine and no other.
    this.executionsArn = Stack.of(scope).formatArn({
      service: 'states',
      resource: 'execution',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: `${this.name}:*`,
    });
  }

  /** Gives a function the ARN of the workflow, without any permission on it. */
  setStateMachineArn(target: StandardFunction): void {
    target.setting('STATE_MACHINE_ARN', this.aliasArn);
  }

  /** Lets a function complete waiting tasks. */
  grantSendTaskSuccess(grantee: StandardFunction): void {
    this.setStateMachineArn(grantee);
    grantee.allow(['states:SendTaskSuccess'], [this.machineArn, this.aliasArn]);
  }

  /** Lets a function send heartbeats to waiting tasks. */
  grantHeartbeat(grantee: StandardFunction): void {
    this.setStateMachineArn(grantee);
    grantee.allow(['states:SendTaskHeartbeat'], [this.machineArn, this.aliasArn]);
  }

  /** Lets a function start executions. */
  grantStartExecution(grantee: StandardFunction): void {
    this.setStateMachineArn(grantee);
    grantee.allow(['states:StartExecution'], [this.machineArn, this.aliasArn]);
  }

  /** Lets a function list executions. */
  grantList(grantee: StandardFunction): void {
    grantee.allow(['states:ListExecutions'], [this.machineArn]);
  }

  /** Lets a function read the status of executions, but not their histories. */
  grantDescribe(grantee: StandardFunction): void {
    grantee.allow(['states:DescribeExecution'], [this.executionsArn]);
  }
}

export interface OnboardingWorkflowProps {
  readonly address: WorkflowAddress;
  readonly tasks: Readonly<Record<TaskName, StandardFunction>>;
  readonly key: IKey;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The state machine, created from the definition that the local runtime executes as well. */
export class OnboardingWorkflow extends Construct {
  readonly machine: StateMachine;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: OnboardingWorkflowProps) {
    super(scope, id);
    const { address, tasks } = props;
    this.logGroup = new LogGroup(this, 'Log', {
      // Below this prefix log delivery needs no growing resource policy.
      logGroupName: `/aws/vendedlogs/states/${address.name}`,
      retention: props.logRetention,
      encryptionKey: props.key,
      removalPolicy: props.removalPolicy,
    });
    const { role, policy } = this.role(tasks);
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: address.name,
      definitionBody: DefinitionBody.fromString(
        JSON.stringify(
          loadWorkflow('onboarding.asl.json', {
            functionName: (task) => tasks[task].arn,
            partition: Stack.of(this).partition,
          }),
        ),
      ),
      role: role.withoutPolicyUpdates(),
      tracingEnabled: true,
      logs: { destination: this.logGroup, level: LogLevel.ALL, includeExecutionData: false },
    });
    this.machine.node.addDependency(policy);
    this.publish();
  }

  private role(tasks: OnboardingWorkflowProps['tasks']) {
    const role = new Role(this, 'Role', {
      // Only workflows of this account may assume it.
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: 'Of the onboarding workflow: calls its tasks, nothing else',
    });
    const policy = new ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          sid: 'CallTasks',
          actions: ['lambda:InvokeFunction'],
          resources: Object.values(tasks).map(({ arn }) => arn),
        }),
        new PolicyStatement({
          sid: 'DeliverLogs',
          actions: [
            'logs:CreateLogDelivery',
            'logs:GetLogDelivery',
            'logs:UpdateLogDelivery',
            'logs:DeleteLogDelivery',
            'logs:ListLogDeliveries',
            'logs:PutResourcePolicy',
            'logs:DescribeResourcePolicies',
            'logs:DescribeLogGroups',
          ],
          resources: ['*'],
        }),
        new PolicyStatement({
          sid: 'Trace',
          actions: [
            'xray:PutTraceSegments',
            'xray:PutTelemetryRecords',
            'xray:GetSamplingRules',
            'xray:GetSamplingTargets',
          ],
          resources: ['*'],
        }),
      ],
    });
    return { role, policy };
  }

  /** Publishes each revision as a version that is kept, and points the alias at it. */
  private publish(): void {
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: this.machine.stateMachineArn,
      stateMachineRevisionId: this.machine.stateMachineRevisionId,
    });
    version.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    version.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
    new CfnStateMachineAlias(this, 'Alias', {
      name: alias,
      description: 'The version that new runs are started with',
      deploymentPreference: { stateMachineVersionArn: version.attrArn, type: 'ALL_AT_ONCE' },
    });
  }
}
