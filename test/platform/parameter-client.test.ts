import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { secretParameter } from '../../functions/platform/parameter-client.ts';

describe('a secret in the parameter store', () => {
  beforeEach(() => {
    for (const [name, value] of Object.entries({
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_SESSION_TOKEN: 'token',
      AWS_REGION: 'eu-west-3',
      PARAMETERS_URL: 'https://ssm.eu-west-3.amazonaws.com/',
    })) {
      vi.stubEnv(name, value);
    }
  });
  afterEach(() => vi.unstubAllEnvs());

  it('is read decrypted, by a signed request, once', async () => {
    const asked: Request[] = [];
    const read = secretParameter('/stage/secret', async (request) => {
      if (request instanceof Request) asked.push(request);
      return Response.json({ Parameter: { Name: '/stage/secret', Value: 'hidden' } });
    });
    expect(await read()).toBe('hidden');
    expect(await read()).toBe('hidden');
    const [request] = asked;
    expect(asked).toHaveLength(1);
    expect(request?.headers.get('X-Amz-Target')).toBe('AmazonSSM.GetParameter');
    expect(request?.headers.get('Authorization')).toContain('/eu-west-3/ssm/aws4_request');
    expect(await request?.json()).toEqual({ Name: '/stage/secret', WithDecryption: true });
  });

  it('is asked for again after a failure, which says nothing of what was answered', async () => {
    const answers = [
      new Response('{"message":"hidden"}', { status: 400 }),
      Response.json({ Parameter: { Value: 'hidden' } }),
    ];
    const read = secretParameter('/stage/secret', async () => answers.shift() ?? new Response());
    await expect(read()).rejects.toThrow(/^The parameter cannot be read$/);
    expect(await read()).toBe('hidden');
  });
});
