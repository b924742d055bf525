import { describe, expect, it } from 'vitest';
import { siteOf } from '../../functions/web/shared/http/site.ts';

describe('the public URL', () => {
  it.each([
    ['https://onboarding.example/web', '__Host-session', true, '/web/status'],
    ['https://onboarding.example', '__Host-session', true, '/status'],
    ['http://127.0.0.1:3000', 'session', false, '/status'],
    ['http://localhost:3000/', 'session', false, '/status'],
  ])('%s gives the cookie %s (Secure: %s) and addresses such as %s', (url, name, secure, address) => {
    const site = siteOf(url);
    expect(site.cookie.name('session')).toBe(name);
    expect(site.cookie.options).toEqual({ path: '/', httpOnly: true, sameSite: 'Lax', secure });
    expect(site.href('/status')).toBe(address);
    expect(site.url('/status')).toBe(`${new URL(url).origin}${address}`);
  });

  it.each(['http://onboarding.example', 'ftp://127.0.0.1', 'onboarding', 'https://x.example/?a=1'])(
    '%s is refused',
    (url) => {
      expect(() => siteOf(url)).toThrow(/public URL/);
    },
  );
});
