import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { staffFromClaims } from '../../functions/web/shared/identity/staff-from-claims.ts';
import type { Browser } from '../support/trial.ts';
import { startTrialServer } from '../support/trial.ts';

const tokenAnswer = z.object({ access_token: z.string(), scope: z.string() });

describe('claims', () => {
  it('of Cognito and of other providers give the same person', () => {
    const person = { sub: 'u1', email: 'Ada@Platform.example', name: 'Ada' };
    const known = { kind: 'staff', subject: 'u1', name: 'Ada', mail: 'ada@platform.example', team: 'state' };
    expect(staffFromClaims({ ...person, 'cognito:groups': ['sales'], 'custom:team': 'state' })).toEqual({
      ...known,
      roles: ['sales'],
    });
    expect(staffFromClaims({ ...person, roles: ['admin', 'operator'], team: 'state' })).toEqual({
      ...known,
      roles: ['operator'],
    });
  });

  it('without roles give none, and without a mail address no person', () => {
    expect(staffFromClaims({ sub: 'u1', email: 'a@b.example' }).roles).toEqual([]);
    expect(() => staffFromClaims({ sub: 'u1', roles: ['operator'] })).toThrow();
  });
});

describe('signing in at the identity provider', () => {
  let trial: Awaited<ReturnType<typeof startTrialServer>>;
  beforeAll(async () => {
    trial = await startTrialServer();
  });
  afterAll(() => trial.close());

  /** Follows redirects to the first page; gives it and where it is. */
  async function follow(browser: Browser, first: Response, from: string) {
    let answer = first;
    let at = new URL(from, trial.origin).href;
    for (let next = answer.headers.get('location'); next !== null; next = answer.headers.get('location')) {
      at = new URL(next, at).href;
      expect(new URL(at).origin).toBe(trial.origin);
      answer = await browser.get(at);
    }
    return { answer, at: new URL(at) };
  }

  async function signIn(browser: Browser, path: string, account: string) {
    const choice = await follow(browser, await browser.get(path), path);
    expect(await choice.answer.text()).toContain('Camille Moreau');
    const chosen = await browser.post(choice.at.pathname, { account });
    return follow(browser, chosen, choice.at.pathname);
  }

  it('leads sales back to the page they wanted, with their own role only', async () => {
    const browser = trial.browser();
    const { answer, at } = await signIn(browser, '/sales', 'camille');
    expect([answer.status, at.pathname]).toEqual([200, '/sales']);
    expect(await answer.text()).toContain('Camille Moreau');
    expect((await browser.get('/operations')).status).toBe(403);
  });

  it('leads operators to theirs, and out again', async () => {
    const browser = trial.browser();
    const { answer, at } = await signIn(browser, '/sign-in', 'farida');
    expect([answer.status, at.pathname]).toEqual([200, '/operations']);
    const operators = await trial.runtime.store.staff.operators(trial.runtime.clock.now());
    expect(operators.map(({ subject, roles }) => [subject, roles])).toEqual([['farida', ['operator']]]);
    for (const { name, mail } of operators) {
      expect([trial.log.join().includes(name), trial.log.join().includes(mail)]).toEqual([false, false]);
    }
    const out = await browser.post('/sign-out', {}, '/operations');
    const page = await (await browser.get(out.headers.get('location') ?? '')).text();
    const end = /class="button" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(new URL(end).pathname).toBe('/idp/session/end');
    expect((await browser.get(end)).status).toBe(200);
    expect((await browser.get('/operations')).status).toBe(303);
  });

  it('asks again when nobody was chosen', async () => {
    const browser = trial.browser();
    const choice = await follow(browser, await browser.get('/sign-in'), '/sign-in');
    const refused = await browser.post(choice.at.pathname, { account: 'nobody' });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('<title>Erreur\u202f: ');
    expect(page).toContain('href="#field-account"');
  });

  it('fails without a session for a callback that was not asked for, twice used or of another browser', async () => {
    const stranger = trial.browser();
    expect((await stranger.get('/sign-in/callback?code=x&state=y')).status).toBe(401);
    await stranger.get('/sign-in');
    const forged = await stranger.get('/sign-in/callback?code=x&state=y');
    expect(forged.status).toBe(401);
    expect(stranger.cookies.has('session')).toBe(false);
    expect(trial.log.join('')).toContain('sign_in_failed');
  });

  /** Goes to the identity provider, as a tab does. */
  async function begin(browser: Browser, path: string) {
    const choice = await follow(browser, await browser.get(path), path);
    return choice.at.pathname;
  }
  const choose = async (browser: Browser, choice: string, account = 'farida') =>
    follow(browser, await browser.post(choice, { account }), choice);

  it.each(['first', 'second'])('works in two tabs, the %s coming back first', async (order) => {
    const browser = trial.browser();
    const tabs = [
      {
        to: '/operations?stage=INVITED',
        choice: await begin(browser, '/sign-in?to=%2Foperations%3Fstage%3DINVITED'),
      },
      { to: '/waves', choice: await begin(browser, '/sign-in?to=%2Fwaves') },
    ];
    for (const { to, choice } of order === 'first' ? tabs : tabs.toReversed()) {
      const { answer, at } = await choose(browser, choice);
      expect([answer.status, at.pathname + at.search]).toEqual([200, to]);
    }
  });

  it('leaves the forms of the first tab valid when the second has come back', async () => {
    const browser = trial.browser();
    const [one, other] = [await begin(browser, '/sign-in'), await begin(browser, '/sign-in')];
    await choose(browser, one);
    const secret = browser.cookies.get('session');
    await choose(browser, other);
    expect(browser.cookies.get('session')).toBe(secret);
  });

  it('opens another session for a person with other rights', async () => {
    const browser = trial.browser();
    const before = 'a session of before';
    const known = { kind: 'staff', subject: 'farida', name: 'Farida Benali', roles: ['sales'] } as const;
    await trial.runtime.store.sessions.open(
      before,
      { ...known, roles: [...known.roles], mail: 'farida@platform.example' },
      trial.runtime.clock.now(),
    );
    browser.cookies.set('session', before);
    const { answer } = await choose(browser, await begin(browser, '/sign-in'));
    expect(browser.cookies.get('session')).not.toBe(before);
    expect(await answer.text()).toContain('Farida Benali');
  });

  it('leads on when the way back is opened again while signed in', async () => {
    const browser = trial.browser();
    await signIn(browser, '/waves', 'farida');
    const again = await follow(browser, await browser.get('/sign-in/callback?code=x&state=y'), '/');
    expect([again.answer.status, again.at.pathname]).toEqual([200, '/operations']);
  });

  it('keeps the page asked for when it fails, and no more than five attempts', async () => {
    const browser = trial.browser();
    for (let tab = 0; tab < 7; tab += 1) await begin(browser, '/sign-in');
    const start = await browser.get('/sign-in?to=%2Fwaves%3Fsite%3Dparis');
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('sign-in-'))).toHaveLength(5);
    const failed = await browser.get(`/sign-in/callback?error=access_denied&state=${state}`);
    expect(failed.status).toBe(401);
    expect(await failed.text()).toContain('href="/sign-in?to=%2Fwaves%3Fsite%3Dparis"');
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', '/a\\b'])(
    'never leads on to %s',
    async (to) => {
      const browser = trial.browser();
      const { at } = await signIn(browser, `/sign-in?to=${encodeURIComponent(to)}`, 'gael');
      expect(at.href).toBe(`${trial.origin}/operations`);
    },
  );

  /** The access token of a person, as a program of theirs gets it: the code goes to the page's own address. */
  async function ownToken(account: string): Promise<string> {
    const browser = trial.browser();
    const verifier = 'v'.repeat(43);
    const asked = new URLSearchParams({
      client_id: 'onboarding-web',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${trial.origin}/sign-in/callback`,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const begun = await browser.get(`/idp/auth?${asked}`);
    const choice = begun.headers.get('location') ?? '';
    const chosen = await browser.post(choice, { account });
    const back = await browser.get(chosen.headers.get('location') ?? '');
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const answer = await fetch(`${trial.origin}/idp/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'onboarding-web',
        code,
        redirect_uri: `${trial.origin}/sign-in/callback`,
        code_verifier: verifier,
      }),
    });
    return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
  }

  it('gives operators a token of their own, with which they may approve and nothing else', async () => {
    const ask = async (account: string, method: string, path: string) => {
      const headers = {
        Authorization: `Bearer ${await ownToken(account)}`,
        'Content-Type': 'application/json',
      };
      const body = JSON.stringify({ decision: 'approve', reason: 'x' });
      const sent = { method, headers, ...(method === 'GET' ? {} : { body }) };
      return (await fetch(`${trial.origin}/api${path}`, sent)).status;
    };
    expect(await ask('farida', 'GET', '/approvals')).toBe(200);
    expect(await ask('farida', 'POST', '/approvals/K7F4-M3XJ-2')).toBe(404);
    expect(await ask('farida', 'GET', '/onboardings?stage=INVITED')).toBe(401);
    expect(await ask('camille', 'GET', '/approvals')).toBe(403);
    expect(await ask('camille', 'POST', '/approvals/K7F4-M3XJ-2')).toBe(403);
  });

  it('gives machine clients tokens that the API takes, with the scopes they asked for', async () => {
    const answer = await fetch(`${trial.origin}/idp/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'onboarding/read other' }),
      headers: { Authorization: `Basic ${Buffer.from('demo-crm:demo-secret').toString('base64')}` },
    });
    const token = tokenAnswer.parse(await answer.json());
    expect(token.scope).toBe('onboarding/read');
    const headers = { Authorization: `Bearer ${token.access_token}` };
    expect((await fetch(`${trial.origin}/api/onboardings?stage=INVITED`, { headers })).status).toBe(200);
    expect((await fetch(`${trial.origin}/api/onboardings?stage=INVITED`)).status).toBe(401);
  });
});
