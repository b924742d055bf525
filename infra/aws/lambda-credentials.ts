/**
 * Takes the place of the SDK's chain of credentials in bundles. Lambda hands a function its role by environment
 * variables; single sign-on, profiles and metadata services would weigh 37 kB of gzip in each function, and are ways to
 * other credentials than the role's.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
