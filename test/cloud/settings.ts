import { inject } from 'vitest';

// The suites of other rooms read their DynamoDB from here; the ordinary clients read all the rest.
const { endpoint, settings } = inject('cloud');
Object.assign(process.env, settings, { AWS_ENDPOINT_URL_DYNAMODB: endpoint });
