import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type FunctionHouse, HouseFunction } from './house-function.ts';
import type { OnboardingTable } from './onboarding-table.ts';
import type { WorkflowAddress } from './onboarding-workflow.ts';
import type { StaffSignIn } from './staff-sign-in.ts';
import { bindLinks, bindPlatform } from './task-functions.ts';
import type { WebApi } from './web-api.ts';

export interface WebFunctionProps {
  readonly house: FunctionHouse;
  readonly table: OnboardingTable;
  readonly workflow: WorkflowAddress;
  readonly linkKey: IKey;
  readonly api: WebApi;
  readonly signIn: StaffSignIn;
  /** Whom people may write to. */
  readonly contact: string;
  /** Days that personal data is kept after an onboarding was closed: the pages say so. */
  readonly retentionDays: number;
  readonly sales: { readonly owner: string; readonly team: string };
}

/** Pages and API: one function behind the REST API. */
export class WebFunction extends Construct {
  readonly function: HouseFunction;

  constructor(scope: Construct, id: string, props: WebFunctionProps) {
    super(scope, id);
    const { api, signIn } = props;
    const made = new HouseFunction(this, 'Pages', {
      house: props.house,
      folder: 'web',
      description: 'Pages and API of the customer onboarding',
      memory: 1_024,
      // API Gateway gives up after 29 s; nothing a person waits for may take that long.
      timeout: Duration.seconds(20),
    });
    props.table.write(made);
    props.workflow.keepOpen(made);
    bindLinks(made, props.linkKey);
    bindPlatform(made);
    made.setting('PUBLIC_URL', api.publicUrl);
    made.setting('CONTACT_MAIL', props.contact);
    made.setting('RETENTION_DAYS', String(props.retentionDays));
    made.setting('DEFAULT_OWNER', props.sales.owner);
    made.setting('DEFAULT_TEAM', props.sales.team);
    made.setting('ISSUER_URL', `https://${signIn.userPool.userPoolProviderName}`);
    made.setting('WEB_CLIENT_ID', signIn.webClient.userPoolClientId);
    made.setting('TOKEN_URL', signIn.tokenUrl);
    api.serve(made);
    this.function = made;
  }
}
