import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseOnboarding } from '../../../functions/application/erase.ts';
import { savePage } from '../../../functions/application/save-page.ts';
import { noDraft } from '../../../functions/domain/onboarding/draft.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { questions } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { sirens } from '../../support/canaries.ts';
import { fieldsOf, htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { origin, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { sendForm } from '../staff/cast.ts';
import {
  type Conversation,
  day,
  enter,
  enterAll,
  interviewed,
  interviewer,
  openConversation,
  recordLetter,
} from '../staff/interview.ts';

let trial: Trial;
let next = 0;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

async function invited(): Promise<string> {
  const reference = await trial.start(sirens[next] ?? '');
  next += 1;
  return reference;
}

async function open(language: 'fr' | 'en' = 'fr'): Promise<Conversation> {
  return openConversation(trial, await invited(), language);
}

/** An interview in which everything is entered, without a page for each answer. */
async function entered(language: 'fr' | 'en' = 'fr'): Promise<Conversation> {
  const conversation = await open(language);
  await enterWhole(conversation, plainAnswers);
  return conversation;
}

async function enterWhole({ reference }: Conversation, given: Answers): Promise<void> {
  const { E6: _, ...answers } = given;
  const asked = questions.map(({ id }) => id).filter((id) => id !== 'E6');
  const page = { questions: asked, given: answers, savedAs: 'I1' };
  await savePage(trial.deps, reference, page, { kind: 'operator', id: interviewer.subject });
}

/** As if each answer had been given anew now. */
async function reenter(reference: string): Promise<void> {
  const { store, clock } = trial.runtime;
  const draft = await store.dossiers.draft(reference);
  if (draft === undefined) throw new Error('Nothing was entered');
  const saved = { at: clock.now().toISOString(), by: 'I1' };
  const answers = new Map([...draft.saved].map(([id, { value }]) => [id, { value, ...saved }]));
  await store.dossiers.saveAnswers(reference, draft, answers);
}

async function read({ browser }: Pick<Conversation, 'browser'>, path: string): Promise<string> {
  const answer = await browser.get(path);
  expect(answer.status, path).toBe(200);
  const html = await answer.text();
  expect(await htmlFaults(html)).toEqual([]);
  return html;
}

async function eventsOf(reference: string, type: string) {
  return (await trial.runtime.store.onboardings.events(reference)).filter((event) => event.type === type);
}

function mailsAbout(reference: string, subject: RegExp) {
  return trial.runtime.mailbox
    .list()
    .filter((mail) => mail.subject.includes(reference) && subject.test(mail.subject));
}

const marks = {
  fr: `saisi par ${interviewer.name} avec ${interviewed.name}`,
  en: `entered by ${interviewer.name} with ${interviewed.name}`,
} as const;

describe('An interview', () => {
  it.each(['fr', 'en'] as const)('begins with a person, a role and a day (%s)', async (language) => {
    const reference = await invited();
    const browser = await trial.staff(interviewer);
    const list = `/operations/${reference}/interviews`;
    await browser.get(`${list}?lang=${language}`);
    expect(await read({ browser }, `/operations/${reference}`)).toContain(`href="${list}"`);
    await read({ browser }, list);
    const refused = await sendForm(browser, list, [
      ['name', 'x'.repeat(101)],
      ['role', ''],
      ...day('on', '2026-11-24'),
    ]);
    const html = await refused.text();
    expect([refused.status, await htmlFaults(html)]).toEqual([422, []]);
    expect(problemsOf(html).links.map(({ id }) => id)).toEqual(['field-name', 'field-role', 'field-on']);
    expect(html).toContain('x'.repeat(101));
    expect((await trial.runtime.store.interviews.of(reference)).length).toBe(0);
    const begun = await sendForm(browser, list, [
      ['name', interviewed.name],
      ['role', interviewed.role],
      ...day('on', '2026-11-20'),
    ]);
    expect([begun.status, begun.headers.get('Location')]).toEqual([303, `${list}/I1`]);
    expect(textOf(await read({ browser }, list))).toContain(interviewed.name);
  });

  it('is begun once by a form that is sent twice', async () => {
    const reference = await invited();
    const browser = await trial.staff(interviewer);
    const path = `/operations/${reference}/interviews`;
    const fields = [
      ...fieldsOf(await (await browser.get(path)).text()).filter(([name]) => !/^(name|role|on\.)/.test(name)),
      ['name', interviewed.name],
      ['role', interviewed.role],
      ...day('on', '2026-11-23'),
    ];
    const send = () =>
      browser.send(path, {
        method: 'POST',
        body: new URLSearchParams(fields.map(([name = '', value = '']): [string, string] => [name, value])),
        headers: { Origin: origin },
      });
    const [one, other] = [await send(), await send()];
    expect([one.status, other.status]).toEqual([303, 303]);
    expect(await trial.runtime.store.interviews.of(reference)).toHaveLength(1);
    expect(await eventsOf(reference, 'INTERVIEW_STARTED')).toHaveLength(1);
  });

  it.each(['fr', 'en'] as const)(
    'fills in the customer’s own pages, and each answer says who with whom (%s)',
    async (language) => {
      const conversation = await open(language);
      await enterAll(conversation, plainAnswers);
      const { reference, browser, root } = conversation;
      expect((await trial.runtime.store.onboardings.now(reference)).state.stage).toBe('ANSWERING');
      for (const path of [root, `${root}/A`, `${root}/check`]) {
        const html = await read({ browser }, path);
        expect(textOf(html), path).toContain(marks[language]);
        expect(html, path).not.toMatch(/href="\/(?:questionnaire|status)/);
      }
      const html = await read({ browser }, `${root}/B11?return=check`);
      expect(html).toContain(`action="${root}/B11"`);
      const visitor = await openLink(trial, reference, language);
      for (const path of ['/questionnaire', '/questionnaire/B', '/questionnaire/check']) {
        expect(textOf(await visitor.page(path)), path).toContain(marks[language]);
      }
      const saved = [...((await trial.runtime.store.dossiers.draft(reference)) ?? noDraft).saved.values()];
      expect(new Set(saved.map(({ by }) => by))).toEqual(new Set(['I1']));
    },
  );

  it('speaks of the customer’s answers, not of “ours” or “yours”; marks a section; shows again what was wrong', async () => {
    const conversation = await open();
    const { browser, root } = conversation;
    const pages = [root, `${root}/check`, `${root}/check?lang=en`, `${root}?lang=en`, `${root}?lang=fr`];
    const seen: string[] = [];
    for (const path of pages) seen.push(textOf(await read(conversation, path)));
    expect(seen[0]).toContain('Relire les réponses');
    expect(seen[1]).toContain('Relisez les réponses du client avant l’envoi');
    expect(seen[2]).toContain('Check the customer’s answers before they are submitted');
    expect(seen[3]).toContain('Check the answers');
    expect(seen.join(' ')).not.toMatch(/\b(?:nos|vos|our|your) (?:réponses|answers)/i);
    await enterWhole(conversation, plainAnswers);
    const wrong = await sendForm(browser, `${root}/C2`, [['C2.usersInScope', 'douze']]);
    expect([wrong.status, (await wrong.text()).includes('value="douze"')]).toEqual([422, true]);
    const done = await sendForm(browser, `${root}/A`, [['completed', 'yes']]);
    expect([done.status, done.headers.get('Location')]).toEqual([303, root]);
    expect(textOf(await read({ browser }, root))).toContain('Parties terminées : 1 sur 5');
  });

  it('meets the answer of the customer on the page with both', async () => {
    const conversation = await entered();
    const { reference, browser, root } = conversation;
    const visitor = await openLink(trial, reference);
    const fields = fieldsOf(await (await browser.get(`${root}/B11`)).text());
    expect((await visitor.send('/questionnaire/B11', [['B11', 'done']])).status).toBe(303);
    const typed = fields.map(([name, value]): [string, string] => [name, name === 'B11' ? 'unknown' : value]);
    const body = new URLSearchParams(
      typed.some(([name]) => name === 'B11') ? typed : [...typed, ['B11', 'unknown']],
    );
    const refused = await browser.send(`${root}/B11`, { method: 'POST', body, headers: { Origin: origin } });
    const text = textOf(await refused.text());
    expect(refused.status).toBe(409);
    expect(text).toContain('par le contact du client');
  });

  it('is closed to other operators, to sales, and to everyone once the answers are submitted', async () => {
    const conversation = await entered();
    const { reference, root, browser } = conversation;
    const other = await trial.staff({ roles: ['operator'], subject: 'noor', name: 'Noor' });
    const sales = await trial.staff({ roles: ['sales'], team: 'state' });
    const visitor = await openLink(trial, reference);
    const paths = [root, `${root}/B11`, `${root}/check`];
    for (const path of paths) {
      const refused = await other.get(path);
      expect([refused.status, await htmlFaults(await refused.text())]).toEqual([403, []]);
      expect((await sales.get(path)).status).toBe(403);
      expect((await visitor.browser.get(path)).status).toBe(303);
      const posted = await other.post(path, { B11: 'done' }, '/operations');
      expect(posted.status).toBe(403);
    }
    expect((await other.get(`/operations/${reference}/interviews/I9`)).status).toBe(404);
    expect((await recordLetter(conversation, 'C-1', '2026-11-23')).status).toBe(303);
    await trial.runtime.clock.settled();
    const late = await browser.get(`${root}/B11`);
    expect([late.status, late.headers.get('Location')]).toEqual([303, `/operations/${reference}`]);
    const kept = await browser.post(`${root}/B11`, { B11: 'done' }, `/operations/${reference}`);
    expect(kept.status).toBe(409);
    expect(await kept.text()).toContain(`href="/operations/${reference}"`);
  });
});

describe('The customer attests what was entered', () => {
  it.each(['fr', 'en'] as const)(
    'by the link of one mail that leads to the check page (%s)',
    async (language) => {
      const conversation = await entered(language);
      const { reference, browser, root } = conversation;
      const ask = () => browser.post(`${root}/attestation`, {}, `${root}/check`);
      const answers = [await ask(), await ask()];
      expect(answers.map(({ status }) => status)).toEqual([303, 303]);
      await trial.runtime.clock.settled();
      const mails = mailsAbout(reference, /à attester/);
      expect(mails).toHaveLength(1);
      expect(mails[0]?.text).not.toContain(interviewed.name);
      expect(await eventsOf(reference, 'ATTESTATION_ASKED')).toHaveLength(1);
      const visitor = await openLink(trial, reference, language);
      const opened = await visitor.browser.post(await trial.linkOf(reference));
      expect(opened.headers.get('Location')).toBe('/questionnaire/check');
      await visitor.send('/questionnaire/B11', [['B11', 'done']]);
      const sent = await visitor.send('/questionnaire/check', [['E6', 'yes']]);
      expect([sent.status, sent.headers.get('Location')]).toEqual([303, '/status']);
      const text = textOf(await visitor.page('/status/record'));
      expect(text).toContain(marks[language]);
      expect(text).not.toMatch(/courrier signé|signed letter/i);
      const file = JSON.parse(await (await visitor.browser.get('/status/record.json')).text());
      const all = file.record.sections.flatMap(({ answers: each }: { answers: unknown[] }) => each);
      const one = (id: string) => all.find((answer: { id: string }) => answer.id === id);
      expect(one('B10')).toMatchObject({ answeredBy: interviewed.name, enteredBy: interviewer.name });
      expect(one('B11')).not.toHaveProperty('enteredBy');
      expect((await trial.runtime.store.onboardings.now(reference)).state.attestationAsked).toBeUndefined();
    },
  );

  it('is not asked for while an answer is missing, nor for an interview without answers', async () => {
    const conversation = await open();
    const { reference, browser, root } = conversation;
    await enter(conversation, 'A3', plainAnswers);
    const early = await browser.post(`${root}/attestation`, {}, root);
    expect([early.status, early.headers.get('Location')]).toEqual([303, `${root}/check`]);
    const visitor = await openLink(trial, reference);
    for (const section of ['A', 'B', 'C', 'D', 'E'] as const) await visitor.fill(section, plainAnswers);
    const second = await openConversation(trial, reference);
    const refused = await second.browser.post(`${second.root}/attestation`, {}, second.root);
    expect(refused.status).toBe(409);
    expect(await eventsOf(reference, 'ATTESTATION_ASKED')).toEqual([]);
  });
});

describe('A signed letter', () => {
  it('is no older than the first answer, not of tomorrow, and has a reference of 60 characters at most', async () => {
    const before = await entered();
    await enter(before, 'E3', { ...plainAnswers, E3: 2 });
    await trial.runtime.clock.jumpTo(new Date('2026-11-25T09:00:00Z'));
    const conversation = { ...before, browser: await trial.staff(interviewer) };
    // The first answer stays the first one although every answer is entered again.
    await reenter(conversation.reference);
    const refusals = [
      { reference: 'x'.repeat(61), on: '2026-11-25', at: 'field-letterReference' },
      { reference: '', on: '2026-11-25', at: 'field-letterReference' },
      { reference: 'C-12', on: '2026-11-22', at: 'field-letterDate' },
      { reference: 'C-12', on: '2026-11-26', at: 'field-letterDate' },
      { reference: 'C-12', on: '2026-02-31', at: 'field-letterDate' },
    ];
    for (const { reference, on, at } of refusals) {
      const refused = await recordLetter(conversation, reference, on);
      const html = await refused.text();
      expect([refused.status, await htmlFaults(html)], on).toEqual([422, []]);
      expect(problemsOf(html).links.map(({ id }) => id)).toEqual([at]);
    }
    expect(await eventsOf(conversation.reference, 'ANSWERS_SUBMITTED')).toEqual([]);
    expect((await recordLetter(conversation, 'C-12', '2026-11-23')).status).toBe(303);
  });

  it.each(['fr', 'en'] as const)(
    'submits once, and the sealed record says by what it is attested (%s)',
    async (language) => {
      const conversation = await entered(language);
      const { reference, browser, root } = conversation;
      const fields = fieldsOf(await read({ browser }, `${root}/check`)).filter(
        ([name]) => !name.startsWith('letter'),
      );
      const body = new URLSearchParams([
        ...fields,
        ['letterReference', 'DSI/2026-117'],
        ...day('letterDate', trial.runtime.clock.now().toISOString().slice(0, 10)),
      ]);
      const send = () => browser.send(`${root}/check`, { method: 'POST', body, headers: { Origin: origin } });
      const sent = [await send(), await send()];
      await trial.runtime.clock.settled();
      sent.push(await send());
      expect(sent.map(({ status }) => status)).toEqual([303, 303, 303]);
      expect(sent[0]?.headers.get('Location')).toBe(`/operations/${reference}`);
      const events = await eventsOf(reference, 'ANSWERS_SUBMITTED');
      expect(events.map(({ data, actor }) => [data, actor.kind])).toMatchObject([
        [{ letterOf: 'I1' }, 'operator'],
      ]);
      expect(mailsAbout(reference, /sont bien arrivées/)).toHaveLength(1);
      const staffPage = textOf(await read({ browser }, `/operations/${reference}`));
      const visitor = await openLink(trial, reference, language);
      const record = textOf(await visitor.page('/status/record'));
      const { text } = { text: await (await visitor.browser.get('/status/record.json')).text() };
      expect(JSON.parse(text).record.signedLetter).toMatchObject({
        ...{ reference: 'DSI/2026-117', enteredBy: interviewer.name, with: interviewed.name },
      });
      const on = language === 'fr' ? '25 novembre 2026' : '25 November 2026';
      // Records are in the language of the onboarding: the letter is not read in that of the operator.
      expect(record).toContain(
        `Attesté par courrier signé, référence DSI/2026-117 du 25 novembre 2026, ${marks.fr}`,
      );
      expect(staffPage).toContain(
        `${language === 'fr' ? 'référence' : 'reference'} DSI/2026-117 ${language === 'fr' ? 'du' : 'of'} ${on}, ${marks[language]}`,
      );
      const proof = await browser.send('/proof', {
        method: 'POST',
        body: new URLSearchParams({
          record: text,
          _csrf: fields.find(([name]) => name === '_csrf')?.[1] ?? '',
        }),
        headers: { Origin: origin },
      });
      expect(textOf(await proof.text())).toMatch(/inchangé|unaltered/);
      const data = JSON.parse(await (await visitor.browser.get('/status/data.json')).text());
      expect(data.interviews).toMatchObject([{ id: 'I1', operator: interviewer.name, ...interviewed }]);
      expect(data.answers[0]).toMatchObject({ interview: 'I1' });
      expect(data.submission.signedLetter).toMatchObject({ reference: 'DSI/2026-117', interview: 'I1' });
    },
  );

  it('does not submit what the customer has changed since the page was opened', async () => {
    const conversation = await entered();
    const { reference, browser, root } = conversation;
    const fields = fieldsOf(await read({ browser }, `${root}/check`)).filter(
      ([name]) => !name.startsWith('letter'),
    );
    const visitor = await openLink(trial, reference);
    await visitor.send('/questionnaire/B11', [['B11', 'done']]);
    const body = new URLSearchParams([
      ...fields,
      ['letterReference', 'C-3'],
      ...day('letterDate', '2026-11-25'),
    ]);
    const refused = await browser.send(`${root}/check`, {
      method: 'POST',
      body,
      headers: { Origin: origin },
    });
    expect(refused.status).toBe(422);
    expect(textOf(await refused.text())).toContain('Relisez-les');
    expect(await eventsOf(reference, 'ANSWERS_SUBMITTED')).toEqual([]);
  });
});

describe('The person spoken with', () => {
  it('is named in no event, log or mail, and is gone with the onboarding', async () => {
    const conversation = await entered();
    const { reference } = conversation;
    await recordLetter(conversation, 'CANARI-COURRIER', '2026-11-25');
    await trial.runtime.clock.settled();
    const secrets = /Canarimorel|CANARI-COURRIER|RSSI du périmètre/;
    const { store, mailbox } = trial.runtime;
    expect(JSON.stringify(await store.onboardings.events(reference))).not.toMatch(secrets);
    expect(trial.log.join('\n')).not.toMatch(secrets);
    expect(JSON.stringify(mailbox.list())).not.toMatch(secrets);
    const actor = { kind: 'operator', id: 'gael' } as const;
    await eraseOnboarding(trial.deps, reference, 'asked_by_person', actor);
    expect(await store.interviews.of(reference)).toEqual([]);
    expect(await store.dossiers.submission(reference)).toBeUndefined();
    expect(textOf(await read(conversation, `/operations/${reference}`))).not.toMatch(secrets);
  });
});

describe('The page before the first question', () => {
  it.each(['fr', 'en'] as const)(
    'says that one may answer in an interview, and how to ask (%s)',
    async (language) => {
      const reference = await invited();
      const visitor = await openLink(trial, reference, language);
      const html = await visitor.page('/questionnaire/before');
      expect(textOf(html)).toContain(
        language === 'fr' ? 'Répondre lors d’un entretien' : 'Answer in an interview',
      );
      const { owner } = (await trial.runtime.store.onboardings.now(reference)).state;
      expect(html).toContain(`mailto:${owner}`);
      expect(mailsAbout(reference, /questionnaire/)[0]?.text).toContain('de vive voix');
    },
  );
});
