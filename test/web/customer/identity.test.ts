import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeContact } from '../../../functions/application/change-contact.ts';
import { eraseOnboarding, verifyErasure } from '../../../functions/application/erase.ts';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { codeRules } from '../../../functions/domain/onboarding/identity-code.ts';
import { day, hour, minute } from '../../../functions/domain/time.ts';
import { createApp } from '../../../functions/web/app.ts';
import { createAppOnDemand } from '../../../functions/web/app-on-demand.ts';
import { sirens } from '../../support/canaries.ts';
import { fieldsOf, htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Member, openMember } from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type Browser, openBrowser, openTrial, origin, startTrial, type Trial } from '../../support/trial.ts';
import { fieldsFor } from '../../support/visitor.ts';

const written: string[] = [];
let trial: Trial;
/** A system of its own for the tests of one group: organisations that the registry knows are few. */
function useTrial(): void {
  beforeAll(async () => {
    const onWrite = (writes: unknown) => void written.push(JSON.stringify(writes));
    const plain = await startTrial(undefined, { onWrite });
    trial = openTrial({ ...plain.runtime, customerIdentity: 'link_and_code' }, undefined, plain.log);
    next = 0;
  });
  afterAll(() => trial.close());
}

let next = 0;
const nis2 = Object.fromEntries(fieldsFor('A5', plainAnswers));
const operator = { kind: 'operator', id: 'op' } as const;
const draftOf = (reference: string) => trial.runtime.store.dossiers.draft(reference);
const eventsOf = async (reference: string) =>
  (await trial.runtime.store.onboardings.events(reference)).map(({ type }) => type);
const later = (milliseconds: number) =>
  trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + milliseconds));

async function opened() {
  const reference = await trial.start(sirens[next++] ?? '');
  const link = await trial.linkOf(reference);
  const browser = trial.browser();
  await browser.post(link);
  return { reference, browser, link };
}

async function codesMailed(
  reference: string,
): Promise<readonly { to: string; text: string; code: string }[]> {
  await trial.runtime.clock.settled();
  return trial.runtime.mailbox
    .list()
    .filter(({ subject }) => subject.includes('code de vérification') && subject.includes(reference))
    .map(({ to, text }) => ({ to, text, code: /^(\d{3}\s\d{3})$/m.exec(text)?.[1] ?? '' }));
}

/** Types an answer on a device that is not known; gives where it leads. */
async function typed(
  browser: Browser,
  path = '/questionnaire/A4',
  fields: Record<string, string> = { A4: 'none' },
) {
  const answer = await browser.post(path, fields, '/questionnaire');
  expect(answer.status).toBe(303);
  const way = answer.headers.get('location') ?? '';
  return { way, page: new URL(way, origin).searchParams.get('page') ?? '' };
}

/** Asks for a code and reads it in the mail. */
async function codeFor(reference: string, browser: Browser, way = '/identity'): Promise<string> {
  expect((await browser.post('/identity/code', {}, way)).status).toBe(303);
  return (await codesMailed(reference)).at(-1)?.code ?? '';
}

const wrong = (code: string) => (code.startsWith('9') ? '111111' : '999999');

describe('the first save on a device', () => {
  useTrial();
  it('is kept, asks for a code, and is saved once the code is right', async () => {
    const { reference, browser } = await opened();
    const { way, page } = await typed(browser);
    expect(way).toMatch(/^\/identity\?page=[\w-]{22}$/);
    expect(await draftOf(reference)).toBeUndefined();
    const before = await (await browser.get(way)).text();
    expect(textOf(before)).toContain('est gardé dans notre système jusqu’au 23 novembre 2026 à 10 h');
    expect(textOf(before)).toContain('z…@client.example');
    expect(await htmlFaults(before)).toEqual([]);

    const code = await codeFor(reference, browser, way);
    const asking = await (await browser.get(way)).text();
    expect(asking).toContain('autocomplete="one-time-code"');
    expect(asking).toContain('inputmode="numeric"');
    expect(await htmlFaults(asking)).toEqual([]);

    const saved = await browser.post('/identity', { page, code: ` ${code} ` }, way);
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/questionnaire/A5']);
    expect(textOf(await (await browser.get('/questionnaire/A5')).text())).toContain(
      'Enregistré le 23 novembre 2026',
    );
    expect((await draftOf(reference))?.saved.get('A4')?.value).toBe('none');
    expect(await eventsOf(reference)).toEqual(
      expect.arrayContaining(['IDENTITY_CODE_SENT', 'CUSTOMER_VERIFIED']),
    );
  });

  it('asks no more on that device, and asks on another one', async () => {
    const { reference, browser, link } = await opened();
    const { way, page } = await typed(browser);
    await browser.post('/identity', { page, code: await codeFor(reference, browser, way) }, way);
    const again = await browser.post('/questionnaire/A5', nis2);
    expect(again.headers.get('location')).not.toContain('/identity');
    await browser.post(link);
    const afterLink = await browser.post('/questionnaire/A5', nis2);
    expect(afterLink.headers.get('location') ?? '').not.toContain('/identity');
    const other = trial.browser();
    await other.post(link);
    expect((await typed(other)).way).toContain('/identity');
  });

  it('shows on its own page what is wrong with it', async () => {
    const { reference, browser } = await opened();
    const { way, page } = await typed(browser, '/questionnaire/C2', { 'C2.usersInScope': 'many' });
    const answer = await browser.post(
      '/identity',
      { page, code: await codeFor(reference, browser, way) },
      way,
    );
    expect(answer.status).toBe(422);
    const shown = await answer.text();
    expect(shown).toContain('action="/questionnaire/C2"');
    expect(shown).toContain('value="many"');
    expect(await draftOf(reference)).toBeUndefined();
  });

  it.each<Member>(['ciso', 'deputy'])('is asked of a %s, whose own address gets the code', async (member) => {
    const { reference } = await opened();
    const { browser, person } = await openMember(trial, reference, member);
    const { way, page } = await typed(browser, '/questionnaire/B3', { B3: 'no' });
    const code = await codeFor(reference, browser, way);
    expect((await codesMailed(reference)).map(({ to }) => to)).toEqual([person.email]);
    const answer = await browser.post('/identity', { page, code }, way);
    expect(answer.headers.get('location')).not.toContain('/identity');
  });

  it('is not asked where the stage leaves it at the link', async () => {
    const { link } = await opened();
    const plain = openTrial({ ...trial.runtime, customerIdentity: 'link' });
    const browser = plain.browser();
    await browser.post(link);
    expect((await browser.post('/questionnaire/A4', { A4: 'none' })).headers.get('location')).toBe(
      '/questionnaire/A5',
    );
    expect((await browser.get('/identity')).headers.get('location')).toBe('/questionnaire');
  });

  it('works where each part of the site is loaded when it is needed', async () => {
    const { reference, link } = await opened();
    const app = createAppOnDemand(trial.deps);
    const browser = openBrowser(async (url, init) => app.request(url, init), origin);
    await browser.post(link);
    const { way, page } = await typed(browser);
    const answer = await browser.post(
      '/identity',
      { page, code: await codeFor(reference, browser, way) },
      way,
    );
    expect(answer.headers.get('location')).toBe('/questionnaire/A5');
  });
});

describe('a device that is not known', () => {
  useTrial();
  it('changes nothing through any form of the customer’s side', async () => {
    const { reference, browser } = await opened();
    const paths = trial.app.routes
      .filter(({ method, path }) => method === 'POST' && /^\/(questionnaire|status)/.test(path))
      .map(({ path }) => path.replace(':part', 'A4').replace(/:\w+/g, 'x'));
    expect(paths.length).toBeGreaterThan(8);
    let kept = 0;
    const { version } = (await trial.runtime.store.onboardings.now(reference)).state;
    for (const path of paths) {
      const answer = await browser.post(path, { reason: 'x' }, '/questionnaire');
      // Twenty pages are kept; what comes after them stays in the page, with its fields.
      if (kept === 20) {
        expect([path, answer.status, fieldsOf(await answer.text())]).toEqual([
          path,
          409,
          expect.arrayContaining([['reason', 'x']]),
        ]);
        continue;
      }
      kept += 1;
      expect(answer.headers.get('location'), path).toMatch(/^\/identity\?page=/);
    }
    expect((await trial.runtime.store.onboardings.now(reference)).state.version).toBe(version);
  });

  it.each([
    '/status/answers',
    '/status/data.json',
    '/status/record',
    '/status/record.pdf',
    '/status/record.json',
  ])('does not get all answers at once at %s', async (path) => {
    const { browser } = await opened();
    const answer = await browser.get(path);
    expect(answer.headers.get('location')).toBe(`/identity?to=${encodeURIComponent(path)}`);
  });

  it('changes the language without a code', async () => {
    const { browser } = await opened();
    const answer = await browser.post(
      '/questionnaire/A4?lang=en&unsent=yes',
      { A4: 'none' },
      '/questionnaire',
    );
    expect(answer.status).toBe(200);
  });

  it('is led to no other site', async () => {
    const { browser, reference } = await opened();
    const way = '/identity?to=https://evil.example/';
    const answer = await browser.post(
      '/identity',
      { to: '//evil.example', code: await codeFor(reference, browser, way) },
      way,
    );
    expect(answer.headers.get('location')).toBe('/questionnaire');
  });
});

describe('a known device', () => {
  useTrial();
  async function known() {
    const all = await opened();
    const { way, page } = await typed(all.browser);
    await all.browser.post('/identity', { page, code: await codeFor(all.reference, all.browser, way) }, way);
    return { ...all, cookie: `device-${all.reference}` };
  }
  const isAsked = async (browser: Browser) =>
    (await browser.post('/questionnaire/A4', { A4: 'none' }, '/questionnaire')).headers
      .get('location')
      ?.startsWith('/identity') === true;

  it('is forgotten when the link is replaced', async () => {
    const { reference, browser } = await known();
    await changeContact(trial.runtime, reference, { contactName: 'Ana Autre' }, operator);
    await browser.post(await trial.linkOf(reference, 2));
    expect(await isAsked(browser)).toBe(true);
  });

  it('is known by an unaltered cookie only, for its own onboarding', async () => {
    const { browser, cookie } = await known();
    const value = browser.cookies.get(cookie) ?? '';
    expect(value).toMatch(/^\d+\.[\w-]{43}$/);
    const [until = '', digest = ''] = value.split('.');
    for (const forged of [
      `${Number(until) + 1}.${digest}`,
      `${until}.${digest.slice(1)}A`,
      until,
      '',
      `${value}.x`,
    ]) {
      browser.cookies.set(cookie, forged);
      expect(await isAsked(browser), forged).toBe(true);
    }
    browser.cookies.set(cookie, value);
    expect(await isAsked(browser)).toBe(false);
    const other = await opened();
    other.browser.cookies.set(`device-${other.reference}`, value);
    expect(await isAsked(other.browser)).toBe(true);
  });

  it('of one person is not that of another', async () => {
    const { reference, browser, cookie } = await known();
    const { browser: deputy } = await openMember(trial, reference, 'deputy');
    deputy.cookies.set(cookie, browser.cookies.get(cookie) ?? '');
    expect(await isAsked(deputy)).toBe(true);
  });
});

describe('a code', () => {
  useTrial();
  it('can be tried five times', async () => {
    const { reference, browser } = await opened();
    const { way, page } = await typed(browser);
    const code = await codeFor(reference, browser, way);
    for (let left = codeRules.tries - 1; left >= 0; left -= 1) {
      const answer = await browser.post('/identity', { page, code: wrong(code) }, way);
      expect(answer.status).toBe(422);
      const text = textOf(await answer.text());
      if (left > 1) expect(text).toContain(`il reste ${left} essais`);
      if (left === 0) expect(text).toContain('essayé 5 fois');
    }
    const answer = await browser.post('/identity', { page, code }, way);
    expect(textOf(await answer.text())).toContain('essayé 5 fois');
    expect(await draftOf(reference)).toBeUndefined();
    const another = await codeFor(reference, browser, way);
    expect((await browser.post('/identity', { page, code: another }, way)).status).toBe(303);
  });

  it('is tried five times in all when it is tried at the same time', async () => {
    const { reference, browser } = await opened();
    const { way } = await typed(browser);
    const code = await codeFor(reference, browser, way);
    await Promise.all(
      Array.from({ length: 20 }, () => browser.post('/identity', { code: wrong(code) }, way)),
    );
    const { tries } = (await trial.runtime.store.identityCodes.get(reference, undefined)) ?? {};
    expect(tries).toBeLessThanOrEqual(codeRules.tries);
  });

  it('lives ten minutes', async () => {
    const { reference, browser } = await opened();
    const { way, page } = await typed(browser);
    const code = await codeFor(reference, browser, way);
    await later(codeRules.life);
    const answer = await browser.post('/identity', { page, code }, way);
    expect(textOf(await answer.text())).toContain('plus de 10 minutes');
  });

  it('is used once, and makes the one before void', async () => {
    const { reference, browser, link } = await opened();
    const first = await codeFor(reference, browser);
    const second = await codeFor(reference, browser);
    expect(second).not.toBe(first);
    expect(textOf(await (await browser.post('/identity', { code: first })).text())).toContain(
      'n’est pas le bon',
    );
    expect((await browser.post('/identity', { code: second })).status).toBe(303);
    const other = trial.browser();
    await other.post(link);
    const answer = await other.post('/identity', { code: second });
    expect(textOf(await answer.text())).toContain('a déjà servi');
  });

  it('verifies one of two devices that send it at the same time', async () => {
    const { reference, browser, link } = await opened();
    const other = trial.browser();
    await other.post(link);
    const code = await codeFor(reference, browser);
    const answers = await Promise.all([browser, other].map((each) => each.post('/identity', { code })));
    expect(answers.map(({ status }) => status).filter((status) => status === 303).length).toBeLessThanOrEqual(
      1,
    );
    expect(
      (await eventsOf(reference)).filter((type) => type === 'CUSTOMER_VERIFIED').length,
    ).toBeLessThanOrEqual(1);
  });

  it('is mailed five times an hour and ten times a day', async () => {
    const { reference, browser } = await opened();
    const ask = async () => (await browser.post('/identity/code', {}, '/identity')).status;
    for (let hours = 0; hours < 2; hours += 1) {
      for (let each = 0; each < codeRules.anHour; each += 1) expect(await ask()).toBe(303);
      expect(await ask()).toBe(429);
      await later(hour);
    }
    expect(await ask()).toBe(429);
    expect((await codesMailed(reference)).length).toBe(codeRules.aDay);
    await later(day - 2 * hour);
    await browser.post(await trial.linkOf(reference));
    expect(await ask()).toBe(303);
  });

  it('says in English what to do', async () => {
    const { reference, browser } = await opened();
    await browser.get('/identity?lang=en');
    const code = await codeFor(reference, browser);
    const text = async (typedCode: string) =>
      textOf(await (await browser.post('/identity', { code: typedCode })).text());
    expect(await text('12')).toContain('Enter the six digits');
    expect(await text(wrong(code))).toContain('4 tries are left');
  });

  it('is mailed without a link, and stands nowhere else', async () => {
    const { reference, browser } = await opened();
    written.length = 0;
    const { way, page } = await typed(browser, '/questionnaire/A4', { A4: 'none', reason: 'canaripending' });
    const code = await codeFor(reference, browser, way);
    const [mail] = await codesMailed(reference);
    expect(mail?.text).not.toMatch(/https?:|\/f\//);
    await browser.post('/identity', { page, code }, way);
    const digits = code.replace(/\D/g, '');
    const everything = [...written, ...trial.log].join('\n');
    expect(everything).not.toMatch(new RegExp(`\\b(${digits}|${code})\\b`));
    expect(trial.log.join('\n')).not.toContain('canaripending');
    expect(JSON.stringify(await trial.runtime.store.onboardings.events(reference))).not.toContain(
      'client.example',
    );
  });
});

describe('a kept page', () => {
  useTrial();
  it('of each of two tabs is saved, once', async () => {
    const { reference, browser } = await opened();
    const one = await typed(browser);
    const two = await typed(browser, '/questionnaire/A5', nis2);
    const code = await codeFor(reference, browser, one.way);
    await browser.post('/identity', { page: one.page, code }, one.way);
    const second = await (await browser.get(two.way)).text();
    expect(textOf(second)).toContain('pas encore enregistré');
    expect(await htmlFaults(second)).toEqual([]);
    expect((await browser.post('/identity', { page: two.page }, two.way)).status).toBe(303);
    const draft = await draftOf(reference);
    expect([draft?.saved.get('A4')?.value, draft?.saved.get('A5')?.value]).toEqual(['none', plainAnswers.A5]);
    const again = await browser.post('/identity', { page: two.page }, '/questionnaire');
    expect(textOf(await again.text())).toContain('n’est plus gardée');
  });

  it('is still there after its save was interrupted, and changes nothing when it is saved again', async () => {
    const { reference, link } = await opened();
    let dies = true;
    const { store } = trial.deps;
    const dying = createApp({
      ...trial.deps,
      store: {
        ...store,
        pendingPages: {
          ...store.pendingPages,
          remove: async (...args) => {
            if (dies) throw new Error('The process ends here');
            await store.pendingPages.remove(...args);
          },
        },
      },
    });
    const browser = openBrowser(async (url, init) => dying.request(url, init), origin);
    await browser.post(link);
    const { way, page } = await typed(browser);
    const code = await codeFor(reference, browser, way);
    expect((await browser.post('/identity', { page, code }, way)).status).toBe(500);
    const saved = await draftOf(reference);
    expect(saved?.saved.get('A4')?.value).toBe('none');
    dies = false;
    const another = await codeFor(reference, browser, way);
    expect((await browser.post('/identity', { page, code: another }, way)).status).toBe(303);
    expect((await draftOf(reference))?.saved.get('A4')).toEqual(saved?.saved.get('A4'));
  });

  it('outlives a link that is opened again meanwhile, and is no one else’s', async () => {
    const { reference, browser, link } = await opened();
    const { way, page } = await typed(browser);
    await browser.post(link);
    const code = await codeFor(reference, browser, way);
    const other = trial.browser();
    await other.post(link);
    const stolen = await other.post('/identity', { page, code }, '/identity');
    expect(textOf(await stolen.text())).toContain('n’est plus gardée');
    const another = await codeFor(reference, browser, way);
    expect((await browser.post('/identity', { page, code: another }, way)).headers.get('location')).toBe(
      '/questionnaire/A5',
    );
  });

  it('is kept for an hour', async () => {
    const { reference, browser } = await opened();
    const { way, page } = await typed(browser);
    await later(hour + minute);
    const answer = await browser.post(
      '/identity',
      { page, code: await codeFor(reference, browser, way) },
      way,
    );
    expect(answer.status).toBe(200);
    expect(textOf(await answer.text())).toContain('n’est plus gardée');
    expect(await draftOf(reference)).toBeUndefined();
  });

  it('is not kept when it is too long or too many wait: it stays in the page', async () => {
    const { browser } = await opened();
    const long = await browser.post('/questionnaire/A4', { A4: 'x'.repeat(60_000) }, '/questionnaire');
    expect(long.status).toBe(409);
    expect(await long.text()).toContain('x'.repeat(60_000));
    for (let each = 0; each < 20; each += 1) await typed(browser);
    const more = await browser.post('/questionnaire/A4', { A4: 'none' }, '/questionnaire');
    expect(more.status).toBe(409);
    expect(await htmlFaults(await more.text())).toEqual([]);
  });

  it('is erased with its onboarding, and so is the code', async () => {
    const { reference, browser } = await opened();
    const { way } = await typed(browser);
    await codeFor(reference, browser, way);
    const proof = await eraseOnboarding(trial.runtime, reference, 'asked_by_person', operator);
    expect(proof.kinds).toEqual(expect.arrayContaining(['CODE', 'PENDING']));
    expect((await verifyErasure(trial.runtime, reference)).erased).toBe(true);
  });
});

describe('a verification', () => {
  useTrial();

  it('is read by sales and operators, with its date and by what it was made', async () => {
    const { reference, browser } = await opened();
    await browser.post('/identity', { code: await codeFor(reference, browser) });
    const sales = await trial.staff({ roles: ['sales'], team: 'state' });
    const operations = await trial.staff({ roles: ['operator'] });
    for (const page of [
      await sales.get(`/sales/${reference}`),
      await operations.get(`/operations/${reference}`),
    ]) {
      const text = textOf(await page.text());
      expect(text).toContain('Identité vérifiée sur un appareil');
      expect(text).toContain('par un code envoyé par courriel');
    }
  });
});

describe('what gives all answers of a closed onboarding', () => {
  useTrial();
  it('asks for a code on a device that is not known, and opens with it, until the data is erased', async () => {
    const { reference, link } = await opened();
    await withdraw(trial.runtime, reference, 'Projet arrêté', operator);
    await trial.runtime.clock.settled();
    await later(30 * day);
    const browser = trial.browser();
    await browser.post(link);
    expect((await browser.get('/status')).status).toBe(200);
    const way = '/identity?to=%2Fstatus%2Fdata.json';
    expect((await browser.get('/status/data.json')).headers.get('location')).toBe(way);
    const code = await codeFor(reference, browser, way);
    const shown = await browser.post('/identity', { to: '/status/data.json', code }, way);
    expect(shown.headers.get('location')).toBe('/status/data.json');
    expect((await browser.get('/status/data.json')).status).toBe(200);
    expect((await trial.runtime.store.onboardings.now(reference)).state.stage).toBe('CLOSED');
    await eraseOnboarding(trial.runtime, reference, 'asked_by_person', operator);
    expect((await browser.get('/status/data.json')).status).toBe(410);
  });

  it('mails the code to those who were named, too', async () => {
    const { reference } = await opened();
    const { person } = await openMember(trial, reference, 'deputy');
    await withdraw(trial.runtime, reference, 'Projet arrêté', operator);
    await trial.runtime.clock.settled();
    const browser = trial.browser();
    await browser.post(`/f/${await trial.runtime.links.token(reference, person.generation, person.id)}`);
    const way = '/identity?to=%2Fstatus%2Fdata.json';
    const code = await codeFor(reference, browser, way);
    expect((await codesMailed(reference)).at(-1)?.to).toBe(person.email);
    await browser.post('/identity', { to: '/status/data.json', code }, way);
    expect((await browser.get('/status/data.json')).status).toBe(200);
  });
});
