import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  CfnAccount,
  EndpointType,
  type IResource,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StandardFunction } from './standard-function.ts';

export interface WebApiProps {
  readonly prefix: string;
  readonly domain?: { readonly origin: string; readonly certificateId: string } | undefined;
  readonly key: IKey;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly quotas: { readonly requestsPerSecond: number; readonly burst: number };
}

const stageName = 'web';

/** Ids, times and path templates only: a path may contain a customer's secret link, and an IP address is personal data. */
const accessLog = {
  requestId: AccessLogField.contextRequestId(),
  time: AccessLogField.contextRequestTimeEpoch(),
  method: AccessLogField.contextHttpMethod(),
  resource: AccessLogField.contextResourcePath(),
  status: AccessLogField.contextStatus(),
  latency: AccessLogField.contextResponseLatency(),
  integrationStatus: AccessLogField.contextIntegrationStatus(),
  bytes: AccessLogField.contextResponseLength(),
} as const;

/** The regional REST API, the only entry point from outside. */
export class WebApi extends Construct {
  readonly api: RestApi;
  /** Address of the pages, without a final slash. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, props: WebApiProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'AccessLog', {
      logGroupName: `/${props.prefix}/access`,
      retention: props.logRetention,
      encryptionKey: props.key,
      removalPolicy: props.removalPolicy,
    });
    this.api = new RestApi(this, 'Api', {
      restApiName: props.prefix,
      description: 'Pages and API of the customer onboarding',
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      disableExecuteApiEndpoint: props.domain !== undefined,
      // Prospect files arrive in whatever encoding the spreadsheet used; treated as text they would be corrupted.
      binaryMediaTypes: ['multipart/form-data', 'text/csv'],
      cloudWatchRole: false,
      deployOptions: {
        stageName,
        accessLogDestination: new LogGroupLogDestination(logGroup),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLog)),
        throttlingRateLimit: props.quotas.requestsPerSecond,
        throttlingBurstLimit: props.quotas.burst,
        // The API as a whole has metrics anyway; metrics of each method would cost more than all keys together.
        metricsEnabled: false,
        // Both would record the path of each request, and a path may contain a secret link.
        loggingLevel: MethodLoggingLevel.OFF,
        tracingEnabled: false,
        dataTraceEnabled: false,
      },
    });
    this.api.deploymentStage.node.addDependency(this.logPermission());
    const { region, urlSuffix } = Stack.of(this);
    this.publicUrl =
      props.domain?.origin ?? `https://${this.api.restApiId}.execute-api.${region}.${urlSuffix}/${stageName}`;
    if (props.domain !== undefined) this.publishAt(props.domain);
  }

  /** Routes every request to one function; only the paths that the access log must distinguish get their own resource. */
  serve(web: StandardFunction): void {
    const integration = new LambdaIntegration(web.function, { allowTestInvoke: false });
    const requestValidator = this.api.addRequestValidator('Parameters', {
      validateRequestParameters: true,
      // Without a model API Gateway rejects nothing: the function itself explains what is wrong with a form, JSON or CSV.
      validateRequestBody: true,
    });
    const answer = (resource: IResource, parameter?: string) =>
      resource.addMethod('ANY', integration, {
        requestValidator,
        ...(parameter === undefined
          ? {}
          : { requestParameters: { [`method.request.path.${parameter}`]: true } }),
      });
    const { root } = this.api;
    answer(root);
    answer(root.addResource('{proxy+}'), 'proxy');
    answer(root.addResource('f').addResource('{token}'), 'token');
    const api = root.addResource('api');
    answer(api.addResource('{proxy+}'), 'proxy');
  }

  /** Lets API Gateway write access logs, which is a setting of the whole account and region. */
  private logPermission(): CfnAccount {
    const role = new Role(this, 'LogRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      description: 'Of API Gateway in this account: writes access logs',
    });
    const policy = new ManagedPolicy(this, 'LogPolicy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: [
            'logs:CreateLogGroup',
            'logs:CreateLogStream',
            'logs:DescribeLogGroups',
            'logs:DescribeLogStreams',
            'logs:PutLogEvents',
            'logs:GetLogEvents',
            'logs:FilterLogEvents',
          ],
          resources: ['*'],
        }),
      ],
    });
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    // Other stages of the account still need it for their logs after this stage is removed.
    for (const shared of [role, policy, account]) shared.applyRemovalPolicy(RemovalPolicy.RETAIN);
    account.node.addDependency(policy);
    return account;
  }

  private publishAt({
    origin,
    certificateId,
  }: {
    readonly origin: string;
    readonly certificateId: string;
  }): void {
    const { host } = new URL(origin);
    const domain = this.api.addDomainName('Domain', {
      domainName: host,
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
      certificate: Certificate.fromCertificateArn(
        this,
        'Certificate',
        Stack.of(this).formatArn({ service: 'acm', resource: 'certificate', resourceName: certificateId }),
      ),
    });
    new CfnOutput(this, 'DomainTarget', {
      value: domain.domainNameAliasDomainName,
      description: `What ${host} has to point to, as a CNAME`,
    });
  }
}
