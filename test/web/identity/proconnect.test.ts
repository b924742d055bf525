import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, hour } from '../../../functions/domain/time.ts';
import { createApp } from '../../../functions/web/app.ts';
import { createAppOnDemand } from '../../../functions/web/app-on-demand.ts';
import { cookiesOf } from '../../../functions/web/public/cookies.ts';
import { type ProConnect, ProConnectFailedError } from '../../../functions/web/shared/identity/proconnect.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { openMember } from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type Browser, openBrowser, openTrial, origin, startTrialServer } from '../../support/trial.ts';
import { fieldsFor } from '../../support/visitor.ts';

type Server = Awaited<ReturnType<typeof startTrialServer>>;

const written: string[] = [];
let server: Server;
/** A system of its own for the tests of one group: organisations that the registry knows are few. */
function useServer(): void {
  beforeAll(async () => {
    const onWrite = (writes: unknown) => void written.push(JSON.stringify(writes));
    server = await startTrialServer('link_and_proconnect', { onWrite });
  });
  afterAll(() => server.close());
}

const nis2 = Object.fromEntries(fieldsFor('A5', plainAnswers));
const ministry = '999000375';
const agency = '999001456';

const draftOf = (reference: string) => server.runtime.store.dossiers.draft(reference);
const eventsOf = async (reference: string) => server.runtime.store.onboardings.events(reference);
const typesOf = async (reference: string) => (await eventsOf(reference)).map(({ type }) => type);
const savedOf = async (reference: string, id: 'A4' | 'A5' = 'A4') =>
  (await draftOf(reference))?.saved.get(id)?.value;
const later = (milliseconds: number) =>
  server.runtime.clock.jumpTo(new Date(server.runtime.clock.now().getTime() + milliseconds));
const mailsAbout = async (reference: string, subject: string) => {
  await server.runtime.clock.settled();
  return server.runtime.mailbox
    .list()
    .filter((mail) => mail.subject.includes(subject) && mail.subject.includes(reference));
};

async function opened(siren = ministry, parentSiren?: string) {
  const reference = await server.start(siren, 'state', parentSiren);
  const link = await server.linkOf(reference);
  const browser = server.browser();
  await browser.post(link);
  return { reference, link, browser };
}

/** Types an answer; gives where it leads. */
async function typed(
  browser: Browser,
  path = '/questionnaire/A4',
  fields: Record<string, string> = { A4: 'none' },
) {
  const answer = await browser.post(path, fields, '/questionnaire');
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

const isAtProConnect = (path: string) => path.startsWith('/proconnect/');

/** Follows the browser to ProConnect, chooses a person there, and comes back: the address of the callback. */
async function throughProConnect(browser: Browser, start: string, person: string): Promise<string> {
  let at = new URL(start, server.origin);
  for (let hops = 0; hops < 8; hops += 1) {
    const isChoice = at.pathname.startsWith('/proconnect/interaction/');
    const answer = isChoice
      ? await browser.post(at.pathname, { account: person })
      : await browser.get(at.href);
    expect([302, 303], at.href).toContain(answer.status);
    at = new URL(answer.headers.get('location') ?? '', at);
    if (!isAtProConnect(at.pathname) && hops > 0) return at.pathname + at.search;
  }
  throw new Error('ProConnect leads nowhere');
}

/** Where a way back that proves nothing leads. */
async function failureAfter(browser: Browser, callback: string): Promise<Response> {
  const answer = await browser.get(callback);
  expect(answer.headers.get('location')).toMatch(/^\/identity\/proconnect\/failure\/\w+/);
  return browser.get(answer.headers.get('location') ?? '');
}

const startOf = (way: string) => way.replace('/identity', '/identity/proconnect');

async function signIn(browser: Browser, way: string, person: string): Promise<Response> {
  return browser.get(await throughProConnect(browser, startOf(way), person));
}

/** Signs in for another organisation; gives where it leads. */
async function presentForeign(browser: Browser, way: string, person = 'ines'): Promise<string> {
  const answer = await signIn(browser, way, person);
  expect(answer.status).toBe(303);
  const foreign = answer.headers.get('location') ?? '';
  expect(foreign).toBe(way.replace('/identity', '/identity/proconnect/organisation'));
  return foreign;
}

const foreignPath = '/identity/proconnect/organisation';

async function askOwner(browser: Browser, foreign: string): Promise<Response> {
  const page = new URL(foreign, server.origin).searchParams.get('page') ?? '';
  return browser.post(foreignPath, { page }, foreign);
}

const ownReason = 'Agence du ministère, vérifié par téléphone.';

async function decide(reference: string, fields: Record<string, string>): Promise<Response> {
  const sales = await server.staff({ roles: ['sales'], team: 'state' });
  return sales.post(`/sales/${reference}/organisation`, fields);
}
const accept = (reference: string, siren: string, reason = ownReason) =>
  decide(reference, { siren, decision: 'accept', reason });

describe('the first save on a device of a public body', () => {
  useServer();

  it('is kept, asks for ProConnect, and is saved once someone of the organisation has signed in', async () => {
    const { reference, browser } = await opened();
    const way = await typed(browser);
    expect(way).toMatch(/^\/identity\?page=[\w-]{22}$/);
    expect(await draftOf(reference)).toBeUndefined();
    const page = await (await browser.get(way)).text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(page).toContain(`href="${startOf(way)}"`);
    expect(textOf(page)).toContain('est gardé dans notre système jusqu’au');
    expect(page).not.toContain('six chiffres');
    const answer = await signIn(browser, way, 'claire');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/questionnaire/A5']);
    expect(await savedOf(reference)).toBe('none');
    expect(await typed(browser)).toBe('/questionnaire/A5');
  });

  it('leaves an event with codes only, which sales and operators see as verified by ProConnect', async () => {
    const { reference, browser } = await opened('999000102');
    await signIn(browser, await typed(browser), 'hugo');
    const verified = (await eventsOf(reference)).find(({ type }) => type === 'CUSTOMER_VERIFIED');
    expect(verified).toMatchObject({
      actor: { kind: 'customer', id: reference },
      data: {
        by: 'proconnect',
        siren: '999000102',
        idp: '71144ab3-ee1a-4401-b7b3-79b44f7daeeb',
        secondFactor: true,
        sameAddress: false,
      },
    });
    const sales = await server.staff({ roles: ['sales'], team: 'state' });
    expect(await (await sales.get(`/sales/${reference}`)).text()).toContain('Vérifié par ProConnect');
    const operator = await server.staff({ roles: ['operator'] });
    const seen = textOf(await (await operator.get(`/operations/${reference}`)).text());
    expect(seen).toContain('Vérifié par ProConnect 23 novembre 2026');
  });

  it('takes no code in the place of ProConnect', async () => {
    const { browser, reference } = await opened('999000912');
    const way = await typed(browser);
    for (const path of ['/identity', '/identity/code']) {
      const answer = await browser.post(path, { code: '123456' }, '/questionnaire');
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/identity']);
    }
    expect(await typesOf(reference)).not.toContain('IDENTITY_CODE_SENT');
    expect((await browser.get(way)).status).toBe(200);
  });

  it('asks companies, and integrators, for the mailed code', async () => {
    const { reference } = await opened('999001183');
    const { browser } = await openMember(server, reference, 'integrator');
    const way = await typed(browser, '/questionnaire/D1', { D1: '1' });
    expect(await (await browser.get(way)).text()).toContain('action="/identity/code"');
    expect((await browser.get('/identity/proconnect')).headers.get('location')).toBe('/identity');
  });

  it('is asked of a person whom the contact has named, under their own id', async () => {
    const { reference } = await opened('999004690');
    const { browser, person } = await openMember(server, reference, 'ciso');
    const way = await typed(browser, '/questionnaire/B3', { B3: 'no' });
    await signIn(browser, way, 'paul');
    const verified = (await eventsOf(reference)).find(({ type }) => type === 'CUSTOMER_VERIFIED');
    expect(verified?.data).toMatchObject({ by: 'proconnect', person: person.id, secondFactor: false });
  });
});

describe('what comes back from ProConnect', () => {
  useServer();

  async function waiting(siren = ministry) {
    const all = await opened(siren);
    const way = await typed(all.browser);
    return { ...all, way };
  }
  const isSaved = async (reference: string) => (await draftOf(reference)) !== undefined;

  it('is refused with another state, and nothing is lost', async () => {
    const { reference, browser, way } = await waiting();
    const callback = new URL(await throughProConnect(browser, startOf(way), 'claire'), server.origin);
    callback.searchParams.set('state', 'x'.repeat(43));
    const refused = await failureAfter(browser, callback.href);
    expect(refused.status).toBe(401);
    const page = await refused.text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toContain('est gardé dans notre système jusqu’au');
    expect(page).toContain(`href="${startOf(way)}"`);
    expect(await isSaved(reference)).toBe(false);
    await signIn(browser, way, 'claire');
    expect(await isSaved(reference)).toBe(true);
  });

  it('is refused in another browser, and in another session', async () => {
    const { browser, way, link } = await waiting('999000102');
    const callback = await throughProConnect(browser, startOf(way), 'hugo');
    const other = server.browser();
    await other.post(link);
    expect((await failureAfter(other, callback)).status).toBe(401);
    other.cookies.set('proconnect-attempt', browser.cookies.get('proconnect-attempt') ?? '');
    expect((await failureAfter(other, callback)).status).toBe(401);
    await browser.post(link);
    expect((await failureAfter(browser, callback)).status).toBe(401);
  });

  it('is refused with an attempt that someone has altered', async () => {
    const { browser, way } = await waiting('999000912');
    const callback = await throughProConnect(browser, startOf(way), 'claire');
    const cookie = browser.cookies.get('proconnect-attempt') ?? '';
    const [content = '', signature = ''] = cookie.split('.');
    const altered = Buffer.from(
      Buffer.from(content, 'base64url')
        .toString()
        .replace(/"page":"[^"]+"/, '"page":"x"'),
    ).toString('base64url');
    browser.cookies.set('proconnect-attempt', `${altered}.${signature}`);
    expect((await failureAfter(browser, callback)).status).toBe(401);
  });

  it('is taken once, also when it is sent twice at the same time', async () => {
    const { reference, browser, way } = await waiting('999001456');
    const callback = await throughProConnect(browser, startOf(way), 'ines');
    const answers = await Promise.all([browser.get(callback), browser.get(callback)]);
    const saved = answers.filter((answer) => answer.headers.get('location') === '/questionnaire/A5');
    expect(saved.length).toBeLessThanOrEqual(1);
    const again = await browser.get(callback);
    expect([200, 303, 401]).toContain(again.status);
    await signIn(browser, way, 'ines');
    expect(await savedOf(reference)).toBe('none');
    const verified = (await typesOf(reference)).filter((type) => type === 'CUSTOMER_VERIFIED');
    expect(verified.length).toBeGreaterThanOrEqual(1);
  });

  it('may say that the person has given up', async () => {
    const { browser, way } = await waiting('999004690');
    const answer = await failureAfter(browser, await throughProConnect(browser, startOf(way), 'none'));
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('Vous avez quitté ProConnect');
  });

  it('finds someone whose session is over on the page that says so', async () => {
    const { browser, way } = await waiting('999004963');
    const callback = await throughProConnect(browser, startOf(way), 'nadia');
    browser.cookies.delete('session');
    expect((await browser.get(callback)).status).toBe(401);
  });
});

describe('an organisation that is not the one of the onboarding', () => {
  useServer();

  it('is named to the person, who asks the account owner; accepted, the typed page is saved', async () => {
    const { reference, browser, link } = await opened();
    const way = await typed(browser);
    const foreign = await presentForeign(browser, way);
    const page = await (await browser.get(foreign)).text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toContain('SIRET 999 001 456 00014');
    expect(await draftOf(reference)).toBeUndefined();
    expect(await typesOf(reference)).not.toContain('CUSTOMER_VERIFIED');

    const asked = await askOwner(browser, foreign);
    expect([asked.status, asked.headers.get('location')]).toEqual([303, foreign]);
    const waits = await (await browser.get(foreign)).text();
    expect(await htmlFaults(waits)).toEqual([]);
    expect(textOf(waits)).toContain('gardé dans notre système jusqu’au 7 décembre 2026');
    const [toOwner] = await mailsAbout(reference, 'organisme à accepter');
    expect(toOwner?.to).toBe('sales.state@platform.example');

    const sales = await server.staff({ roles: ['sales'], team: 'state' });
    const file = textOf(await (await sales.get(`/sales/${reference}`)).text());
    expect(file).toContain('Organisme à accepter SIREN 999 001 456');
    expect((await accept(reference, agency)).status).toBe(303);
    const accepted = (await eventsOf(reference)).find(({ type }) => type === 'ORGANISATION_ACCEPTED');
    expect(accepted).toMatchObject({
      actor: { kind: 'sales' },
      data: { siren: agency },
      reason: ownReason,
    });
    const history = textOf(await (await sales.get(`/sales/${reference}`)).text());
    expect(history).toContain('Autre organisme accepté (SIREN 999 001 456)');
    const [toCustomer] = await mailsAbout(reference, 'votre organisme est accepté');
    expect(toCustomer).toMatchObject({ to: 'zoe.canari@client.example' });
    expect(toCustomer?.text).toContain(link);

    await later(13 * day);
    const later13 = await browser.post(link);
    expect(later13.headers.get('location')).toBe('/identity');
    expect(textOf(await (await browser.get('/identity')).text())).toContain('est gardé dans notre système');
    const saved = await signIn(browser, '/identity', 'ines');
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/questionnaire/A5']);
    expect(await savedOf(reference)).toBe('none');
    expect([...browser.cookies.keys()].some((name) => name.startsWith('waiting-'))).toBe(false);
  });

  it('sets no cookie but those that the cookie page names, for as long as it says', async () => {
    const { link } = await opened('999002538');
    const lines: string[] = [];
    const browser = openBrowser(async (url, init) => {
      const answer = await fetch(url, init);
      if (!isAtProConnect(new URL(url).pathname)) lines.push(...answer.headers.getSetCookie());
      return answer;
    }, server.origin);
    await browser.post(link);
    await askOwner(browser, await presentForeign(browser, await typed(browser)));
    const known = cookiesOf(server.deps.site);
    const set = lines.filter((line) => /^(?:proconnect|waiting)-/.test(line) && !/max-age=0/i.test(line));
    for (const line of set) {
      const cookie = known.find(({ name }) => line.startsWith(name));
      expect(Number(/max-age=(\d+)/i.exec(line)?.[1]), line).toBeLessThanOrEqual(cookie?.seconds ?? 0);
    }
    expect(new Set(set.map((line) => line.split('-')[0]))).toEqual(new Set(['proconnect', 'waiting']));
  });

  it('keeps every page that waits, and saves all of them', async () => {
    const { reference, browser } = await opened('999000102');
    const foreign = await presentForeign(browser, await typed(browser));
    await askOwner(browser, foreign);
    const other = await typed(browser, '/questionnaire/A5', nis2);
    expect(textOf(await (await browser.get(other)).text())).toContain('Votre interlocuteur est prévenu');
    await accept(reference, agency);
    await signIn(browser, other, 'ines');
    expect(await savedOf(reference)).toBe('none');
    expect(await savedOf(reference, 'A5')).toBeDefined();
  });

  it('is asked for once, however often the button is pressed', async () => {
    const { reference, browser } = await opened('999000912');
    const foreign = await presentForeign(browser, await typed(browser));
    await Promise.all([askOwner(browser, foreign), askOwner(browser, foreign)]);
    await askOwner(browser, foreign);
    expect((await typesOf(reference)).filter((type) => type === 'ORGANISATION_ASKED')).toHaveLength(1);
    expect(await mailsAbout(reference, 'organisme à accepter')).toHaveLength(1);
  });

  it('is accepted once, with a reason, and only if someone has presented it', async () => {
    const { reference, browser } = await opened('999001720');
    expect((await accept(reference, agency)).status).toBe(422);
    await askOwner(browser, await presentForeign(browser, await typed(browser)));
    expect((await accept(reference, agency, '')).status).toBe(422);
    expect((await accept(reference, '999004690')).status).toBe(422);
    expect((await accept(reference, agency)).status).toBe(303);
    expect((await accept(reference, agency)).status).toBe(422);
    expect((await typesOf(reference)).filter((type) => type === 'ORGANISATION_ACCEPTED')).toHaveLength(1);
    expect(await mailsAbout(reference, 'votre organisme est accepté')).toHaveLength(1);
  });

  it('is refused with a reason that the person reads, who asks again or signs in for another one', async () => {
    const { reference, browser, link } = await opened('999003072');
    const way = await typed(browser);
    const foreign = await presentForeign(browser, way);
    await askOwner(browser, foreign);
    expect((await decide(reference, { siren: agency, reason: 'x' })).status).toBe(422);
    const why = 'Ce n’est pas une agence de <ce> ministère.';
    expect((await decide(reference, { siren: agency, decision: 'refuse', reason: why })).status).toBe(303);
    expect((await eventsOf(reference)).at(-1)).toMatchObject({
      type: 'ORGANISATION_REFUSED',
      actor: { kind: 'sales' },
      data: { siren: agency },
      reason: why,
    });
    const [mail] = await mailsAbout(reference, 'votre organisme n’est pas accepté');
    expect([mail?.to, mail?.text.includes(link), mail?.text.includes('agence de')]).toEqual([
      'zoe.canari@client.example',
      true,
      false,
    ]);
    // What was typed is still there, whichever way is taken.
    const page = await (await browser.get(foreign)).text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toContain('Votre organisme n’a pas été accepté');
    expect(page).toContain('Ce n’est pas une agence de &lt;ce&gt; ministère.');
    expect(textOf(page)).toContain('est gardé dans notre système jusqu’au');
    await later(2 * hour);
    expect((await browser.post(link)).headers.get('location')).toBe('/identity');
    const start = await (await browser.get('/identity')).text();
    expect(await htmlFaults(start)).toEqual([]);
    expect(start).toContain('&lt;ce&gt;');
    // The same decision sent twice changes nothing; nothing waits for one any more.
    const again = await decide(reference, { siren: agency, decision: 'refuse', reason: why });
    expect(again.status).toBe(422);

    const anew = await presentForeign(browser, '/identity');
    await askOwner(browser, anew);
    expect(textOf(await (await browser.get(anew)).text())).toContain('Votre demande est transmise');
    expect((await typesOf(reference)).filter((type) => type === 'ORGANISATION_ASKED')).toHaveLength(2);
    expect((await accept(reference, agency)).status).toBe(303);
    await signIn(browser, '/identity', 'ines');
    expect(await savedOf(reference)).toBe('none');
  });

  it('is told to no one who was not refused, and no more to whoever has shown the right one', async () => {
    const { reference, browser, link } = await opened('999003346');
    const { browser: deputy } = await openMember(server, reference, 'deputy');
    await askOwner(browser, await presentForeign(browser, await typed(browser)));
    await decide(reference, { siren: agency, decision: 'refuse', reason: ownReason });
    expect(await (await browser.get('/identity')).text()).toContain('a refusé que');
    expect(await (await deputy.get('/identity')).text()).not.toContain('a refusé que');
    await askOwner(browser, await presentForeign(browser, '/identity', 'nadia'));
    await accept(reference, '999004963');
    await signIn(browser, '/identity', 'nadia');
    const elsewhere = server.browser();
    await elsewhere.post(link);
    expect(await (await elsewhere.get('/identity')).text()).not.toContain('a refusé que');
  });

  it('needs no one’s agreement within a group', async () => {
    const { reference, browser } = await opened('999004427', '999004963');
    await signIn(browser, await typed(browser), 'nadia');
    expect(await savedOf(reference)).toBe('none');
  });

  it('may be left for another account', async () => {
    const { reference, browser } = await opened('999004690');
    const way = await typed(browser);
    const foreign = await presentForeign(browser, way);
    const page = await (await browser.get(foreign)).text();
    const anew = /href="([^"]+anew)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    await browser.get(await throughProConnect(browser, anew, 'paul'));
    expect(await savedOf(reference)).toBe('none');
  });

  it('is forgotten after an hour if no one is asked', async () => {
    const { browser } = await opened('999004963');
    const foreign = await presentForeign(browser, await typed(browser));
    await later(hour);
    expect((await browser.get(foreign)).headers.get('location')).toContain('/identity?page=');
  });
});

describe('signing out', () => {
  useServer();
  it('offers the way out of ProConnect to those who came by it, and to no one else', async () => {
    const { browser, link } = await opened();
    const plain = server.browser();
    await plain.post(link);
    await plain.post('/sign-out', {}, '/questionnaire');
    expect(await (await plain.get('/signed-out')).text()).not.toContain('ProConnect');

    await signIn(browser, await typed(browser), 'claire');
    await browser.post('/sign-out', {}, '/questionnaire');
    expect(await (await browser.get('/signed-out')).text()).toContain('href="/signed-out/proconnect"');
    const out = await browser.get('/signed-out/proconnect');
    const end = new URL(out.headers.get('location') ?? '');
    expect(end.pathname).toBe('/proconnect/api/v2/session/end');
    expect((await browser.get(end.href)).status).toBe(200);
    expect((await browser.get('/signed-out/proconnect')).headers.get('location')).toBe('/signed-out');
  });
});

describe('a ProConnect that does not answer', () => {
  useServer();
  const down: ProConnect = {
    begin: () => Promise.reject(new ProConnectFailedError('unavailable')),
    complete: () => Promise.reject(new ProConnectFailedError('unavailable')),
    signOutUrl: () => Promise.reject(new ProConnectFailedError('unavailable')),
  };

  it('leaves the typed page kept, says until when, and offers no weaker proof', async () => {
    const reference = await server.start(ministry);
    const { deps } = openTrial(server.runtime);
    const app = createApp({ ...deps, proConnect: down });
    const browser = openBrowser(async (url, init) => app.request(url, init), origin);
    await browser.post(await server.linkOf(reference));
    const way = await typed(browser);
    const answer = await browser.get(startOf(way));
    expect(answer.status).toBe(503);
    const page = await answer.text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(textOf(page)).toContain('ProConnect ne répond pas');
    expect(textOf(page)).toContain('est gardé dans notre système jusqu’au 23 novembre 2026 à 10 h');
    expect(page).not.toContain('/identity/code');
  });

  it('is the same where each part of the site is loaded when it is needed', async () => {
    const reference = await server.start('999000102');
    const { deps } = openTrial(server.runtime);
    const app = createAppOnDemand({ ...deps, proConnect: down });
    const browser = openBrowser(async (url, init) => app.request(url, init), origin);
    await browser.post(await server.linkOf(reference));
    expect((await browser.get(startOf(await typed(browser)))).status).toBe(503);
  });
});

describe('where the stage does not ask for it', () => {
  it.each(['link', 'link_and_code'] as const)('%s leaves no trace of ProConnect', async (identity) => {
    const plain = await startTrialServer(identity);
    const reference = await plain.start(ministry);
    const browser = plain.browser();
    await browser.post(await plain.linkOf(reference));
    for (const path of ['/questionnaire', '/status', '/questionnaire/A4', '/identity', '/signed-out']) {
      expect(await (await browser.get(path)).text(), path).not.toContain('ProConnect');
    }
    expect((await browser.get('/identity/proconnect')).status).toBe(303);
    expect((await browser.get('/signed-out/proconnect')).status).toBe(404);
    expect((await browser.get('/proconnect/api/v2/.well-known/openid-configuration')).status).toBe(404);
    await plain.close();
  });
});

describe('what is written and logged', () => {
  useServer();
  it('holds no token, code, secret, name or address of ProConnect', async () => {
    const { reference, browser } = await opened();
    const way = await typed(browser);
    const callback = new URL(await throughProConnect(browser, startOf(way), 'claire'), server.origin);
    await browser.get(callback.href);
    expect(await savedOf(reference)).toBe('none');
    const secrets = [
      callback.searchParams.get('code') ?? '',
      callback.searchParams.get('state') ?? '',
      browser.cookies.get('proconnect-sign-out') ?? '',
      'demo-proconnect-secret',
      'claire.vasseur',
      'Vasseur',
    ];
    expect(secrets.every((secret) => secret.length > 6)).toBe(true);
    const everything = [...server.log, ...written].join('\n');
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
  });
});
