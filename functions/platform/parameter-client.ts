import { AwsClient } from 'aws4fetch';
import * as z from 'zod/mini';
import { required } from './environment.ts';
import { once } from './on-demand.ts';

const answer = z.object({ Parameter: z.object({ Value: z.string().check(z.minLength(1)) }) });

/** A secret of the stage cannot be read. */
export class SecretUnavailableError extends Error {
  override readonly name = 'SecretUnavailableError';
}

/**
 * A secret in the parameter store of Systems Manager, read once an instance. One signed request, because the client of
 * the SDK would be larger than all that is done with it.
 *
 * @throws SecretUnavailableError; the next call tries again.
 */
export function secretParameter(name: string, fetch = globalThis.fetch): () => Promise<string> {
  return once(async () => {
    const client = new AwsClient({
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      sessionToken: required('AWS_SESSION_TOKEN'),
      region: required('AWS_REGION'),
      service: 'ssm',
    });
    const request = await client.sign(required('PARAMETERS_URL'), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': 'AmazonSSM.GetParameter',
      },
      body: JSON.stringify({ Name: name, WithDecryption: true }),
    });
    const response = await fetch(request, { signal: AbortSignal.timeout(3_000) });
    // Neither the value nor what the service says is for the log.
    if (!response.ok) throw new SecretUnavailableError('The parameter cannot be read');
    return z.parse(answer, await response.json()).Parameter.Value;
  });
}
