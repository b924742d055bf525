import { AwsClient } from 'aws4fetch';
import * as z from 'zod/mini';
import { DocumentUnavailableError, type RenderDocument } from './document-renderer.ts';
import { required } from './environment.ts';

const rendered = z.object({ pdf: z.string() });

/**
 * The function that makes PDFs, called and waited for: an answer may have 6 MB. One signed request, because the client of
 * the SDK would add 8 kB to every cold start, this one of another page too.
 */
export function rendererFromEnvironment(): RenderDocument {
  const client = new AwsClient({
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: required('AWS_SESSION_TOKEN'),
    region: required('AWS_REGION'),
    service: 'lambda',
    retries: 2,
  });
  const url = required('RENDER_URL');
  return async (reference, submission) => {
    const answer = await client.fetch(url, {
      method: 'POST',
      body: JSON.stringify({ reference, submission }),
    });
    if (!answer.ok || answer.headers.has('x-amz-function-error')) {
      throw new DocumentUnavailableError('The function that makes documents has failed');
    }
    return Buffer.from(z.parse(rendered, await answer.json()).pdf, 'base64');
  };
}
