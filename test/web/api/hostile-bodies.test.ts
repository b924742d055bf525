import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../functions/web/api/routes.ts';
import { startApiUnderTest, tokenFor } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
let reference = '';
beforeAll(async () => {
  api = await startApiUnderTest();
  reference = await api.start();
});
afterAll(() => api.runtime.close());

const withBody = routes.filter(({ body }) => body.schema !== undefined);
const key = { 'idempotency-key': 'hostile' };

function addressOf(path: string): string {
  return path
    .replace('{reference}', reference)
    .replace('{code}', 'DR_PATH')
    .replace('{id}', 'paris-2027-03-09')
    .replace('{approval}', `${reference}-999`);
}

describe('whatever a client sends', () => {
  it.each(withBody)(
    '$id refuses it by name and as described',
    async ({ method, path, operators, body: { example } }) => {
      const allowed = await tokenFor({ ...(operators === undefined ? {} : { operators }) });
      const fields = Object.keys(Object(example));
      // Anything at all; and the right fields with anything in them.
      const bodies = fc.oneof(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...fields, '__proto__', 'constructor', 'a/b', '~'), fc.jsonValue()),
      );
      await fc.assert(
        fc.asyncProperty(bodies, async (body) => {
          const answer = await api.send(method, addressOf(path), {
            token: allowed,
            body: JSON.stringify(body),
            headers: key,
          });
          expect([200, 404, 409, 422]).toContain(answer.status);
        }),
        { numRuns: 25, seed: 20_261_123 },
      );
    },
  );

  it('withstands a body nested as deeply as the size limit allows', async () => {
    const deep = '['.repeat(400_000) + ']'.repeat(400_000);
    for (const body of [deep, `{"reason":${deep}}`]) {
      const answer = await api.send('POST', `/onboardings/${reference}/invitation`, { body });
      expect([400, 422]).toContain(answer.status);
    }
  });
});
