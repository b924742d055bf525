import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleTrustRecord } from '../../../functions/domain/trust/sample-trust-record.ts';
import { startApiUnderTest } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

function ask(headers: Readonly<Record<string, string>> = {}) {
  return api.send('GET', '/trust-record', { token: null, headers });
}

describe('the trust record of the API', () => {
  it('is read without a token, in the language of the client', async () => {
    const english = await ask();
    expect(english.status).toBe(200);
    expect(english.body).toMatchObject({
      version: sampleTrustRecord.version,
      platform: 'Nuage de confiance',
      framework: { version: '1.2.1', weakest: 'SEAL-0' },
    });
    expect(JSON.stringify(english.body)).toContain('European seat');
    const french = await ask({ 'accept-language': 'fr' });
    expect(JSON.stringify(french.body)).toContain('Siège européen');
    expect(french.headers.get('vary')).toContain('Accept-Language');
  });

  it('says what is not claimed, milestone by milestone', async () => {
    const { body } = await ask();
    expect(body).toMatchObject({
      services: expect.arrayContaining([
        expect.objectContaining({
          code: 'azure_iaas',
          secNumCloud: [
            expect.objectContaining({ code: 'J0', status: 'claimed' }),
            ...['J1', 'J2', 'J3'].map((code) => ({
              code,
              status: 'not_claimed',
              evidence: [],
              validUntil: null,
            })),
          ],
        }),
      ]),
    });
  });

  it('may be kept for five minutes, and is not sent again to a client that has it', async () => {
    const first = await ask();
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{32}"$/);
    const response = await api.app.request('/api/trust-record', {
      headers: { 'if-none-match': `"other", W/${etag}`, 'accept-language': 'en' },
    });
    expect([response.status, await response.text()]).toEqual([304, '']);
    expect(response.headers.get('etag')).toBe(etag);
    // The French record is another representation.
    expect((await ask({ 'if-none-match': etag, 'accept-language': 'fr' })).status).toBe(200);
  });

  it('is the only answer that may be kept', async () => {
    expect((await api.send('GET', '/waves')).headers.get('cache-control')).toBe('no-store');
    expect((await api.send('GET', '/openapi.json', { token: null })).headers.get('cache-control')).toBe(
      'no-store',
    );
  });
});
