import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { createAppOf } from '../../../functions/web/app-frame.ts';
import { answersAfter, registerNewLink } from '../../../functions/web/identity/new-link.ts';
import { sirens } from '../../support/canaries.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { nameMember, personLink, team } from '../../support/people.ts';
import { origin, startTrial, type Trial } from '../../support/trial.ts';

let trial: Trial;
const pauses: number[] = [];
/** The clock of the process, which every read of it moves: work takes time here. */
let elapsed = 0;

beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

/** Asks as someone of whom nothing is known: no cookies. */
async function ask(fields: Record<string, string>, language = 'fr') {
  const answer = await siteWith(100).request('/new-link', formOf(fields, language));
  await trial.runtime.clock.settled();
  return answer;
}

/** @param step milliseconds by which each look at the clock moves it */
function siteWith(step: number) {
  return createAppOf(trial.deps, [
    (at, deps) =>
      registerNewLink(at, {
        ...deps,
        elapsed: () => {
          elapsed += step;
          return elapsed;
        },
        pause: async (milliseconds) => void pauses.push(milliseconds),
      }),
  ]);
}

function formOf(fields: Record<string, string>, language: string): RequestInit {
  return {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Origin: origin, 'Accept-Language': language },
  };
}

async function whole(answer: Response): Promise<string> {
  return JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
}

const mailsTo = (address: string) => trial.runtime.mailbox.list().filter(({ to }) => to === address);
const contact = 'zoe.canari@client.example';

describe('asking for the link again', () => {
  it.each([
    ['fr', 'Recevoir de nouveau votre lien'],
    ['en', 'Get your link again'],
  ])('is found on the home page, in %s, by anyone who has lost the link', async (language, words) => {
    const home = await (await trial.browser().get(`/?lang=${language}`)).text();
    expect(home).toContain(`href="/new-link">${words}</a>`);
    expect(await htmlFaults(home)).toEqual([]);
  });

  it('mails the contact of an open onboarding its own link, and says so in the history', async () => {
    const reference = await trial.start(sirens[0]);
    const before = mailsTo(contact).length;
    expect((await ask({ email: contact.toUpperCase() })).status).toBe(200);
    const mails = mailsTo(contact);
    expect(mails.length).toBe(before + 1);
    expect(mails.at(-1)?.text).toContain(await trial.linkOf(reference));
    const events = await trial.runtime.store.onboardings.events(reference);
    expect(events.at(-1)).toMatchObject({ type: 'INVITATION_SENT_AGAIN', reason: 'ASKED_ON_PUBLIC_PAGE' });
  });

  it('mails a named person their own link, with the reference only', async () => {
    const reference = await trial.start(sirens[1]);
    const person = await nameMember(trial, reference, 'dpo');
    await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + 120_000));
    const before = mailsTo(team.dpo.email).length;
    await ask({ email: team.dpo.email });
    expect(mailsTo(team.dpo.email).length).toBe(before);
    await ask({ email: team.dpo.email, reference: reference.toLowerCase() });
    expect(mailsTo(team.dpo.email).at(-1)?.text).toContain(await personLink(trial, reference, person));
  });

  it('answers everyone alike, byte for byte and at the same time', async () => {
    const known = await trial.start(sirens[2]);
    const closed = await trial.start(sirens[3]);
    await withdraw(trial.runtime, closed, 'over', { kind: 'operator', id: 'op' });
    pauses.length = 0;
    const asked = [
      { email: contact },
      { email: contact },
      { email: contact, reference: known },
      { email: contact, reference: closed },
      { email: team.ciso.email, reference: known },
      { email: 'no.one@nowhere.example' },
      { email: 'no.one@nowhere.example', reference: known },
    ];
    const answers: string[] = [];
    for (const fields of asked) answers.push(await whole(await ask(fields)));
    expect(new Set(answers).size).toBe(1);
    expect(new Set(pauses).size).toBe(1);
    expect(pauses[0]).toBeGreaterThan(0);
    expect(pauses[0]).toBeLessThan(answersAfter);
  });

  it('shows no fault: it is logged', async () => {
    const fine = await whole(await ask({ email: 'no.one@nowhere.example' }));
    const { lists } = trial.deps.store;
    const broken = {
      ...trial,
      deps: {
        ...trial.deps,
        store: { ...trial.deps.store, lists: { ...lists, byMail: () => Promise.reject(new Error('down')) } },
      },
    };
    const healthy = trial;
    trial = broken;
    const failed = await whole(await ask({ email: contact }));
    trial = healthy;
    expect(failed).toBe(fine);
    expect(trial.log.join('')).toContain('page_failed');
  });

  it('mails at most three links a day, whoever asks', async () => {
    const reference = await trial.start(sirens[4]);
    const before = mailsTo(contact).length;
    for (let each = 0; each < 5; each += 1) {
      await ask({ email: contact, reference });
      await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + 120_000));
    }
    expect(mailsTo(contact).length - before).toBeLessThanOrEqual(3);
  });

  it('is taken five times a second from one network address, and counts no other', async () => {
    const site = siteWith(0);
    const fields = { email: 'no.one@nowhere.example' };
    const from = (sourceIp: string) =>
      site.request('/new-link', formOf(fields, 'fr'), { requestContext: { identity: { sourceIp } } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => from('192.0.2.7')));
    const [refused, ...others] = answers.filter(({ status }) => status === 429);
    expect([others, refused?.headers.get('retry-after')]).toEqual([[], '1']);
    const html = (await refused?.text()) ?? '';
    expect([textOf(html), await htmlFaults(html)]).toEqual([expect.stringContaining('de votre réseau'), []]);
    expect(html).toContain('value="no.one@nowhere.example"');
    expect((await from('192.0.2.8')).status).toBe(200);
  });

  it.each(['fr', 'en'])('is valid HTML in %s, before and after', async (language) => {
    const page = await (await trial.browser().get(`/new-link?lang=${language}`)).text();
    expect(await htmlFaults(page)).toEqual([]);
    expect(await htmlFaults(await (await ask({ email: contact }, language)).text())).toEqual([]);
  });

  it('is reached from a link that is unknown, and from a page without its link', async () => {
    const browser = trial.browser();
    for (const answer of [
      await browser.post(`/f/${'A'.repeat(43)}`),
      await browser.get('/status'),
      await browser.post('/status/wave/confirm'),
    ]) {
      const html = await answer.text();
      expect(html).toContain('href="/new-link"');
      expect(textOf(html)).toContain('Recevoir de nouveau votre lien');
    }
  });
});
