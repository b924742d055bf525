/**
 * Replaces the SDK's credential provider chain in bundles. Lambda passes the role's credentials in environment variables;
 * single sign-on, profiles and metadata services would add 37 kB (gzip) to each function, and could lead to credentials
 * other than the role's.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
