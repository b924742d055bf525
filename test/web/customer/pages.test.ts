import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideReview } from '../../../functions/application/decide-review.ts';
import type { Answers, QuestionId } from '../../../functions/domain/questionnaire/answers.ts';
import { questionsIn, sections } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { createApp } from '../../../functions/web/app.ts';
import { sirens } from '../../support/canaries.ts';
import {
  fieldsOf,
  filesOf,
  firstViewBytes,
  hasId,
  htmlFaults,
  problemsOf,
  textOf,
} from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { fieldsFor, openLink, type Visitor } from '../../support/visitor.ts';

/** Most that a first view may weigh, compressed, in bytes, and how many requests it may take. */
const budget = { bytes: 14_000, requests: 4 };

/** Everything that opens a further question. */
const branching: Answers = {
  ...plainAnswers,
  A3: 'gip',
  A3b: 'unknown',
  A6: 'yes',
  A6b: 'yes',
  B7: { answer: 'yes', date: '2026-05-04' },
  B8: { answer: 'yes_with_derogation', expiry: '2027-12-31' },
  B9: ['art9', 'minors'],
  B9b: 'over_100k',
  B11: 'done',
};

const letters = sections.map(({ id }) => id);

let trial: Trial;
let next = 0;

/** A system of its own for each group of facts: the register knows only so many organisations. */
function ownTrial(): void {
  beforeAll(async () => {
    trial = await startTrial();
    next = 0;
  });
  afterAll(() => trial.close());
}

async function invited(language: 'fr' | 'en' = 'fr'): Promise<Visitor> {
  const reference = await trial.start(sirens[next] ?? '');
  next += 1;
  return openLink(trial, reference, language);
}

async function fillAll(visitor: Visitor, answers: Answers): Promise<void> {
  for (const letter of letters) {
    const response = await visitor.fill(letter, answers);
    if (response.status !== 303) throw new Error(`${letter}: ${textOf(await response.text())}`);
  }
}

async function submit(visitor: Visitor): Promise<Response> {
  return visitor.send('/questionnaire/check', [['E6', 'yes']]);
}

describe.each(['fr', 'en'] as const)('the journey of a customer who reads %s', (language) => {
  ownTrial();
  it.each([
    { kind: 'plain', answers: plainAnswers },
    { kind: 'branching', answers: branching },
  ])('leads from the link to a result, with $kind answers', async ({ answers }) => {
    const visitor = await invited(language);
    const list = await visitor.page('/questionnaire');
    expect(list.match(/<ol class="tasks">/g)).toHaveLength(1);
    await fillAll(visitor, answers);
    const saved = await visitor.page('/questionnaire');
    expect(textOf(saved)).toContain(
      language === 'fr' ? 'Enregistré le 23 novembre 2026 à 9 h' : 'Saved on 23 November 2026 at 09:00',
    );
    const check = await visitor.page('/questionnaire/check');
    expect(check).toContain(language === 'fr' ? 'Envoyer nos réponses' : 'Submit our answers');

    const sent = await submit(visitor);
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, '/status']);
    const done = await visitor.page('/status');
    expect(done).toContain('role="status"');
    expect(textOf(done)).toContain(visitor.reference);
    const { E6: _, ...expected } = answers;
    const submission = await trial.runtime.store.dossiers.submission(visitor.reference);
    expect(submission?.answers).toEqual({ ...expected, E6: true });

    await trial.runtime.clock.settled();
    const result = await visitor.page('/status');
    expect(textOf(result)).toContain(language === 'fr' ? 'Votre résultat' : 'Your result');
    const record = await visitor.page('/status/answers');
    expect(textOf(record)).toContain('Ada Martin');
    for (const [path, html] of visitor.seen) {
      expect(await htmlFaults(html), path).toEqual([]);
      expect(firstViewBytes(html), path).toBeLessThanOrEqual(budget.bytes);
      expect(1 + filesOf(html).length, path).toBeLessThanOrEqual(budget.requests);
      expect(html, path).toContain(`<html lang="${language}">`);
      expect(html.match(/<h1/g), path).toHaveLength(1);
    }
    const titles = [...visitor.seen.values()].map((html) => /<title>(.*?)<\/title>/.exec(html)?.[1]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  const refusable = letters
    .flatMap((letter) => questionsIn(letter))
    .filter((id) => !['A3b', 'A6b', 'B9b'].includes(id));

  it.each(refusable)('names each problem of %s once above and once at its field', async (id) => {
    const visitor = await invitedOnce(language);
    const wrong: readonly (readonly [string, string])[] = [
      ['C2.usersInScope', 'douze'],
      ['C2.totalStaff', ''],
      ['E1.earliest.day', '31'],
      ['E1.earliest.month', '2'],
      ['E1.earliest.year', '2027'],
      ['E2[1].from.day', '3'],
      ['E2[1].from.month', '4'],
      ['E2[1].from.year', '2027'],
      ['E5.sponsor.email', 'pas une adresse'],
      ['B4', 'none'],
      ['B7.answer', 'yes'],
      ['B7.date.year', '2026'],
    ];
    const own = wrong.filter(
      ([name]) => name === id || name.startsWith(`${id}.`) || name.startsWith(`${id}[`),
    );
    const response = await visitor.sendRaw(
      `/questionnaire/${id}`,
      id === 'B4' ? [...own, ['B4', 'privacy']] : own,
    );
    // Only a list of freeze windows may be left empty.
    if (id === 'E2') expect(own).not.toEqual([]);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain(language === 'fr' ? '<title>Erreur\u202f: ' : '<title>Error: ');
    const { links, inline } = problemsOf(html);
    expect(links.length).toBeGreaterThan(0);
    expect(new Set(links.map(({ id }) => id)).size).toBe(links.length);
    expect(inline.map(({ text }) => text.trim()).toSorted()).toEqual(
      links.map(({ text }) => text).toSorted(),
    );
    expect(inline.map(({ id }) => id).toSorted()).toEqual(links.map(({ id }) => id).toSorted());
    for (const link of links) expect(hasId(html, link.id), link.id).toBe(true);
    expect(await htmlFaults(html)).toEqual([]);
    expect(firstViewBytes(html)).toBeLessThanOrEqual(budget.bytes);
    const places = links.map((link) => html.indexOf(` id="${link.id}"`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const kept = new Map(fieldsOf(html));
    // Empty rows of a list are left out, those that hold something move up.
    for (const [name, value] of own) {
      expect(kept.get(name.replace('E2[1]', 'E2[0]')), name).toBe(value);
    }
  });
});

const once = new Map<string, Promise<Visitor>>();
function invitedOnce(language: 'fr' | 'en'): Promise<Visitor> {
  const known = once.get(language) ?? invited(language);
  once.set(language, known);
  return known;
}

describe('the invitation', () => {
  ownTrial();

  it.each([
    [365, 'effacées un an après', 'erased one year after'],
    [1095, 'effacées 3 ans après', 'erased 3 years after'],
    [90, 'effacées 90 jours après', 'erased 90 days after'],
  ])('tells how long answers are kept: %s days', async (retentionDays, fr, en) => {
    const app = createApp({ ...trial.deps, retentionDays });
    const read = async (language: string) =>
      textOf(await (await app.request(`/f/any?lang=${language}`)).text());
    expect(await read('fr')).toContain(fr);
    expect(await read('en')).toContain(en);
  });
});

describe('a question', () => {
  ownTrial();
  it('is first filled in with what intake and the register know', async () => {
    const visitor = await invited();
    const fields = (page: string) => new Map(fieldsOf(page));
    expect(fields(await visitor.page('/questionnaire/A3')).get('A3')).toBe('state_administration');
    expect(fieldsOf(await visitor.page('/questionnaire/C1'))).toContainEqual(['C1', 'exchange']);
    const contacts = fields(await visitor.page('/questionnaire/E5'));
    expect(contacts.get('E5.projectManager.email')).toBe('zoe.canari@client.example');
  });

  it('that does not arise leads to its section, and refuses an answer with what was typed', async () => {
    const visitor = await invited();
    expect((await visitor.browser.get('/questionnaire/A3b')).headers.get('Location')).toBe(
      '/questionnaire/A',
    );
    const hidden = await visitor.sendRaw('/questionnaire/A3b', [['A3b', 'yes']]);
    const text = textOf(await hidden.text());
    expect([hidden.status, text.includes('ne vous concerne plus')]).toEqual([409, true]);
    expect(text).toMatch(/Ce que vous aviez saisi sur cette page .* Oui/);
    expect(await trial.runtime.store.dossiers.draft(visitor.reference)).toBeUndefined();
  });

  it('leads to the next one, and a follow-up comes next as soon as it arises', async () => {
    const visitor = await invited();
    const pathAfter = async (id: QuestionId, answers: Answers) =>
      (await visitor.answer(id, answers)).headers.get('Location');
    expect(await pathAfter('A3', plainAnswers)).toBe('/questionnaire/A4');
    expect(await pathAfter('A3', { ...plainAnswers, A3: 'gip' })).toBe('/questionnaire/A3b');
    expect(textOf(await visitor.page('/questionnaire/A3b'))).toContain('Question 2 sur 6');
    expect(await visitor.page('/questionnaire/A4')).toContain('href="/questionnaire/A3b"');
    expect(await pathAfter('A7', plainAnswers)).toBe('/questionnaire/A');
  });

  it('comes back to where it was opened, by way of the follow-up that its answer brings up', async () => {
    const visitor = await invited();
    await visitor.fill('A', plainAnswers);
    const gip = { ...plainAnswers, A3: 'gip', A3b: 'yes' } as const;
    const change = async (path: string, id: QuestionId) =>
      (await visitor.send(path, fieldsFor(id, gip), path)).headers.get('Location');
    expect(await change('/questionnaire/A3?return=section', 'A3')).toBe('/questionnaire/A3b?return=section');
    expect(await change('/questionnaire/A3b?return=section', 'A3b')).toBe('/questionnaire/A');
    expect(await change('/questionnaire/A3?return=check', 'A3')).toBe('/questionnaire/check');
    expect(await change('/questionnaire/A3?return=list', 'A3')).toBe('/questionnaire');
    expect(await change('/questionnaire/A3?return=//elsewhere.example', 'A3')).toBe('/questionnaire/A3b');
  });

  it('refuses fields it does not have, and stores nothing of them', async () => {
    const visitor = await invited();
    const strange = await visitor.send('/questionnaire/A4', [...fieldsFor('A4', plainAnswers), ['D1', '4']]);
    expect(strange.status).toBe(400);
    expect(await strange.text()).toContain('D1');
    expect(await trial.runtime.store.dossiers.draft(visitor.reference)).toBeUndefined();
  });

  it('that does not exist is not found', async () => {
    const visitor = await invited();
    expect((await visitor.browser.get('/questionnaire/Z')).status).toBe(404);
    expect((await visitor.sendRaw('/questionnaire/Z', [])).status).toBe(404);
    expect((await visitor.browser.get('/questionnaire/E6')).status).toBe(404);
  });

  it('takes numbers as people write them', async () => {
    const visitor = await invited();
    const decorated = fieldsFor('C2', plainAnswers).map(([name, value]): readonly [string, string] =>
      name === 'C2.totalStaff' ? [name, '\u200b12\u00a0000 '] : [name, value],
    );
    expect((await visitor.send('/questionnaire/C2', decorated)).status).toBe(303);
    const draft = await trial.runtime.store.dossiers.draft(visitor.reference);
    expect(draft?.saved.get('C2')?.value).toEqual({ usersInScope: 100, totalStaff: 12_000 });
  });

  it('left for later keeps what is valid, asks for the rest, and is finished by a colleague', async () => {
    const visitor = await invited();
    const sizes = { 'C3.under_1': '120', 'C3.1_10': '8', 'C3.10_50': 'beaucoup', 'C3.50_100': '' };
    const left = await visitor.sendRaw('/questionnaire/C3', [...Object.entries(sizes), ['save', 'later']]);
    expect([left.status, left.headers.get('Location')]).toEqual([303, '/questionnaire']);
    const list = textOf(await visitor.page('/questionnaire'));
    expect(list).toContain('Ce qui était valable est gardé ; la réponse reste à compléter.');
    expect(list).toContain('En cours');
    expect(textOf(await visitor.page('/questionnaire/C'))).toContain('Réponse à compléter');

    const colleague = await openLink(trial, visitor.reference);
    const page = await colleague.page('/questionnaire/C3');
    expect(textOf(page)).toContain('Cette réponse n’est pas complète');
    const kept = new Map(fieldsOf(page));
    expect([kept.get('C3.under_1'), kept.get('C3.1_10'), kept.get('C3.10_50')]).toEqual(['120', '8', '']);
    expect((await colleague.answer('C3', plainAnswers)).status).toBe(303);
    expect(textOf(await visitor.page('/questionnaire/C3'))).not.toContain('n’est pas complète');
  });

  it.each([
    ['B4', [['B4', '']], undefined],
    ['E2', [], []],
    ['C5', [['C5.apps', 'none']], undefined],
  ] as const)('takes back the answer to %s that is emptied and left for later', async (id, fields, value) => {
    const visitor = await invited();
    await visitor.answer(id, { ...plainAnswers, E2: [{ from: '2027-05-01', to: '2027-05-08' }] });
    const shown = fieldsOf(await visitor.page(`/questionnaire/${id}`));
    const own = shown.filter(([name]) => !name.startsWith(id) && name !== '_csrf');
    await visitor.sendRaw(`/questionnaire/${id}`, [...own, ...fields, ['save', 'later']]);
    const draft = await trial.runtime.store.dossiers.draft(visitor.reference);
    expect(draft?.saved.get(id)?.value).toEqual(value);
  });

  it('keeps its answer when it is left for later as it was', async () => {
    const visitor = await invited();
    await visitor.answer('B4', plainAnswers);
    await visitor.send('/questionnaire/B4', [['save', 'later']]);
    const draft = await trial.runtime.store.dossiers.draft(visitor.reference);
    expect(draft?.saved.get('B4')).toMatchObject({ value: plainAnswers.B4, version: 1 });
  });

  it('drops a date that belongs to another choice than the one made', async () => {
    const visitor = await invited();
    const sent = await visitor.sendRaw('/questionnaire/B7', [
      ['B7.answer', 'no'],
      ['B7.date.day', '4'],
      ['B7.date.month', '5'],
      ['B7.date.year', '2026'],
    ]);
    expect(sent.status).toBe(303);
    const draft = await trial.runtime.store.dossiers.draft(visitor.reference);
    expect(draft?.saved.get('B7')?.value).toEqual({ answer: 'no' });
  });

  it('shows more rows for freeze windows when asked, and keeps what was typed without saving it', async () => {
    const visitor = await invited();
    const rows = (html: string) => html.match(/id="field-E2-\d+"/g)?.length;
    const before = await visitor.page('/questionnaire/E2');
    const more = await visitor.send('/questionnaire/E2', [
      ['E2[0].from.day', '7'],
      ['add', 'E2'],
    ]);
    const html = await more.text();
    expect([more.status, Number(rows(html)) > Number(rows(before))]).toEqual([200, true]);
    expect(new Map(fieldsOf(html)).get('E2[0].from.day')).toBe('7');
    expect(await trial.runtime.store.dossiers.draft(visitor.reference)).toBeUndefined();
  });

  it('keeps what two people save in different sections at the same time', async () => {
    const visitor = await invited();
    const colleague = await openLink(trial, visitor.reference);
    const saved = await Promise.all([visitor.fill('A', plainAnswers), colleague.fill('D', plainAnswers)]);
    expect(saved.map(({ status }) => status)).toEqual([303, 303]);
    const draft = await trial.runtime.store.dossiers.draft(visitor.reference);
    expect([draft?.saved.get('A3')?.value, draft?.saved.get('D1')?.value]).toEqual(['company', 4]);
  });

  it('leads back to the check page when it was opened from there', async () => {
    const visitor = await invited();
    await fillAll(visitor, plainAnswers);
    const check = await visitor.page('/questionnaire/check');
    const link = /href="(\/questionnaire\/C7\?return=check)"/.exec(check)?.[1] ?? '';
    const changed = await visitor.send(link, [['C7', 'vpn']]);
    expect(changed.headers.get('Location')).toBe('/questionnaire/check');
    const text = textOf(await visitor.page('/questionnaire/check'));
    expect(text).toContain('VPN');
    expect(text).toContain('Modifier : Connectivité');
  });
});

describe('a section', () => {
  ownTrial();
  it('shows its answers with who saved them, and asks whether it is completed once nothing is missing', async () => {
    const visitor = await invited();
    await visitor.answer('A3', plainAnswers);
    const half = await visitor.page('/questionnaire/A');
    expect(textOf(half)).toContain('Il reste 4 questions sans réponse.');
    expect(half).not.toContain('name="completed"');
    expect(half).toContain('href="/questionnaire/A?lang=en"');
    await visitor.fill('A', plainAnswers);
    const whole = await visitor.page('/questionnaire/A');
    expect(await htmlFaults(whole)).toEqual([]);
    expect(textOf(whole)).toContain('Avez-vous terminé cette partie ?');
    expect(textOf(whole)).toContain(
      'Dernier enregistrement le 23 novembre 2026 à 9 h (heure de Paris), avec votre lien personnel.',
    );
    const silent = await visitor.send('/questionnaire/A');
    expect([silent.status, problemsOf(await silent.text()).links.map(({ id }) => id)]).toEqual([
      422,
      ['field-completed'],
    ]);
  });

  it('is completed when someone says so, and no longer when someone takes it back', async () => {
    const visitor = await invited();
    await visitor.fill('A', plainAnswers);
    const done = async () =>
      /Parties terminées : (\d)/.exec(textOf(await visitor.page('/questionnaire')))?.[1];
    const say = (word: string) => visitor.send('/questionnaire/A', [['completed', word]]);
    expect(await done()).toBe('0');
    expect((await say('yes')).headers.get('Location')).toBe('/questionnaire');
    await say('yes');
    expect(await done()).toBe('1');
    await say('no');
    expect(await done()).toBe('0');
    expect(textOf(await visitor.page('/questionnaire/check'))).not.toContain('parties sont terminées');
    for (const letter of letters) await visitor.fill(letter, plainAnswers);
    await say('yes');
    const check = textOf(await visitor.page('/questionnaire/check'));
    expect(check).toContain('Personne n’a encore indiqué que ces parties sont terminées');
    expect(check).toContain('Envoyer nos réponses');
  });
});

describe('the questionnaire', () => {
  ownTrial();
  it('ends politely with classified information in scope, and may be submitted so', async () => {
    const visitor = await invited();
    const ended = await visitor.sendRaw('/questionnaire/B1', [['B1', 'yes']]);
    expect(ended.headers.get('Location')).toBe('/questionnaire/check');
    const check = await visitor.page('/questionnaire/check');
    expect(textOf(check)).toContain('officier de sécurité');
    expect(await htmlFaults(check)).toEqual([]);
    expect((await submit(visitor)).headers.get('Location')).toBe('/status');
    await trial.runtime.clock.settled();
    expect(textOf(await visitor.page('/status'))).toContain('seule une personne peut le décider');
  });

  it('goes on after sixty days by the same link, with everything that was saved', async () => {
    const visitor = await invited();
    await visitor.fill('A', plainAnswers);
    await visitor.send('/questionnaire/A', [['completed', 'yes']]);
    const { clock } = trial.runtime;
    await clock.jumpTo(new Date(clock.now().getTime() + 60 * 86_400_000));
    const back = await openLink(trial, visitor.reference);
    expect(textOf(await back.page('/questionnaire'))).toContain('Parties terminées : 1 sur 5');
    expect(new Map(fieldsOf(await back.page('/questionnaire/A4'))).get('A4')).toBe('none');
  });

  it('says what is missing by links, and is not submitted before', async () => {
    const visitor = await invited();
    await visitor.fill('A', plainAnswers);
    const check = await visitor.page('/questionnaire/check');
    expect(check).not.toContain('Envoyer nos réponses');
    expect(check).toContain('href="/questionnaire/B1"');
    const early = await visitor.sendRaw('/questionnaire/check', [
      ['E6', 'yes'],
      ['version', '1'],
    ]);
    expect(early.headers.get('Location')).toBe('/questionnaire/check');
    expect((await trial.runtime.store.onboardings.now(visitor.reference)).state.submission).toBe(0);
  });

  it('asks for the attestation, and again when answers changed since they were read', async () => {
    const visitor = await invited();
    await fillAll(visitor, plainAnswers);
    const without = await visitor.send('/questionnaire/check');
    expect([without.status, problemsOf(await without.text()).links[0]?.id]).toEqual([422, 'field-E6']);
    const fields = fieldsOf(await visitor.page('/questionnaire/check')).filter(
      ([name]) => name === 'version',
    );
    await visitor.answer('C7', { ...plainAnswers, C7: 'vpn' });
    const stale = await visitor.sendRaw('/questionnaire/check', [...fields, ['E6', 'yes']]);
    expect(stale.status).toBe(422);
    expect(textOf(await stale.text())).toContain('Des réponses ont changé');
  });

  it('is submitted once: the same form sent again changes nothing and says since when', async () => {
    const visitor = await invited();
    await fillAll(visitor, plainAnswers);
    const fields = fieldsOf(await visitor.page('/questionnaire/check'));
    const forms = [...fields, ['E6', 'yes']] as const;
    const answers = await Promise.all([
      visitor.sendRaw('/questionnaire/check', forms),
      visitor.sendRaw('/questionnaire/check', forms),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    const again = await visitor.sendRaw('/questionnaire/check', forms);
    const text = textOf(await again.text());
    expect([again.status, text.includes('Vos réponses ont déjà été envoyées')]).toEqual([409, true]);
    expect((await trial.runtime.store.onboardings.now(visitor.reference)).state.submission).toBe(1);
    const late = await visitor.sendRaw('/questionnaire/A4', fieldsFor('A4', plainAnswers));
    expect(late.status).toBe(409);
    expect((await visitor.browser.get('/questionnaire')).headers.get('Location')).toBe('/status');
  });

  it('marks the questions asked again, with the message, and takes each one changed or confirmed', async () => {
    const visitor = await invited();
    await fillAll(visitor, { ...plainAnswers, B2: 'unknown' });
    await submit(visitor);
    await trial.runtime.clock.settled();
    const asked = { questions: ['B2', 'B9'], message: 'Première ligne <b>\nSeconde ligne' };
    await decideReview(
      trial.runtime,
      visitor.reference,
      { kind: 'readiness', decision: 'ask_customer', reason: 'To be made clear', ...asked },
      { kind: 'operator', id: 'op' },
    );
    await trial.runtime.clock.settled();
    expect(textOf(await visitor.page('/status'))).toMatch(
      /revoir certaines de vos réponses.*Répondez au plus tard le/,
    );
    const list = await visitor.page('/questionnaire');
    expect(await htmlFaults(list)).toEqual([]);
    expect(list).toContain('href="/questionnaire/B2?return=list"');
    expect(list).toContain('href="/questionnaire/B9?return=list"');
    expect(list).toContain('Première ligne &lt;b&gt;<br>Seconde ligne');
    expect(list.match(/>À revoir</g)).toHaveLength(2);
    for (const id of ['B2', 'B9', 'B10']) {
      const marks = (await visitor.page(`/questionnaire/${id}`)).match(/À revoir, à notre demande/g) ?? [];
      expect([id, marks.length]).toEqual([id, id === 'B10' ? 0 : 1]);
    }

    await visitor.answer('B2', { ...plainAnswers, B2: 'no' });
    const after = textOf(await visitor.page('/questionnaire'));
    expect(after).toMatch(/Diffusion Restreinte.* Réponse modifiée Données personnelles À revoir/);
    const check = await visitor.page('/questionnaire/check');
    expect(await htmlFaults(check)).toEqual([]);
    expect(check).not.toContain('confirmed.B2');
    const refused = await visitor.send('/questionnaire/check', [['E6', 'yes']]);
    const page = await refused.text();
    expect([refused.status, problemsOf(page).links.map(({ id }) => id)]).toEqual([
      422,
      ['field-confirmed-B9'],
    ]);
    expect(textOf(page)).toContain('Données personnelles : nous vous avons demandé de revoir cette réponse');
    const sent = await visitor.send('/questionnaire/check', [
      ['E6', 'yes'],
      ['confirmed.B9', 'yes'],
    ]);
    expect(sent.headers.get('Location')).toBe('/status');
    await trial.runtime.clock.settled();
    const { state } = await trial.runtime.store.onboardings.now(visitor.reference);
    expect([state.submission, state.questionsAsked]).toEqual([2, undefined]);
    expect(textOf(await visitor.page('/status'))).not.toContain('Seconde ligne');
  });

  it('says to who comes after the end of its silence what became of its answers, and whom to ask', async () => {
    const visitor = await invited();
    await fillAll(visitor, { ...plainAnswers, B2: 'unknown' });
    await submit(visitor);
    await trial.runtime.clock.settled();
    await decideReview(
      trial.runtime,
      visitor.reference,
      { kind: 'readiness', decision: 'ask_customer', reason: 'x', questions: ['B2'], message: 'y' },
      { kind: 'operator', id: 'op' },
    );
    await trial.runtime.clock.settled();
    const { clock } = trial.runtime;
    await clock.jumpTo(new Date(clock.now().getTime() + 70 * 86_400_000));
    const back = await openLink(trial, visitor.reference);
    const late = await back.sendRaw('/questionnaire/check', [['E6', 'yes']]);
    const text = textOf(await late.text());
    expect([late.status, text.includes('Le délai pour revoir vos réponses est passé')]).toEqual([409, true]);
    expect(text).not.toContain('déjà été envoyées');
  });

  it('says which sections an operator asked to complete', async () => {
    const visitor = await invited();
    await fillAll(visitor, { ...plainAnswers, B2: 'unknown' });
    await submit(visitor);
    await trial.runtime.clock.settled();
    await decideReview(
      trial.runtime,
      visitor.reference,
      { kind: 'readiness', decision: 'ask_customer', reason: 'To be made clear', sections: ['B'] },
      { kind: 'operator', id: 'op' },
    );
    await trial.runtime.clock.settled();
    const list = await visitor.page('/questionnaire');
    expect(textOf(list)).toContain('partie B');
    expect(list.match(/À compléter, à notre demande/g)).toHaveLength(1);
    expect(textOf(await visitor.page('/status'))).not.toContain('To be made clear');
  });
});
