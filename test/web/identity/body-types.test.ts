import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyTypes } from '../../../functions/domain/questionnaire/option-codes.ts';
import { sirens } from '../../support/canaries.ts';
import { openMember } from '../../support/people.ts';
import { type Browser, startTrialServer } from '../../support/trial.ts';

let server: Awaited<ReturnType<typeof startTrialServer>>;
let next = 0;
beforeAll(async () => {
  server = await startTrialServer('link_and_proconnect');
});
afterAll(() => server.close());

async function opened(bodyType: (typeof bodyTypes)[number]) {
  const reference = await server.start(sirens[next++] ?? '', 'state', undefined, bodyType);
  const browser = server.browser();
  await browser.post(await server.linkOf(reference));
  return { reference, browser };
}

async function typed(browser: Browser): Promise<string> {
  const answer = await browser.post('/questionnaire/A4', { A4: 'none' }, '/questionnaire');
  return answer.headers.get('location') ?? '';
}

/** What the page asks for. */
async function proofAt(browser: Browser, way: string): Promise<readonly string[]> {
  const page = await (await browser.get(way)).text();
  return [
    ...(page.includes('action="/identity/code"') ? ['code'] : []),
    ...(page.includes('href="/identity/proconnect') ? ['proconnect'] : []),
  ];
}

async function mailedCode(reference: string): Promise<string> {
  await server.runtime.clock.settled();
  const mails = server.runtime.mailbox.list().filter(({ subject }) => subject.includes(reference));
  return (
    mails.map(({ text }) => /^(\d{3}\s\d{3})$/m.exec(text)?.[1]).findLast((code) => code !== undefined) ?? ''
  );
}

describe('where a stage asks public bodies for ProConnect', () => {
  it.each(bodyTypes)('%s is asked for its own proof, and for no other', async (bodyType) => {
    const { reference, browser } = await opened(bodyType);
    const way = await typed(browser);
    const isCompany = bodyType === 'company';
    expect(await proofAt(browser, way)).toEqual([isCompany ? 'code' : 'proconnect']);
    await browser.post('/identity/code', {}, '/questionnaire');
    expect((await mailedCode(reference)) !== '').toBe(isCompany);
    const begun = (await browser.get('/identity/proconnect')).headers.get('location') ?? '';
    expect(begun.includes('/proconnect/api/v2/authorize')).toBe(!isCompany);
    const { browser: deputy } = await openMember(server, reference, 'deputy');
    expect(await proofAt(deputy, await typed(deputy))).toEqual([isCompany ? 'code' : 'proconnect']);
  });

  it('a company confirms by the mailed code, and what was typed is saved', async () => {
    const { reference, browser } = await opened('company');
    const way = await typed(browser);
    const page = new URL(way, server.origin).searchParams.get('page') ?? '';
    await browser.post('/identity/code', { page }, way);
    const code = await mailedCode(reference);
    const wrong = await browser.post(
      '/identity',
      { page, code: code.startsWith('9') ? '111111' : '999999' },
      way,
    );
    expect(wrong.status).toBe(422);
    const saved = await browser.post('/identity', { page, code }, way);
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/questionnaire/A5']);
    expect((await server.runtime.store.dossiers.draft(reference))?.saved.get('A4')?.value).toBe('none');
    const events = await server.runtime.store.onboardings.events(reference);
    expect(events.find(({ type }) => type === 'CUSTOMER_VERIFIED')?.data).toEqual({ by: 'code' });
    expect(await typed(browser)).toBe('/questionnaire/A5');
    // No one of it has to do with ProConnect, when signing out neither.
    await browser.post('/sign-out', {}, '/questionnaire');
    expect(await (await browser.get('/signed-out')).text()).not.toContain('ProConnect');
  });
});
