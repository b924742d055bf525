/**
 * Properties by type that cannot be changed in place, as CloudFormation's reference says: AWS makes another resource
 * and removes the old one, or refuses the update. Items of lists have no number: `KeySchema.AttributeName`.
 */
const replacingProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::Account': [],
  'AWS::ApiGateway::BasePathMapping': ['DomainName', 'BasePath'],
  'AWS::ApiGateway::Deployment': ['RestApiId', 'DeploymentCanarySettings'],
  'AWS::ApiGateway::DomainName': ['DomainName'],
  'AWS::ApiGateway::Method': ['HttpMethod', 'ResourceId', 'RestApiId'],
  'AWS::ApiGateway::RequestValidator': ['RestApiId', 'Name'],
  'AWS::ApiGateway::Resource': ['ParentId', 'PathPart', 'RestApiId'],
  'AWS::ApiGateway::RestApi': [],
  'AWS::ApiGateway::Stage': ['StageName', 'RestApiId'],
  'AWS::Backup::BackupPlan': [],
  'AWS::Backup::BackupSelection': ['BackupSelection', 'BackupPlanId'],
  'AWS::Backup::BackupVault': ['BackupVaultName', 'EncryptionKeyArn'],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::CloudWatch::Dashboard': ['DashboardName'],
  'AWS::Cognito::UserPool': [
    'AliasAttributes',
    'UsernameAttributes',
    'UsernameConfiguration',
    // Attributes can be added to a pool and never changed.
    'Schema.AttributeDataType',
    'Schema.DeveloperOnlyAttribute',
    'Schema.Mutable',
    'Schema.Name',
    'Schema.Required',
  ],
  'AWS::Cognito::UserPoolClient': ['GenerateSecret', 'UserPoolId'],
  'AWS::Cognito::UserPoolDomain': ['UserPoolId', 'Domain'],
  'AWS::Cognito::UserPoolGroup': ['GroupName', 'UserPoolId'],
  'AWS::Cognito::UserPoolResourceServer': ['UserPoolId', 'Identifier'],
  'AWS::DynamoDB::Table': [
    'TableName',
    'KeySchema',
    'ImportSourceSpecification',
    'AttributeDefinitions.AttributeType',
    // The table stays, but an index that is on duty would be removed and filled anew.
    'GlobalSecondaryIndexes.IndexName',
    'GlobalSecondaryIndexes.KeySchema',
    'GlobalSecondaryIndexes.Projection',
  ],
  'AWS::Events::Archive': ['SourceArn', 'ArchiveName'],
  'AWS::Events::EventBus': ['EventSourceName', 'Name'],
  'AWS::Events::Rule': ['EventBusName', 'Name'],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 'Path', 'Description'],
  'AWS::IAM::Role': ['Path', 'RoleName'],
  'AWS::KMS::Alias': ['AliasName'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  'AWS::Lambda::EventInvokeConfig': ['FunctionName', 'Qualifier'],
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn', 'StartingPosition', 'StartingPositionTimestamp'],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType', 'TenancyConfig'],
  'AWS::Lambda::Permission': [
    'Action',
    'EventSourceToken',
    'FunctionName',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
    'Principal',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::Logs::MetricFilter': ['LogGroupName', 'FilterName'],
  'AWS::Logs::ResourcePolicy': ['PolicyName'],
  'AWS::SES::ConfigurationSet': ['Name'],
  'AWS::SES::ConfigurationSetEventDestination': ['ConfigurationSetName'],
  'AWS::SES::EmailIdentity': ['EmailIdentity'],
  'AWS::SNS::Subscription': ['Endpoint', 'Protocol', 'TopicArn'],
  'AWS::SNS::Topic': ['FifoTopic', 'TopicName'],
  'AWS::SNS::TopicPolicy': [],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::SQS::QueuePolicy': [],
  'AWS::Scheduler::Schedule': ['Name'],
  'AWS::Scheduler::ScheduleGroup': ['Name'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
  'AWS::StepFunctions::StateMachineAlias': ['Name'],
  'AWS::StepFunctions::StateMachineVersion': ['Description', 'StateMachineRevisionId', 'StateMachineArn'],
  'AWS::WAFv2::LoggingConfiguration': ['ResourceArn'],
  'AWS::WAFv2::WebACL': ['Scope', 'Name'],
  'AWS::WAFv2::WebACLAssociation': ['ResourceArn', 'WebACLArn'],
};

/** Types whose properties are listed here. */
export const knownTypes: readonly string[] = Object.keys(replacingProperties);

/** Whether AWS cannot change in place what stands at this path of a resource (`Properties.KeySchema[0]`). */
export function replaces(type: string, path: string): boolean {
  const plain = path.replaceAll(/\[\d+\]/g, '');
  const listed = replacingProperties[type];
  if (plain === 'Type') return true;
  // Of a type that is not listed nothing is known, so everything may replace it.
  if (listed === undefined) return plain.startsWith('Properties');
  return listed.some((name) => `${plain}.`.startsWith(`Properties.${name}.`));
}
