import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assets } from '../../functions/web/shared/layout/stylesheet.ts';
import { sirens } from '../support/canaries.ts';
import { fieldsOf } from '../support/page-reader.ts';
import { origin, startTrial, type Trial } from '../support/trial.ts';
import { openLink } from '../support/visitor.ts';

const expected = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

/** Assets are named after their content; of the rest only the trust record, which is public, may be kept. */
function keptFor(address: string): string {
  if (address.startsWith('/assets/')) return 'public, max-age=31536000, immutable';
  return address === '/api/trust-record' ? 'public, max-age=300' : 'no-store';
}

describe('headers', () => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await startTrial();
  });
  afterAll(() => trial.close());

  it('stand on the answers of every route that is registered', async () => {
    const routes = trial.app.routes.filter(({ path }) => !path.includes('*'));
    expect(routes.length).toBeGreaterThan(15);
    const staff = await trial.staff({ roles: ['sales', 'operator'], team: 'state' });
    for (const { method, path } of routes) {
      const address = path.replaceAll(/:\w+/g, 'x');
      const answer = await staff.send(address, { method: method === 'ALL' ? 'GET' : method });
      const where = `${method} ${path}`;
      for (const [name, value] of Object.entries(expected))
        expect(answer.headers.get(name), where).toBe(value);
      const csp = answer.headers.get('content-security-policy') ?? '';
      for (const part of [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
      ]) {
        expect(csp, where).toContain(part);
      }
      expect(csp, where).not.toContain('unsafe');
      expect(answer.headers.get('permissions-policy'), where).toContain('camera=()');
      expect(answer.headers.get('cache-control'), where).toBe(keptFor(address));
    }
  });

  it('stand on answers to unknown addresses and refused forms too', async () => {
    const unknown = await trial.browser().get('/nothing-here');
    const refused = await trial.browser().send('/sign-out', { method: 'POST', body: 'x' });
    for (const answer of [unknown, refused]) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      for (const [name, value] of Object.entries(expected)) expect(answer.headers.get(name)).toBe(value);
    }
  });

  it('announce https for the years to come only where pages are published over https', async () => {
    expect((await trial.browser().get('/')).headers.get('strict-transport-security')).toBeNull();
    const secure = await startTrial('https://onboarding.platform.example/web');
    const answer = await secure.app.request('https://onboarding.platform.example/');
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
    expect(await answer.text()).toContain(`href="/web${assets.stylesheet.path}"`);
    await secure.close();
  });

  it('let no script run but our one file, which weighs at most 1.5 kB on the wire', async () => {
    const answer = await trial.app.request(`${origin}${assets.retry.path}`);
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(gzipSync(await answer.text()).length).toBeLessThanOrEqual(1_500);
    const csp = answer.headers.get('content-security-policy') ?? '';
    expect(csp).toContain("script-src 'self'");
    expect(csp).toContain("connect-src 'self'");
  });

  it('tell the script where a saved page leads, in place of a redirect that it could not read', async () => {
    const visitor = await openLink(trial, await trial.start(sirens[0] ?? ''));
    const page = await visitor.page('/questionnaire/A4');
    expect(page).toContain(`<script src="${assets.retry.path}" defer></script>`);
    const body = new URLSearchParams([...fieldsOf(page), ['A4', 'none']]);
    const headers = { Origin: origin, 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Dest': 'empty' };
    const proof = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    body.set('_csrf', proof);
    const answer = await visitor.browser.send('/questionnaire/A4', { method: 'POST', body, headers });
    expect([answer.status, answer.headers.get('Location')]).toEqual([204, '/questionnaire/A5']);
    headers['Sec-Fetch-Dest'] = 'document';
    const sent = await visitor.browser.send('/questionnaire/A4', { method: 'POST', body, headers });
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, '/questionnaire/A5']);
  });

  it('let the stylesheet weigh at most 7 kB on the wire', async () => {
    const answer = await trial.app.request(`${origin}${assets.stylesheet.path}`);
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(gzipSync(await answer.text()).length).toBeLessThanOrEqual(7_000);
  });
});
