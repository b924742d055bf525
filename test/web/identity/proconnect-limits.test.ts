import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppOf } from '../../../functions/web/app-frame.ts';
import { registerIdentity } from '../../../functions/web/identity/pages.ts';
import { registerLinkPart } from '../../../functions/web/parts/link.ts';
import { registerQuestionnairePart } from '../../../functions/web/parts/questionnaire.ts';
import type { ProConnect } from '../../../functions/web/shared/identity/proconnect.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, openBrowser, origin, startTrial, type Trial } from '../../support/trial.ts';

const ministry = '999000375';
const agency = '99900145600012';

let trial: Trial;
let reference: string;
let completed = 0;
/** Everyone comes back from it for another organisation, at once. */
const proConnect: ProConnect = {
  begin: async () => ({
    url: new URL('https://proconnect.example/'),
    attempt: { state: 'state', nonce: 'nonce' },
  }),
  complete: async () => {
    completed += 1;
    return {
      ...{ siret: agency, idp: 'agence', mail: 'ines@agence.example' },
      ...{ secondFactor: true, signOutHint: 'hint' },
    };
  },
  signOutUrl: () => Promise.reject(new Error('no one signs out')),
};

beforeAll(async () => {
  trial = await startTrial();
  reference = await trial.start(ministry);
});
afterAll(() => trial.close());

/** A site of its own, on which someone behind a network address has typed a page and has gone to ProConnect. */
async function atProConnect() {
  const deps = { ...trial.deps, proConnect, customerIdentity: 'link_and_proconnect' } as const;
  const clock = { elapsed: 0 };
  const app = createAppOf(deps, [
    registerLinkPart,
    registerQuestionnairePart,
    (site, given, fetchSite) => registerIdentity(site, { ...given, elapsed: () => clock.elapsed }, fetchSite),
  ]);
  const from = (sourceIp: string): Browser =>
    openBrowser(
      async (url, init) => app.request(url, init, { requestContext: { identity: { sourceIp } } }),
      origin,
    );
  const link = await trial.linkOf(reference);
  const begin = async (browser: Browser) => {
    await browser.post(link);
    const typed = await browser.post('/questionnaire/A4', { A4: 'none' }, '/questionnaire');
    const way = typed.headers.get('location') ?? '';
    const sent = await browser.get(way.replace('/identity', '/identity/proconnect'));
    expect(sent.headers.get('location')).toBe('https://proconnect.example/');
  };
  return { clock, from, begin };
}

const callback = '/identity/proconnect/callback?code=code&state=state';
const organisation = '/identity/proconnect/organisation';

describe('requests of one network address, where ProConnect is asked for', () => {
  it('are five a second to come back: the sixth reaches no provider, and its page stays kept', async () => {
    const { clock, from, begin } = await atProConnect();
    const browser = from('192.0.2.1');
    const before = completed;
    for (let each = 0; each < 5; each += 1) {
      await begin(browser);
      expect((await browser.get(callback)).headers.get('location')).toContain(organisation);
    }
    await begin(browser);
    const refused = await browser.get(callback);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    const page = await refused.text();
    expect([textOf(page), await htmlFaults(page)]).toEqual([expect.stringContaining('de votre réseau'), []]);
    expect(textOf(page)).toContain('est gardé dans notre système jusqu’au');
    expect(page).toContain('href="/identity/proconnect?page=');
    expect(completed - before).toBe(5);

    const elsewhere = from('192.0.2.2');
    await begin(elsewhere);
    expect((await elsewhere.get(callback)).status).toBe(303);
    clock.elapsed += 1_000;
    expect((await browser.get(callback)).headers.get('location')).toContain(organisation);
  });

  it('are five a second to ask the account owner: the sixth asks no one', async () => {
    const { clock, from, begin } = await atProConnect();
    const browser = from('192.0.2.1');
    await begin(browser);
    await browser.get(callback);
    for (let each = 0; each < 4; each += 1) {
      expect((await browser.post(organisation, {}, organisation)).status).toBe(303);
    }
    const asked = async () => (await trial.runtime.store.onboardings.events(reference)).length;
    const before = await asked();
    const refused = await browser.post(organisation, {}, organisation);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    const page = await refused.text();
    expect([textOf(page), await htmlFaults(page)]).toEqual([expect.stringContaining('de votre réseau'), []]);
    expect(await asked()).toBe(before);
    clock.elapsed += 1_000;
    expect((await browser.post(organisation, {}, organisation)).status).toBe(303);
  });
});
