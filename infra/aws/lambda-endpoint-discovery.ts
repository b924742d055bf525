/**
 * Replaces the SDK's endpoint discovery in bundles. DynamoDB has one endpoint a region, and none of its commands asks for
 * another: the cache of endpoints would add 3 kB (gzip) to each function.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: (): undefined => undefined,
  configFileSelector: (): undefined => undefined,
  default: false,
};

export const resolveEndpointDiscoveryConfig = <Configuration>(input: Configuration): Configuration => input;
