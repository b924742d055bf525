import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readingOf } from '../../../functions/application/reading.ts';
import { recordTalk } from '../../../functions/application/talk.ts';
import type { MailTemplate } from '../../../functions/domain/onboarding/messages.ts';
import { writeMail } from '../../../functions/jobs/send-mail/write-mail.ts';
import type { Scope } from '../../../functions/web/api/scopes.ts';
import { createApp } from '../../../functions/web/app.ts';
import { firstViewBytes, htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';
import { castOf, sendForm } from '../staff/cast.ts';

const path = '/questionnaire/talk';
const matter = 'Notre contrat en cours\nnous fait hésiter';
const sales = { kind: 'sales', id: 's' } as const;

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
});
beforeEach(() => {
  cast ??= castOf(trial);
});
afterAll(() => trial.close());

/** A page in words, with plain spaces; it is valid HTML. */
async function read(browser: Browser, at: string): Promise<string> {
  const html = await (await browser.get(at)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

async function talking(language: 'fr' | 'en' = 'fr'): Promise<Visitor> {
  const visitor = await openLink(trial, await cast.invited(), language);
  await visitor.send(path, [['matter', matter]]);
  return visitor;
}

async function stateOf({ reference }: Visitor) {
  return (await trial.runtime.store.onboardings.now(reference)).state;
}

async function mailText(reference: string, template: MailTemplate, to: 'customer' | 'owner') {
  const { runtime, deps } = trial;
  const mail = { publicUrl: 'https://accueil.example', operators: 'ops@x.example', onCall: 'call@x.example' };
  const written = await writeMail(
    { clock: runtime.clock, links: runtime.links, platform: deps.platform, mail },
    readingOf(runtime.store, reference),
    { kind: 'mail', template, to },
    { id: 'a-mail', at: '2027-01-01T00:00:00.000Z' },
  );
  return written?.text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

const words = {
  fr: {
    ask: 'En parler d’abord',
    contact: 'prend contact avec vous au plus tard le 25 novembre 2026 à 18 h (heure de Paris).',
    paused:
      'Votre délai pour répondre est en pause jusqu’au 22 janvier 2027 au plus tard, sans aucun rappel. La première réponse enregistrée met fin à la pause ; sinon, vous aurez ensuite jusqu’au 2 avril 2027 pour répondre.',
    turn: 'Qui doit agir : l’équipe commerciale',
    back: 'Reprendre le questionnaire',
    reason: 'vous avez souhaité en parler d’abord',
  },
  en: {
    ask: 'Talk to us first',
    contact: 'will get in touch with you by 25 November 2026 at 18:00 (Paris time).',
    paused:
      'Your time to answer is paused until 22 January 2027 at the latest, without any reminder. The first answer that is saved ends the pause; otherwise you then have until 2 April 2027 to answer.',
    turn: 'Who must act next: sales ',
    back: 'Go back to the questionnaire',
    reason: 'you asked to talk first',
  },
} as const;

describe.each(['fr', 'en'] as const)('a customer that wants to talk first, in %s', (language) => {
  const say = words[language];

  it('finds the way on the page before the first question, on its link and on the list of sections', async () => {
    const visitor = await openLink(trial, await cast.invited(), language);
    for (const at of ['/questionnaire/before', '/questionnaire']) {
      expect(await visitor.page(at)).toContain(`href="${path}"`);
    }
    const link = await trial.linkOf(visitor.reference);
    const invitation = await visitor.page(link);
    expect(invitation).toContain('name="wish" value="talk"');
    expect(firstViewBytes(invitation)).toBeLessThanOrEqual(14_000);
    const opened = await visitor.browser.post(link, { wish: 'talk' });
    expect(opened.headers.get('Location')).toBe(path);
    const form = await read(visitor.browser, path);
    expect(form).toContain(say.contact);
    expect(form).toContain(say.paused);
  });

  it('reads who acts next and until when its time is paused', async () => {
    const visitor = await talking(language);
    const status = await read(visitor.browser, '/status');
    for (const sentence of [say.turn, say.contact, say.paused, say.back, say.reason]) {
      expect(status).toContain(sentence);
    }
    expect(await read(visitor.browser, '/questionnaire')).toContain(say.paused);
    expect(await visitor.page('/questionnaire')).not.toContain(`href="${path}"`);
    expect((await visitor.browser.get(path)).headers.get('Location')).toBe('/status');
    await visitor.answer('A4', plainAnswers);
    const after = await read(visitor.browser, '/status');
    expect(after).not.toContain(say.paused);
    expect((await stateOf(visitor)).stage).toBe('ANSWERING');
  });
});

describe('what a customer wants to talk about', () => {
  it('is read on the pages of sales and operators, and nowhere else', async () => {
    const visitor = await talking();
    const { reference } = visitor;
    const { runtime, log } = trial;
    const hesitates = /contrat en cours|nous fait hésiter/;
    for (const [role, at] of [
      ['sales', '/sales'],
      ['operator', '/operations'],
    ] as const) {
      const staff = await trial.staff({ roles: [role], team: 'state' });
      expect(await read(staff, `${at}/${reference}`)).toMatch(hesitates);
      expect(await read(staff, at)).not.toMatch(hesitates);
    }
    const others = await trial.staff({ roles: ['sales'], team: 'health' });
    expect((await others.get(`/sales/${reference}`)).status).toBe(404);
    expect(JSON.stringify(await runtime.store.onboardings.events(reference))).not.toMatch(hesitates);
    expect(
      runtime.mailbox
        .list()
        .map(({ text }) => text)
        .join(),
    ).not.toMatch(hesitates);
    expect(log.join('\n')).not.toMatch(hesitates);
    expect(await read(visitor.browser, '/status')).not.toMatch(hesitates);
    const app = createApp({
      ...trial.deps,
      verifyToken: async () => ({
        subject: 'crm',
        scopes: ['onboarding/read'] satisfies Scope[],
        kind: 'machine',
      }),
    });
    const shown = await app.request(`/api/onboardings/${reference}`, {
      headers: { Authorization: 'Bearer token' },
    });
    const body = await shown.text();
    expect(body).not.toMatch(hesitates);
    expect(JSON.parse(body)).toMatchObject({
      ball: 'sales',
      until: '2026-11-25T17:00:00.000Z',
      talk: { askedAt: '2026-11-23T08:00:00.000Z', pausedUntil: '2027-01-22T13:00:00.000Z', heldAt: null },
    });
    // What is held of a customer it may download.
    expect(await (await visitor.browser.get('/status/data.json')).text()).toMatch(hesitates);
  });

  it('is refused when it is too long or disguised, and stays typed', async () => {
    const visitor = await openLink(trial, await cast.invited());
    for (const bad of ['x'.repeat(1_001), 'un\u202etexte']) {
      const answer = await visitor.send(path, [['matter', bad]]);
      const html = await answer.text();
      expect(problemsOf(html).links).toHaveLength(1);
      expect(html).toContain(bad);
    }
    // A line break counts once.
    const most = Array.from({ length: 500 }, () => 'x').join('\r\n');
    expect((await visitor.send(path, [['matter', most]])).status).toBe(303);
    expect(await trial.runtime.store.dossiers.matter(visitor.reference)).toHaveLength(999);
  });

  it('need not be said', async () => {
    const visitor = await openLink(trial, await cast.invited());
    expect((await visitor.send(path, [['matter', '  ']])).headers.get('Location')).toBe('/status');
    const staff = await trial.staff({ roles: ['sales'], team: 'state' });
    expect(await read(staff, `/sales/${visitor.reference}`)).toContain('Il n’a pas précisé de quoi.');
  });

  it('is not lost without a word when it is sent in another window meanwhile', async () => {
    const visitor = await talking();
    const again = await visitor.sendRaw(path, [['matter', matter]]);
    expect(again.headers.get('Location')).toBe('/status');
    const other = await visitor.sendRaw(path, [['matter', 'Autre chose']]);
    expect(other.status).toBe(409);
    const html = await other.text();
    expect(html).toContain('Autre chose');
    expect(problemsOf(html).links).toHaveLength(1);
  });
});

describe('the request to talk', () => {
  it('is refused a third time, with what to do instead', async () => {
    const visitor = await openLink(trial, await cast.invited());
    for (const times of [1, 2]) {
      expect(await read(visitor.browser, path)).toContain(times === 1 ? '2 fois' : 'la dernière fois');
      await visitor.send(path);
      await recordTalk(trial.runtime, visitor.reference, { outcome: 'goes_on' }, sales);
    }
    const refused = await visitor.browser.get(path);
    expect(refused.status).toBe(409);
    expect(textOf(await refused.text())).toContain('c’est le maximum. Vous pouvez toujours écrire');
    expect((await visitor.sendRaw(path, [])).status).toBe(409);
    expect(await visitor.page('/questionnaire/before')).not.toContain(`href="${path}"`);
  });

  it('is for the contact and its deputy, not for whoever answers a part', async () => {
    const visitor = await openLink(trial, await cast.invited());
    const people = [
      ['deputy', { name: 'Ada Suppléante', email: 'ada@client.example' }],
      ['dpo', { name: 'Noé Registre', email: 'noe@client.example' }],
    ] as const;
    const open = [];
    for (const [index, [role, fields]] of people.entries()) {
      await visitor.browser.post(`/questionnaire/people/new/${role}`, fields);
      const person = trial.browser();
      const token = await trial.runtime.links.token(visitor.reference, 1, `P${index + 1}`);
      await person.post(`/f/${token}`);
      open.push(person);
    }
    const [deputy, dpo] = open;
    expect((await dpo?.get(path))?.status).toBe(403);
    expect((await deputy?.post(path, { matter }, path))?.headers.get('Location')).toBe('/status');
    expect((await stateOf(visitor)).talk).toBeDefined();
    await trial.runtime.clock.settled();
    const told = trial.runtime.mailbox.list().filter(({ subject }) => subject.includes('suppléant'));
    expect(told.map(({ to }) => to)).toEqual(['zoe.canari@client.example']);
    expect(told[0]?.text).toContain('Votre suppléant a demandé');
    const events = await trial.runtime.store.onboardings.events(visitor.reference);
    expect(events.find(({ type }) => type === 'TALK_ASKED')?.actor).toEqual({ kind: 'customer', id: 'P1' });
    if (dpo !== undefined) {
      expect(await read(dpo, '/status')).toContain('son délai pour répondre est en pause');
    }
  });

  it('leads to the status page when nothing is to be answered', async () => {
    const visitor = await openLink(trial, await cast.answered());
    expect((await visitor.browser.get(path)).headers.get('Location')).toBe('/status');
    expect((await visitor.sendRaw(path, [['matter', 'x']])).status).toBe(409);
  });
});

describe('sales', () => {
  it('finds the customer on its list with the day, and as overdue after it', async () => {
    const other = await startTrial();
    const { reference, send } = await openLink(other, await castOf(other).invited());
    await send(path);
    const attention = async () =>
      read(await other.staff({ roles: ['sales'], team: 'state' }), '/sales?view=attention');
    const list = await attention();
    expect(list).toContain('À contacter au plus tard le 25 novembre 2026 à 18 h');
    expect(list).not.toContain('Échéance dépassée');
    await other.runtime.clock.jumpTo(new Date('2026-11-25T17:01:00Z'));
    const late = await openLink(other, reference);
    expect(await attention()).toContain('Échéance dépassée');
    expect(await read(late.browser, '/status')).toContain(
      'devait prendre contact avec vous au plus tard le 25 novembre 2026 à 18 h',
    );
    await other.close();
  });

  it('records that the customer takes more time, then that it goes on; the customer is told by when', async () => {
    const visitor = await talking();
    const { reference } = visitor;
    const staff = await trial.staff({ roles: ['sales'], team: 'state' });
    const at = `/sales/${reference}/talk`;
    const nothing = await sendForm(staff, at, []);
    expect(problemsOf(await nothing.text()).links).toHaveLength(1);
    expect((await sendForm(staff, at, [['outcome', 'needs_more_time']])).status).toBe(303);
    expect(await read(staff, `/sales/${reference}`)).toContain('le client prend encore du temps');
    expect(await read(visitor.browser, '/status')).toContain('et il vous faut plus de temps');
    expect(await mailText(reference, 'talk_ended', 'customer')).toBeUndefined();
    expect((await sendForm(staff, at, [['outcome', 'goes_on']])).status).toBe(303);
    expect(await mailText(reference, 'talk_ended', 'customer')).toContain(
      'Enregistrez au moins une page au plus tard le 1er février 2027 à 9 h',
    );
    expect(await mailText(reference, 'owner_talk_asked', 'owner')).toBeUndefined();
    expect((await staff.get(at)).status).toBe(409);
  });

  it('closes the onboarding of a customer that stops, with a reason', async () => {
    const { reference } = await talking();
    const staff = await trial.staff({ roles: ['operator'] });
    const at = `/operations/${reference}/talk`;
    const without = await sendForm(staff, at, [['outcome', 'stops']]);
    expect(problemsOf(await without.text()).links).toHaveLength(1);
    await sendForm(staff, at, [
      ['outcome', 'stops'],
      ['reason', 'pas de budget cette année'],
    ]);
    await trial.runtime.clock.settled();
    const { state } = await trial.runtime.store.onboardings.now(reference);
    expect(state).toMatchObject({ stage: 'CLOSED', outcome: 'DECLINED' });
  });
});

describe('mails while the time to answer is paused', () => {
  it('ask for nothing by a date that does not count', async () => {
    const { reference } = await talking();
    const invitation = await mailText(reference, 'invitation', 'customer');
    expect(invitation).toContain(
      'Votre délai pour répondre est en pause jusqu’au 22 janvier 2027 au plus tard',
    );
    expect(invitation).not.toMatch(/Merci de commencer|70 jours|relancerons/);
    for (const template of ['reminder', 'last_notice'] as const) {
      expect(await mailText(reference, template, 'customer')).toBeUndefined();
    }
  });
});
