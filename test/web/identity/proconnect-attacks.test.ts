import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeContact } from '../../../functions/application/change-contact.ts';
import { hour } from '../../../functions/domain/time.ts';
import { chooseAt } from '../../infra/local/proconnect/parties.ts';
import { textOf } from '../../support/page-reader.ts';
import { type Browser, startTrialServer } from '../../support/trial.ts';

let server: Awaited<ReturnType<typeof startTrialServer>>;
beforeAll(async () => {
  server = await startTrialServer('link_and_proconnect');
});
afterAll(() => server.close());

const sirens = ['999000375', '999000102', '999000912', '999001720', '999002538', '999003072', '999003346'];
const ownPerson = 'claire';
const operator = { kind: 'operator', id: 'op' } as const;

async function opened(browser: Browser = server.browser()) {
  const siren = sirens.shift() ?? '';
  // One head for all of them: whoever signs in for it may answer for each.
  const reference = await server.start(siren, 'state', siren === '999000375' ? undefined : '999000375');
  const link = await server.linkOf(reference);
  await browser.post(link);
  return { reference, browser, link };
}

/** Begins a sign-in with a page that waits, and comes as far as the way back. */
async function onTheWay(browser: Browser, person = ownPerson) {
  const answer = await browser.post('/questionnaire/A4', { A4: 'none' }, '/questionnaire');
  const way = answer.headers.get('location') ?? '';
  const start = await browser.get(way.replace('/identity', '/identity/proconnect'));
  const authorization = new URL(start.headers.get('location') ?? '');
  return { way, callback: await chooseAt(browser, authorization, person) };
}

async function verified(reference: string): Promise<number> {
  const events = await server.runtime.store.onboardings.events(reference);
  return events.filter(({ type }) => type === 'CUSTOMER_VERIFIED').length;
}
const savedOf = async (reference: string) =>
  (await server.runtime.store.dossiers.draft(reference))?.saved.get('A4')?.value;
const failed = /^\/identity\/proconnect\/failure\/failed/;
const leadsTo = async (browser: Browser, address: URL) =>
  (await browser.get(address.href)).headers.get('location');

describe('a way back from ProConnect that is not the one that was begun', () => {
  let one: Awaited<ReturnType<typeof opened>>;
  beforeAll(async () => {
    one = await opened();
  });

  const altered: Readonly<Record<string, (callback: URL) => void>> = {
    'names another issuer': ({ searchParams }) => searchParams.set('iss', 'https://evil.example'),
    'has another state': ({ searchParams }) => searchParams.set('state', 'x'.repeat(43)),
    'has no state': ({ searchParams }) => searchParams.delete('state'),
    'has two states': ({ searchParams }) => searchParams.append('state', 'x'.repeat(43)),
    'has two codes': ({ searchParams }) => searchParams.append('code', 'x'.repeat(43)),
    'has no code': ({ searchParams }) => searchParams.delete('code'),
    'has a code of no one': ({ searchParams }) => searchParams.set('code', 'x'.repeat(43)),
    'brings an ID token of its own': ({ searchParams }) => searchParams.set('id_token', 'x.y.z'),
    'brings an answer as a token': ({ searchParams }) => searchParams.set('response', 'x.y.z'),
  };
  it.each(Object.keys(altered))('proves nothing when it %s', async (name) => {
    const { callback } = await onTheWay(one.browser);
    altered[name]?.(callback);
    expect(await leadsTo(one.browser, callback)).toMatch(failed);
    expect([await verified(one.reference), await savedOf(one.reference)]).toEqual([0, undefined]);
  });

  it('proves nothing with the code of someone else, who was led through ProConnect by their own sign-in', async () => {
    const victim = server.browser();
    await victim.post(one.link);
    const code = (await onTheWay(victim)).callback.searchParams.get('code') ?? '';
    const { callback } = await onTheWay(one.browser, 'paul');
    callback.searchParams.set('code', code);
    expect(await leadsTo(one.browser, callback)).toMatch(failed);
    expect(await verified(one.reference)).toBe(0);
  });

  it('proves nothing in the browser of someone who was led to an address begun by another', async () => {
    const { callback } = await onTheWay(one.browser);
    const victim = server.browser();
    await victim.post(one.link);
    expect(await leadsTo(victim, callback)).toMatch(failed);
    expect(await verified(one.reference)).toBe(0);
  });

  it('shows nothing of what it says itself', async () => {
    const { callback } = await onTheWay(one.browser);
    const { searchParams } = callback;
    searchParams.delete('code');
    searchParams.set('error', 'access_denied');
    searchParams.set('error_description', '<script>canaryword</script>');
    const to = (await leadsTo(one.browser, callback)) ?? '';
    expect(to).toMatch(/^\/identity\/proconnect\/failure\/cancelled/);
    expect(to + (await (await one.browser.get(to)).text())).not.toContain('canaryword');
    expect(server.log.join('')).not.toContain('canaryword');
  });

  it('comes too late after an hour, and what was typed then is no longer said to be kept', async () => {
    const { callback } = await onTheWay(one.browser);
    await server.runtime.clock.jumpTo(new Date(server.runtime.clock.now().getTime() + hour));
    const to = (await leadsTo(one.browser, callback)) ?? '';
    expect(to).toMatch(failed);
    expect(textOf(await (await one.browser.get(to)).text())).not.toContain('est gardé dans notre système');
    expect(await verified(one.reference)).toBe(0);
  });
});

describe('the way back', () => {
  it('is neither kept nor passed on, and is taken once: not again, nor with the cookie of before', async () => {
    const { reference, browser } = await opened();
    const { callback } = await onTheWay(browser);
    const attempt = browser.cookies.get('proconnect-attempt') ?? '';
    const answer = await browser.get(callback.href);
    expect(answer.headers.get('location')).toBe('/questionnaire/A5');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(browser.cookies.has('proconnect-attempt')).toBe(false);
    await browser.get(callback.href);
    browser.cookies.set('proconnect-attempt', attempt);
    expect(await leadsTo(browser, callback)).toMatch(failed);
    expect(await verified(reference)).toBe(1);
  });

  it('of the first of two tabs fails without a loss, and that of the second saves the pages of both', async () => {
    const { reference, browser } = await opened();
    const first = await onTheWay(browser);
    const second = await onTheWay(browser);
    const to = (await leadsTo(browser, first.callback)) ?? '';
    expect(to).toMatch(failed);
    expect(textOf(await (await browser.get(to)).text())).toContain('est gardé dans notre système');
    expect(await leadsTo(browser, second.callback)).toBe('/questionnaire/A5');
    expect([await savedOf(reference), await verified(reference)]).toEqual(['none', 1]);
    // The page of the first tab, opened again, knows that it was saved.
    expect(textOf(await (await browser.get(first.way)).text())).toContain('Vous avez confirmé qui vous êtes');
  });

  it('of one onboarding verifies no one for another one that was opened in the same browser meanwhile', async () => {
    const { reference, browser, link } = await opened();
    const { callback } = await onTheWay(browser);
    const other = await opened(browser);
    expect(await leadsTo(browser, callback)).toMatch(failed);
    expect([await verified(reference), await verified(other.reference)]).toEqual([0, 0]);
    // Back with the first link, the sign-in is begun anew: that session is over.
    await browser.post(link);
    expect(await leadsTo(browser, callback)).toMatch(failed);
    const again = await onTheWay(browser);
    expect(await leadsTo(browser, again.callback)).toBe('/questionnaire/A5');
    expect([await verified(reference), await verified(other.reference)]).toEqual([1, 0]);
  });

  it('of a link that was replaced meanwhile opens nothing', async () => {
    const { reference, browser } = await opened();
    const { callback } = await onTheWay(browser);
    await changeContact(server.runtime, reference, { contactName: 'Ana Autre' }, operator);
    expect((await browser.get(callback.href)).status).toBe(401);
    expect(await verified(reference)).toBe(0);
  });

  it('leads to pages of the customer’s side only, whatever the address asked for', async () => {
    const { browser } = await opened();
    for (const to of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example',
      '/questionnaire//evil.example',
      '/questionnaire/../../operations',
      '/questionnaire/%2e%2e/operations',
      '/status/answers?x=//evil.example',
      'javascript:alert(1)',
    ]) {
      const start = await browser.get(`/identity/proconnect?to=${encodeURIComponent(to)}`);
      const callback = await chooseAt(browser, new URL(start.headers.get('location') ?? ''), ownPerson);
      expect(await leadsTo(browser, callback), to).toBe('/questionnaire');
      browser.cookies.delete([...browser.cookies.keys()].find((name) => name.startsWith('device-')) ?? '');
    }
  });
});
