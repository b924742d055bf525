import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, hour } from '../../../functions/domain/time.ts';
import { createAppOf } from '../../../functions/web/app-frame.ts';
import { registerIdentity } from '../../../functions/web/identity/pages.ts';
import { registerLinkPart } from '../../../functions/web/parts/link.ts';
import { registerQuestionnairePart } from '../../../functions/web/parts/questionnaire.ts';
import { sirens } from '../../support/canaries.ts';
import { fieldsOf, htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, openBrowser, openTrial, origin, startTrial, type Trial } from '../../support/trial.ts';

let trial: Trial;
let next = 0;
beforeAll(async () => {
  const plain = await startTrial();
  trial = openTrial({ ...plain.runtime, customerIdentity: 'link_and_code' }, undefined, plain.log);
});
afterAll(() => trial.close());

async function opened(browser: Browser = trial.browser()) {
  const reference = await trial.start(sirens[next++] ?? '');
  const link = await trial.linkOf(reference);
  await browser.post(link);
  return { reference, browser, link };
}

/** Types an answer on a device that is not known; gives where it leads. */
async function typed(browser: Browser): Promise<string> {
  const answer = await browser.post('/questionnaire/A4', { A4: 'none' }, '/questionnaire');
  return answer.headers.get('location') ?? '';
}

async function codeOf(reference: string): Promise<string> {
  await trial.runtime.clock.settled();
  const mails = trial.runtime.mailbox
    .list()
    .filter(({ subject }) => subject.includes('code de vérification'));
  const last = mails.filter(({ subject }) => subject.includes(reference)).at(-1);
  return /^(\d{3}\s\d{3})$/m.exec(last?.text ?? '')?.[1] ?? '';
}
const askAt = (browser: Browser, way: string) => browser.post('/identity/code', pageIn(way), way);
const pageIn = (way: string) => ({ page: new URL(way, origin).searchParams.get('page') ?? '' });
const wrong = (code: string) => (code.startsWith('9') ? '111 111' : '999 999');
const tries = async (reference: string) =>
  (await trial.runtime.store.identityCodes.get(reference, undefined))?.tries;
const savedOf = async (reference: string) =>
  (await trial.runtime.store.dossiers.draft(reference))?.saved.get('A4')?.value;

/** Sends the fields of a page as its language switch does. */
function switchTo(browser: Browser, html: string, language: 'fr' | 'en', from: string): Promise<Response> {
  const to = new RegExp(`formaction="([^"]*lang=${language}[^"]*)"`).exec(html)?.[1] ?? '';
  const shown = fieldsOf(html).filter(([name]) => ['page', 'code', 'refused'].includes(name));
  return browser.post(to.replaceAll('&amp;', '&'), Object.fromEntries(shown), from);
}

describe('the page of a code that was refused', () => {
  it('says the same in the other language, with what was typed, and counts no other try', async () => {
    const { reference, browser } = await opened();
    const way = await typed(browser);
    await askAt(browser, way);
    const code = await codeOf(reference);
    const refused = await browser.post('/identity', { ...pageIn(way), code: wrong(code) }, way);
    const french = await refused.text();
    expect(problemsOf(french).links.map(({ text }) => text)).toEqual([
      expect.stringMatching(/il reste 4\sessais/),
    ]);
    const switched = await switchTo(browser, french, 'en', way);
    const english = await switched.text();
    expect(switched.status).toBe(422);
    expect(await htmlFaults(english)).toEqual([]);
    expect(problemsOf(english).links.map(({ text }) => text)).toEqual([
      expect.stringMatching(/4 tries are left/),
    ]);
    expect(english).toContain(`value="${wrong(code)}"`);
    expect(textOf(english)).toContain('What you typed is kept in our system until 23 November 2026');
    expect(await tries(reference)).toBe(1);
    const back = await (await switchTo(browser, english, 'fr', way)).text();
    expect(back).toMatch(/il reste 4\sessais/);
    const saved = await browser.post('/identity', { ...pageIn(way), code }, way);
    expect(saved.headers.get('location')).toBe('/questionnaire/A5');
    expect(await savedOf(reference)).toBe('none');
  });

  it('says nothing of a code that was typed since, nor of one that was not sent', async () => {
    const { reference, browser } = await opened();
    const way = await typed(browser);
    const first = await (await askAt(browser, way).then(() => browser.get(way))).text();
    const unsent = await switchTo(browser, first, 'en', way);
    expect([unsent.status, problemsOf(await unsent.text()).links]).toEqual([200, []]);
    const code = wrong(await codeOf(reference));
    await browser.post('/identity', { ...pageIn(way), code }, way);
    const other = await browser.post(
      '/identity?lang=fr',
      { ...pageIn(way), code: '123 456', refused: code },
      way,
    );
    expect([other.status, problemsOf(await other.text()).links]).toEqual([200, []]);
    expect(await tries(reference)).toBe(1);
  });

  it('takes a code that was pasted with its line of the mail around it, and with any space', async () => {
    const { reference, browser } = await opened();
    const way = await typed(browser);
    await askAt(browser, way);
    const code = (await codeOf(reference)).replace(/\s/, '\u00a0');
    const saved = await browser.post('/identity', { ...pageIn(way), code: `\t${code}\r\n` }, way);
    expect(saved.headers.get('location')).toBe('/questionnaire/A5');
  });
});

describe('the page of someone for whom too many codes were sent', () => {
  it('says from when there is another one, offers none until then, and leads nowhere else', async () => {
    const { reference, browser } = await opened();
    const way = await typed(browser);
    for (let each = 0; each < 5; each += 1) await askAt(browser, way);
    const refused = await askAt(browser, way);
    const html = await refused.text();
    expect([refused.status, await htmlFaults(html)]).toEqual([429, []]);
    expect(textOf(html)).toContain('Demandez-en un à partir du 23 novembre 2026 à 10 h');
    expect(html).not.toContain('action="/identity/code"');
    const english = await (await switchTo(browser, html, 'en', way)).text();
    expect(textOf(english)).toContain('Ask for one from 23 November 2026');
    const code = await codeOf(reference);
    const saved = await browser.post('/identity', { ...pageIn(way), code }, way);
    expect(saved.headers.get('location')).toBe('/questionnaire/A5');
  });

  it('is reached in the other language when no code can be tried any more', async () => {
    const { browser, link } = await opened();
    const way = await typed(browser);
    for (let hours = 0; hours < 2; hours += 1) {
      for (let each = 0; each < 5; each += 1) await askAt(browser, way);
      await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + hour));
    }
    const html = await (await askAt(browser, way)).text();
    const to = /href="([^"]*lang=en[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const english = await browser.get(to);
    expect([english.status, textOf(await english.text())]).toEqual([
      200,
      expect.stringContaining('Ask for one from'),
    ]);
    await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + day));
    await browser.post(link);
    expect(await (await browser.get('/identity')).text()).toContain('action="/identity/code"');
  });
});

describe('a page that is not kept for whoever asks', () => {
  it('is not said to be kept', async () => {
    const { browser } = await opened();
    const page = textOf(await (await browser.get(`/identity?page=${'x'.repeat(22)}`)).text());
    expect(page).toContain('n’est plus gardée');
    expect(page).not.toContain('est gardé dans notre système');
  });
});

describe('one browser with two onboardings', () => {
  it('keeps the page of each, asks for a code for each, and saves each in its own', async () => {
    const one = await opened();
    const wayOfOne = await typed(one.browser);
    await askAt(one.browser, wayOfOne);
    const codeOfOne = await codeOf(one.reference);
    const two = await opened(one.browser);
    // The first onboarding's page is nothing to the second.
    expect(textOf(await (await two.browser.get(wayOfOne)).text())).toContain('n’est plus gardée');
    const stale = await two.browser.post(
      '/identity',
      { ...pageIn(wayOfOne), code: codeOfOne, _for: one.reference },
      '/identity',
    );
    expect([stale.status, textOf(await stale.text())]).toEqual([
      409,
      expect.stringContaining('appartient à un autre dossier'),
    ]);
    expect(await tries(one.reference)).toBe(0);
    const wayOfTwo = await typed(two.browser);
    await askAt(two.browser, wayOfTwo);
    const ofTwo = { ...pageIn(wayOfTwo), code: await codeOf(two.reference) };
    expect((await two.browser.post('/identity', ofTwo, wayOfTwo)).status).toBe(303);
    expect([await savedOf(one.reference), await savedOf(two.reference)]).toEqual([undefined, 'none']);
    await one.browser.post(one.link);
    const ofOne = { ...pageIn(wayOfOne), code: codeOfOne };
    expect((await one.browser.post('/identity', ofOne, wayOfOne)).status).toBe(303);
    expect(await savedOf(one.reference)).toBe('none');
    // Each of them is known from now on, whichever link was opened last.
    await one.browser.post(two.link);
    expect(await typed(one.browser)).toBe('/questionnaire/A5');
  });
});

describe('requests of one network address', () => {
  let elapsed = 0;
  function at(sourceIp: string): Browser {
    const env = { requestContext: { identity: { sourceIp } } };
    return openBrowser(async (url, init) => limited().request(url, init, env), origin);
  }
  let app: ReturnType<typeof createAppOf> | undefined;
  function limited() {
    app ??= createAppOf(trial.deps, [
      registerLinkPart,
      registerQuestionnairePart,
      (site, deps, fetchSite) => registerIdentity(site, { ...deps, elapsed: () => elapsed }, fetchSite),
    ]);
    return app;
  }

  it('are five a second for codes, whoever tries or asks; what was typed stays in the page', async () => {
    const { reference, browser } = await opened(at('192.0.2.1'));
    const way = await typed(browser);
    for (let each = 0; each < 4; each += 1) expect((await askAt(browser, way)).status).toBe(303);
    const mailed = await codeOf(reference);
    await browser.post('/identity', { ...pageIn(way), code: wrong(mailed) }, way);
    const asked = await askAt(browser, way);
    expect([asked.status, asked.headers.get('retry-after')]).toEqual([429, '1']);
    const html = await asked.text();
    expect([textOf(html), await htmlFaults(html)]).toEqual([expect.stringContaining('de votre réseau'), []]);
    const code = await codeOf(reference);
    const tried = await browser.post('/identity', { ...pageIn(way), code }, way);
    const page = await tried.text();
    expect([tried.status, await htmlFaults(page)]).toEqual([429, []]);
    expect(page).toContain(`value="${code}"`);
    expect([code, await tries(reference)]).toEqual([mailed, 1]);

    const elsewhere = await opened(at('192.0.2.2'));
    expect((await askAt(elsewhere.browser, '/identity')).status).toBe(303);
    elapsed += 1_000;
    expect((await browser.post('/identity', { ...pageIn(way), code }, way)).status).toBe(303);
    expect(await savedOf(reference)).toBe('none');
  });

  it('are not counted where only the language changes', async () => {
    const { browser } = await opened(at('192.0.2.3'));
    await askAt(browser, '/identity');
    for (let each = 0; each < 8; each += 1) {
      const answer = await browser.post('/identity?lang=en&unsent=yes', { code: '123456' }, '/identity');
      expect(answer.status).toBe(200);
    }
  });
});
