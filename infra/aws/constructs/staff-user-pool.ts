import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

export interface StaffUserPoolProps {
  readonly prefix: string;
  readonly domainPrefix: string;
  readonly hostedDomain: string;
  /** Address of the pages, without a final slash. */
  readonly publicUrl: string;
  readonly machineClients: readonly { readonly name: string; readonly scopes: readonly string[] }[];
  readonly keepData: boolean;
  readonly removalPolicy: RemovalPolicy;
}

const groups = {
  sales: 'Start onboardings and follow their own',
  operator: 'Review, plan waves, resume, see everything',
} as const;

const scopes = {
  read: 'See onboardings and waves',
  write: 'Start onboardings, answer for customers, withdraw',
  operations: 'Decide reviews, plan waves, resume',
} as const;

/** The accounts of staff and API clients. Customers have no account: they use their personal link. */
export class StaffUserPool extends Construct {
  readonly userPool: UserPool;
  readonly webClient: UserPoolClient;
  /** Token endpoint for API clients. */
  readonly tokenUrl: string;

  constructor(scope: Construct, id: string, props: StaffUserPoolProps) {
    super(scope, id);
    this.userPool = new UserPool(this, 'People', {
      userPoolName: props.prefix,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
        passwordHistorySize: 10,
      },
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      customAttributes: { team: new StringAttribute({ maxLen: 60, mutable: true }) },
      deletionProtection: props.keepData,
      removalPolicy: props.removalPolicy,
    });
    this.tokenUrl = `https://${props.domainPrefix}.auth.${Stack.of(this).region}.${props.hostedDomain}/oauth2/token`;
    this.userPool.addDomain('Pages', { cognitoDomain: { domainPrefix: props.domainPrefix } });
    for (const [groupName, description] of Object.entries(groups)) {
      new CfnUserPoolGroup(this, `Group-${groupName}`, {
        userPoolId: this.userPool.userPoolId,
        groupName,
        description,
      });
    }
    this.webClient = this.userPool.addClient('Web', {
      userPoolClientName: 'web',
      // PKCE binds the code to the browser, so no secret has to be kept in a function's settings.
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${props.publicUrl}/sign-in/callback`],
        logoutUrls: [`${props.publicUrl}/`],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      // Only administrators may assign people to teams.
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
      preventUserExistenceErrors: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(10),
    });
    this.addMachineClients(props.machineClients);
  }

  private addMachineClients(clients: StaffUserPoolProps['machineClients']): void {
    const offered = new Map(
      Object.entries(scopes).map(([scopeName, scopeDescription]) => [
        scopeName,
        new ResourceServerScope({ scopeName, scopeDescription }),
      ]),
    );
    const server = new UserPoolResourceServer(this, 'Api', {
      userPool: this.userPool,
      identifier: 'onboarding',
      userPoolResourceServerName: 'Onboarding API',
      scopes: [...offered.values()],
    });
    for (const client of clients) {
      this.userPool.addClient(`Machine-${client.name}`, {
        userPoolClientName: client.name,
        generateSecret: true,
        authFlows: {},
        oAuth: {
          flows: { clientCredentials: true },
          scopes: client.scopes.flatMap((name) => {
            const found = offered.get(name);
            return found === undefined ? [] : [OAuthScope.resourceServer(server, found)];
          }),
        },
        accessTokenValidity: Duration.hours(1),
        enableTokenRevocation: true,
      });
    }
  }
}
