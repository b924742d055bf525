import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../../functions/web/app.ts';
import { cookiesOf } from '../../../functions/web/public/cookies.ts';
import { siteOf } from '../../../functions/web/shared/http/site.ts';
import { sirens } from '../../support/canaries.ts';
import { textOf } from '../../support/page-reader.ts';
import { openBrowser, startTrial, type Trial } from '../../support/trial.ts';

const origin = 'https://onboarding.platform.example';
let trial: Trial;
beforeAll(async () => {
  trial = await startTrial(origin);
});
afterAll(() => trial.close());

interface SetCookie {
  readonly name: string;
  readonly seconds: number | undefined;
}

function parsed(line: string): SetCookie {
  const age = /max-age=(\d+)/i.exec(line)?.[1];
  return { name: line.slice(0, line.indexOf('=')), seconds: age === undefined ? undefined : Number(age) };
}

/** The cookies that the server sets while a customer answers and a member of staff begins to sign in. */
async function cookiesSet(): Promise<readonly SetCookie[]> {
  const attempt = { state: 'state-of-this-attempt', nonce: 'nonce', verifier: 'verifier' };
  const begin = async () => ({ url: new URL('https://identity.example/'), attempt });
  const app = createApp({
    ...trial.deps,
    identity: { ...trial.deps.identity, begin },
    customerIdentity: 'link_and_code',
  });
  const lines: string[] = [];
  const browser = openBrowser(async (url, init) => {
    const answer = await app.request(url, init);
    lines.push(...answer.headers.getSetCookie());
    return answer;
  }, origin);
  const link = await trial.linkOf(await trial.start(sirens[0] ?? ''));
  await browser.get(`${link}?lang=en`);
  await browser.post(link);
  await browser.post('/questionnaire/decline', { reason: 'other' });
  await browser.post('/identity/code', {}, '/identity');
  await trial.runtime.clock.settled();
  const mail = trial.runtime.mailbox.list().findLast(({ subject }) => subject.includes('code'));
  await browser.post('/identity', { code: /^\d{3}\s\d{3}$/m.exec(mail?.text ?? '')?.[0] ?? '' });
  await browser.post('/questionnaire/decline', { reason: 'other' });
  await browser.get('/status');
  for (const { path } of app.routes) await browser.get(path.replace(/[:*].*/, ''));
  await browser.get('/sign-in');
  await browser.post('/sign-out', {}, '/status');
  // A page that comes after its session.
  await browser.post('/questionnaire/A4', { A4: 'none', _for: 'ABCD-EFGH' }, '/');
  return lines.map(parsed);
}

it('the cookie page names every cookie that the server sets, with its lifetime, and no other', async () => {
  const known = cookiesOf(siteOf(origin));
  const matches = (name: string) =>
    known.find((cookie) => (cookie.family === true ? name.startsWith(cookie.name) : name === cookie.name));
  const set = await cookiesSet();
  for (const { name, seconds } of set) {
    expect(matches(name), name).toBeDefined();
    // A lifetime of 0 takes a cookie away.
    if (seconds !== 0) expect(seconds, name).toBe(matches(name)?.seconds);
  }
  const seen = new Set(set.filter(({ seconds }) => seconds !== 0).map(({ name }) => matches(name)?.name));
  // Those of ProConnect are set in its own tests.
  const elsewhere = ['__Host-proconnect-', '__Host-waiting-'];
  expect([...seen, ...elsewhere].toSorted()).toEqual(known.map(({ name }) => name).toSorted());
});

it('the cookie page says the lifetimes in words', async () => {
  const text = textOf(await (await trial.browser().get('/cookies?lang=fr')).text());
  expect(text).toContain('__Host-session');
  expect(text).toContain('Jusqu’à la fermeture du navigateur. Le serveur la clôt après 21 heures');
  expect(text).toContain('au plus tard après 7 jours');
  expect(text).toContain('__Host-lang');
  expect(text).toContain('1 an.');
  expect(text).toContain('1 minute.');
  expect(text).toContain('__Host-sign-in-…');
});
