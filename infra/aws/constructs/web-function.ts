import { Duration, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { CustomerIdentity } from '../../../functions/domain/onboarding/customer-identity.ts';
import type { StageConfiguration } from '../config/stage-configuration.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { WorkflowAddress } from './onboarding-workflow.ts';
import type { StaffUserPool } from './staff-user-pool.ts';
import { type FunctionDefaults, StandardFunction } from './standard-function.ts';
import { grantGenerateMac, setPlatformFile } from './task-functions.ts';
import type { WebApi } from './web-api.ts';

export interface WebFunctionProps {
  readonly defaults: FunctionDefaults;
  readonly table: OnboardingTable;
  readonly workflow: WorkflowAddress;
  readonly linkKey: IKey;
  readonly sealKey: IKey;
  readonly documents: StandardFunction;
  readonly api: WebApi;
  readonly staff: StaffUserPool;
  /** Mail address shown on the pages for questions. */
  readonly contact: string;
  /** Days that personal data is kept after an onboarding was closed, as shown on the pages. */
  readonly retentionDays: number;
  readonly customerIdentity: CustomerIdentity;
  readonly proConnect: StageConfiguration['proConnect'];
  readonly sales: { readonly owner: string; readonly team: string };
}

/** Pages and API: one function behind the REST API. */
export class WebFunction extends Construct {
  readonly function: StandardFunction;

  constructor(scope: Construct, id: string, props: WebFunctionProps) {
    super(scope, id);
    const { api, staff } = props;
    const pages = new StandardFunction(this, 'Pages', {
      defaults: props.defaults,
      folder: 'web',
      description: 'Pages and API of the customer onboarding',
      memory: 1_024,
      // Below the 29 s after which API Gateway gives up: no request may take that long.
      timeout: Duration.seconds(20),
    });
    props.table.grantWrite(pages);
    props.workflow.grantHeartbeat(pages);
    grantGenerateMac(pages, props.linkKey);
    pages.allow(['kms:Sign', 'kms:GetPublicKey'], [props.sealKey.keyArn]);
    pages.setting('SEAL_KEY_ID', props.sealKey.keyArn);
    pages.allow(['lambda:InvokeFunction'], [props.documents.arn]);
    const { region, urlSuffix } = Stack.of(this);
    const invocation = `2015-03-31/functions/${props.documents.arn}/invocations`;
    pages.setting('RENDER_URL', `https://lambda.${region}.${urlSuffix}/${invocation}`);
    setPlatformFile(pages);
    pages.setting('PUBLIC_URL', api.publicUrl);
    pages.setting('CONTACT_MAIL', props.contact);
    pages.setting('RETENTION_DAYS', String(props.retentionDays));
    pages.setting('CUSTOMER_IDENTITY', props.customerIdentity);
    if (props.customerIdentity === 'link_and_proconnect') this.letReachProConnect(pages, props);
    pages.setting('DEFAULT_OWNER', props.sales.owner);
    pages.setting('DEFAULT_TEAM', props.sales.team);
    pages.setting('ISSUER_URL', `https://${staff.userPool.userPoolProviderName}`);
    pages.setting('WEB_CLIENT_ID', staff.webClient.userPoolClientId);
    pages.setting('TOKEN_URL', staff.tokenUrl);
    api.serve(pages);
    this.function = pages;
  }

  /** The secret is put into the parameter store by hand: CloudFormation makes no secure parameters. */
  private letReachProConnect(pages: StandardFunction, { proConnect, defaults }: WebFunctionProps): void {
    if (proConnect === undefined) return;
    const stack = Stack.of(this);
    const name = `/${defaults.prefix}/proconnect-client-secret`;
    pages.setting('PROCONNECT_ISSUER', proConnect.issuer);
    pages.setting('PROCONNECT_CLIENT_ID', proConnect.clientId);
    pages.setting('PROCONNECT_ALGORITHM', proConnect.algorithm);
    pages.setting('PROCONNECT_SECRET_PARAMETER', name);
    pages.setting('PARAMETERS_URL', `https://ssm.${stack.region}.${stack.urlSuffix}/`);
    // Under the key of the parameter store itself, which the service uses for whoever may read the parameter.
    pages.allow(
      ['ssm:GetParameter'],
      [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) })],
    );
  }
}
