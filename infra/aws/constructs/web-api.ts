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
import type { HouseFunction } from './house-function.ts';

export interface WebApiProps {
  readonly prefix: string;
  readonly domain?: { readonly origin: string; readonly certificateId: string } | undefined;
  readonly key: IKey;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly quotas: { readonly requestsPerSecond: number; readonly burst: number };
}

const stageName = 'web';

/** Ids, times and templates of paths: a path itself may be a customer's secret link, an address is personal. */
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

/** The regional REST API that everything from outside comes in by. */
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
      // Prospect files come in whatever encoding a spreadsheet writes: as text they would be spoilt on the way.
      binaryMediaTypes: ['multipart/form-data', 'text/csv'],
      cloudWatchRole: false,
      deployOptions: {
        stageName,
        accessLogDestination: new LogGroupLogDestination(logGroup),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLog)),
        throttlingRateLimit: props.quotas.requestsPerSecond,
        throttlingBurstLimit: props.quotas.burst,
        // Of the API as a whole there are metrics anyway; those of each method would cost more than all keys together.
        metricsEnabled: false,
        // Both would write the path of each request, and a path may be a secret link.
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

  /** Sends every request to one function; resources of their own are those that the log tells apart. */
  serve(web: HouseFunction): void {
    const integration = new LambdaIntegration(web.function, { allowTestInvoke: false });
    const requestValidator = this.api.addRequestValidator('Parameters', {
      validateRequestParameters: true,
      // Without a model nothing is refused here: the web itself says in words what is wrong with a form, JSON or CSV.
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

  /** Lets API Gateway write access logs: a setting of the whole account and region. */
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
    // Other stages of the account write their logs with it as well, after this one is gone.
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
