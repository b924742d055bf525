import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { createWave } from '../../../functions/application/change-wave.ts';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { system } from '../../../functions/domain/onboarding/actor.ts';
import { eventLabels } from '../../../functions/domain/onboarding/events.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { sections } from '../../../functions/domain/questionnaire/questionnaire.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { secretiveAnswers, sirens } from '../../support/canaries.ts';
import { notReady } from '../../support/journeys.ts';
import { fieldsOf, firstViewBytes, htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';

let trial: Trial;
let next = 0;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

async function invited(): Promise<Visitor> {
  const reference = await trial.start(sirens[next] ?? '');
  next += 1;
  return openLink(trial, reference);
}

async function submit(visitor: Visitor, answers: Answers): Promise<void> {
  for (const { id: section } of sections) await visitor.fill(section, answers);
  const sent = await visitor.send('/questionnaire/check', [['E6', 'yes']]);
  if (sent.headers.get('Location') !== '/status') throw new Error(textOf(await sent.text()));
  await trial.runtime.clock.settled();
}

async function submitted(answers: Partial<Answers> = {}): Promise<Visitor> {
  const visitor = await invited();
  await submit(visitor, { ...secretiveAnswers, ...answers });
  return visitor;
}

async function status(visitor: Visitor): Promise<string> {
  const html = await visitor.page('/status');
  expect(await htmlFaults(html)).toEqual([]);
  expect(firstViewBytes(html)).toBeLessThanOrEqual(14_000);
  return textOf(html);
}

const stageOf = async ({ reference }: Visitor) =>
  (await trial.runtime.store.onboardings.now(reference)).state.stage;

describe('the share of the answers that are known', () => {
  it.each<readonly [string, Partial<Answers>, readonly string[]]>([
    [
      'of the readiness',
      { D9: 'unknown' },
      ['Thèmes de préparation évalués 95 %', 'Je ne sais pas » Conduite du'],
    ],
    ['elsewhere', { A5: 'unknown' }, ['Je ne sais pas » NIS 2']],
    ['in a part', { C5: { apps: 'unknown', guests: 'none' } }, ['Je ne sais pas » Applications liées']],
  ])('is never shown as whole to someone who answered "I do not know" %s', async (_where, answers, words) => {
    const visitor = await submitted(answers);
    const text = (await status(visitor)).replaceAll(/[\u00a0\u202f]/g, ' ');
    for (const each of words) expect(text).toContain(each);
    // Each name leads to where the answer can be read.
    const [, id = ''] = /href="\/status\/answers#(question-\w+)"/.exec(await visitor.page('/status')) ?? [];
    expect(await visitor.page('/status/answers')).toContain(`id="${id}"`);
    const operator = await trial.staff({ roles: ['operator', 'sales'], team: 'state' });
    const staff = await Promise.all(
      ['operations', 'sales'].map(async (place) =>
        textOf(await (await operator.get(`/${place}/${visitor.reference}`)).text()),
      ),
    );
    for (const page of [text, ...staff]) expect(page).not.toMatch(/100\s?%|réponses connues/);
  });

  it('says that no answer is open when none is', async () => {
    const text = (await status(await submitted())).replaceAll(/[\u00a0\u202f]/g, ' ');
    expect(text).toContain('Réponses « Je ne sais pas » Aucune');
  });
});

describe('a customer with a place held', () => {
  it('sees until when it is held and what each answer entails, and confirms it once', async () => {
    const visitor = await submitted();
    expect(await status(visitor)).toContain(
      'Sans réponse de votre part au plus tard le 3 décembre 2026 à 9 h (heure de Paris), cette place sera rendue.',
    );
    for (const decision of ['confirm', 'decline']) {
      const html = await visitor.page(`/status/wave/${decision}`);
      expect(textOf(html)).toContain('Ce que cela entraîne');
      expect(await htmlFaults(html)).toEqual([]);
    }
    const fields = fieldsOf(await visitor.page('/status/wave/confirm'));
    const answers = [
      await visitor.sendRaw('/status/wave/confirm', fields),
      await visitor.sendRaw('/status/wave/confirm', fields),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([303, 409]);
    await trial.runtime.clock.settled();
    expect(await status(visitor)).toMatch(
      /Prochaine étape : calendrier arrêté, le .* Bascule le 9 mars 2027/,
    );
    expect((await visitor.browser.get('/status/wave/confirm')).status).toBe(409);
  });

  it('reads that its date is to change once the parent of its group no longer comes before it', async () => {
    const visitor = await submitted();
    await visitor.send('/status/wave/confirm');
    await trial.runtime.clock.settled();
    await trial.runtime.store.onboardings.change<void>(visitor.reference, async () => ({
      result: undefined,
      change: {
        to: 'GO_NO_GO',
        set: { cause: 'PARENT_NOT_BEFORE' },
        event: { type: 'PARENT_MOVED', actor: system, data: { wave: '' } },
      },
    }));
    const text = await status(visitor);
    expect(text).toContain(
      'L’entité de tête du groupe ne bascule pas en premier : une autre date doit être choisie.',
    );
    expect(text).not.toContain('Prochaine étape');
  });

  it('gets another date, and an answer to the one before decides nothing', async () => {
    const visitor = await submitted();
    const before = fieldsOf(await visitor.page('/status/wave/confirm'));
    await answerWave(trial.runtime, visitor.reference, 'another_date', { kind: 'customer', id: 'link' });
    await trial.runtime.clock.settled();
    const stale = await visitor.sendRaw('/status/wave/confirm', before);
    expect([stale.status, textOf(await stale.text()).includes('La place a changé')]).toEqual([409, true]);
    expect(await stageOf(visitor)).toBe('WAVE_HELD');
    expect(await status(visitor)).toContain('Autre date demandée');
  });

  it('may decline, which closes the file and says so', async () => {
    const visitor = await submitted();
    expect((await visitor.send('/status/wave/decline')).status).toBe(303);
    await trial.runtime.clock.settled();
    const text = await status(visitor);
    expect(text).toContain('Vous avez renoncé à cette vague');
    expect(text).toContain('Décliné par votre organisme');
    expect(text).not.toContain('Retirer notre demande');
  });

  it('finds no page for a decision that does not exist', async () => {
    const visitor = await invited();
    expect((await visitor.browser.get('/status/wave/maybe')).status).toBe(404);
    expect((await visitor.browser.get('/status/offer/maybe')).status).toBe(404);
    expect((await visitor.browser.get('/status/offer/accept')).status).toBe(409);
  });
});

describe('a customer on the waiting list', () => {
  it('reads its rank and why there is no date yet', async () => {
    const visitor = await submitted({ E2: [{ from: '2027-01-01', to: '2028-12-31' }] });
    const text = await status(visitor);
    expect(text).toMatch(/au rang 1 le 23 novembre 2026/);
    expect(text).toContain(
      'Ce rang peut changer : les échéances et les obligations légales passent d’abord.',
    );
    expect(text).toContain('Une place se libère quand une autre organisation rend la sienne');
    expect(text).toContain('Pas encore de date : ');
    expect(text).not.toContain('devant vous');
  });
});

describe('a customer that is offered a place', () => {
  const offered = { E2: [{ from: '2027-01-01', to: '2028-12-31' }] };
  const wave = (cutover: string): Wave => ({
    ...{ id: `sud-${cutover}`, site: 'sud', kind: 'MIGRATION', state: 'OPEN', cutover },
    capacity: { customers: 1, points: 90, complex: 1 },
    booked: { customers: 0, points: 0, complex: 0 },
  });
  const operator = { kind: 'operator', id: 'op' } as const;

  it('refuses it and keeps its rank, or accepts the next one', async () => {
    const visitor = await submitted(offered);
    // Whoever waits since earlier in this file makes room.
    for (const { reference } of (await trial.runtime.store.waitingList.page({ limit: 10 })).items) {
      if (reference !== visitor.reference) await withdraw(trial.runtime, reference, 'Makes room', operator);
    }
    await createWave(trial.runtime, wave('2029-03-06'), { actor: system });
    await trial.runtime.clock.settled();
    const text = await status(visitor);
    expect(text).toContain('Une place est disponible, avec une bascule le 6 mars 2029');
    expect(text).toContain('Qui doit agir : vous');
    expect(await htmlFaults(await visitor.page('/status/offer/refuse'))).toEqual([]);
    expect((await visitor.send('/status/offer/refuse')).status).toBe(303);
    await trial.runtime.clock.settled();
    expect(await status(visitor)).toMatch(/vous gardez votre rang.* au rang 1\b/);

    await createWave(trial.runtime, wave('2029-04-03'), { actor: system });
    await trial.runtime.clock.settled();
    expect((await visitor.send('/status/offer/accept')).headers.get('Location')).toBe('/status');
    await trial.runtime.clock.settled();
    expect(await stageOf(visitor)).toBe('WAVE_CONFIRMED');
    expect(await status(visitor)).toContain('Bascule le 3 avril 2029');
  });
});

describe('a customer that prepares', () => {
  it('sees how to reach the next tier, updates its answers from those submitted, and sees the change', async () => {
    const visitor = await submitted(notReady);
    const text = await status(visitor);
    expect(text).toContain('Comment atteindre le niveau suivant');
    expect(text).toMatch(
      /Classification et conformité : passer de « 1 : amorcé » à « \d : fait[^»]* » \(\+ /,
    );
    expect(text).toContain('Votre vague de préparation commence le');

    const page = await visitor.page('/questionnaire/D1');
    expect(new Map(fieldsOf(page)).get('D1')).toBe('1');
    await visitor.fill('D', secretiveAnswers);
    const check = await visitor.send('/questionnaire/check', [['E6', 'yes']]);
    expect(check.headers.get('Location')).toBe('/status');
    await trial.runtime.clock.settled();
    const after = await status(visitor);
    expect(after).toContain('En progrès');
    expect(after).toContain('Stratégie : « 1 : amorcé » → « 4 : fait et testé »');
    expect(await stageOf(visitor)).toBe('WAVE_HELD');
  });
});

describe('a customer that leaves', () => {
  it('declines the invitation from the link, with a reason', async () => {
    const reference = await trial.start(sirens[next] ?? '');
    next += 1;
    const browser = trial.browser();
    for (const language of ['fr', 'en']) {
      const invitation = await (
        await browser.get(`${await trial.linkOf(reference)}?lang=${language}`)
      ).text();
      expect(await htmlFaults(invitation)).toEqual([]);
      expect(textOf(invitation)).toContain(
        language === 'fr' ? 'Comptez 15 à 20 minutes' : 'Allow 15 to 20 minutes',
      );
    }
    await browser.get('/?lang=fr');
    const led = await browser.post(await trial.linkOf(reference), { wish: 'decline' });
    expect(led.headers.get('Location')).toBe('/questionnaire/decline');
    const deceiving = await browser.post('/questionnaire/decline', { reason: 'Autre \u202eprojet' });
    expect(deceiving.status).toBe(422);
    const silent = await browser.post('/questionnaire/decline', { reason: ' ' });
    expect(silent.status).toBe(422);
    const html = await silent.text();
    expect(problemsOf(html).links.map(({ id }) => id)).toEqual(['field-reason']);
    expect(await htmlFaults(html)).toEqual([]);
    const declined = await browser.post('/questionnaire/decline', { reason: 'Autre projet' });
    expect(declined.headers.get('Location')).toBe('/status');
    await trial.runtime.clock.settled();
    const text = textOf(await (await browser.get('/status')).text());
    expect(text).toContain('Vous avez décliné l’invitation');
    expect(text).toContain('Invitation déclinée');
  });

  it('withdraws after the submission; a colleague whose page is still open is told', async () => {
    const visitor = await submitted();
    const colleague = await openLink(trial, visitor.reference);
    expect(await htmlFaults(await visitor.page('/status/withdrawal'))).toEqual([]);
    const gone = await visitor.send('/status/withdrawal', [['reason', 'Budget refusé']]);
    expect(gone.headers.get('Location')).toBe('/status');
    const late = await colleague.sendRaw('/status/withdrawal', [['reason', 'Nous aussi']]);
    expect([late.status, textOf(await late.text()).includes('Ce dossier est clos')]).toEqual([409, true]);
    const closed = await status(visitor);
    expect(closed).toContain('Demande retirée');
    expect(closed).toContain('Conservées jusqu’au 23 novembre 2027, puis effacées');
  });

  it('is told that a file closed meanwhile takes no more answers', async () => {
    const visitor = await invited();
    await withdraw(trial.runtime, visitor.reference, 'Asked by telephone', { kind: 'sales', id: 's' });
    const saved = await visitor.sendRaw('/questionnaire/D1', [
      ['D1', '4'],
      ['save', 'later'],
    ]);
    expect([saved.status, textOf(await saved.text()).includes('Ce dossier est clos')]).toEqual([409, true]);
    expect(await status(visitor)).not.toContain('Asked by telephone');
  });
});

describe('what others must not see', () => {
  it('stays with the customer it belongs to', async () => {
    const one = await submitted({ E3: 4_711 });
    const other = await invited();
    for (const path of ['/status', '/questionnaire', '/questionnaire/A', '/questionnaire/check']) {
      const html = await other.page(path);
      expect(html, path).not.toContain(one.reference);
      expect(html, path).not.toContain('noa.canarijaune');
    }
    expect((await other.browser.get('/status/answers')).headers.get('Location')).toBe('/status');
    expect(textOf(await one.page('/status/answers'))).toContain('4 711');
  });

  it('asks strangers for their link, on every page', async () => {
    const stranger = trial.browser();
    for (const path of [
      '/status',
      '/status/answers',
      '/status/withdrawal',
      '/status/wave/confirm',
      '/status/offer/accept',
      '/questionnaire',
      '/questionnaire/A',
      '/questionnaire/check',
      '/questionnaire/decline',
    ]) {
      expect((await stranger.get(path)).status, path).toBe(401);
    }
  });

  it('stands in no address and in no line of the log', async () => {
    const visitor = await submitted();
    const pages = [...visitor.seen.values()].join('');
    const addresses = [...pages.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(50);
    expect(addresses.filter((address) => /canari|83179/i.test(address))).toEqual([]);
    expect(trial.log.filter((line) => /canari|83179|4711|Budget refusé/i.test(line))).toEqual([]);
  });
});

describe('the timeline', () => {
  it('has words for every kind of event that the system records', () => {
    const root = new URL('../../../functions/', import.meta.url);
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.startsWith('web/'),
    );
    const types = sources.flatMap((name) => {
      const source = readFileSync(new URL(name, root), 'utf8');
      return [...source.matchAll(/type: (?:[^,\n]*\? )?'([A-Z][A-Z_]+)'(?: : '([A-Z][A-Z_]+)')?/g)].flatMap(
        ([, one, other]) => [one, other].filter((type) => type !== undefined),
      );
    });
    const told = new Set(types);
    expect(told.size).toBeGreaterThan(30);
    expect([...told].filter((type) => !Object.hasOwn(eventLabels, type))).toEqual([]);
  });
});
