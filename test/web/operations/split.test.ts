import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partReference } from '../../../functions/domain/onboarding/reference.ts';
import { tooLarge } from '../../support/journeys.ts';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf, sendForm } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
let operator: Browser;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
});
afterAll(() => trial.close());

type Fields = [string, string][];

/** The 30,000 users of a customer larger than every wave, in two parts. */
const parts: Fields = [
  ['count', '2'],
  ['parts[0].scope', 'Siège'],
  ['parts[0].users', '12 000'],
  ['parts[0].mailboxesOver50', '0'],
  ['parts[0].servers', '4'],
  ['parts[1].scope', 'Régions'],
  ['parts[1].users', '18000'],
  ['parts[1].mailboxesOver50', '0'],
  ['parts[1].servers', '0'],
  ['reason', 'Réparti avec le client'],
];

function withField(name: string, value: string): Fields {
  return parts.map(([field, before]) => [field, field === name ? value : before]);
}

const pathOf = (reference: string) => `/operations/${reference}/split`;

async function readPage(html: string): Promise<string> {
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

/** What the page has shown with its points, as its form sends it back. */
function shownIn(html: string): string {
  const [, shown = ''] = /name="shown" value="([^"]*)"/.exec(html) ?? [];
  return shown.replaceAll('&quot;', '"');
}

async function split(): Promise<string> {
  const reference = await cast.answered(tooLarge);
  const { reviews } = (await trial.runtime.store.onboardings.now(reference)).state;
  const seen: Fields = [...parts, ['seen', String(reviews)]];
  const checked = await (await sendForm(operator, pathOf(reference), seen)).text();
  const sent = await sendForm(operator, pathOf(reference), [
    ...seen,
    ['shown', shownIn(checked)],
    ['decide', 'yes'],
  ]);
  expect([sent.status, sent.headers.get('Location')]).toEqual([303, `/operations/${reference}`]);
  await trial.runtime.clock.settled();
  return reference;
}

describe('the page on which an operator splits an onboarding', () => {
  it('is led to by the review, and begins with equal parts that add up', async () => {
    const reference = await cast.answered(tooLarge);
    expect(await (await operator.get(`/operations/${reference}/review`)).text()).toContain(
      `href="${pathOf(reference)}"`,
    );
    const html = await (await operator.get(`${pathOf(reference)}?count=3`)).text();
    expect(await readPage(html)).toContain('Partie 3');
    expect([...html.matchAll(/name="parts\[\d\]\.users" value="(\d+)"/g)].map(([, users]) => users)).toEqual([
      '10000',
      '10000',
      '10000',
    ]);
  });

  it('shows the points of each part before anything is decided, and decides on what it has shown only', async () => {
    const reference = await cast.answered(tooLarge);
    const html = await (await sendForm(operator, pathOf(reference), [...parts, ['decide', 'yes']])).text();
    const text = await readPage(html);
    expect(text).toContain('1. Siège Points : 121 points d’effort');
    expect(text).toContain('2. Régions Points : 180 points d’effort');
    expect(text).toContain('La plus grande vague en offre 240 points d’effort.');
    expect(await cast.stageOf(reference)).toBe('IN_REVIEW');
    const other = withField('parts[0].scope', 'Ailleurs');
    await sendForm(operator, pathOf(reference), [...other, ['shown', shownIn(html)], ['decide', 'yes']]);
    expect(await cast.stageOf(reference)).toBe('IN_REVIEW');
  });

  it.each([
    ['parts[1].users', '17999', 'Utilisateurs : la somme des parties ne correspond pas à l’ensemble'],
    ['parts[0].users', 'douze', 'Partie 1, Utilisateurs : '],
    ['parts[1].scope', 'SIEGE', 'Partie 2, Périmètre : ce périmètre est déjà celui d’une autre partie'],
    ['parts[0].scope', '', 'Partie 1, Périmètre : '],
    ['reason', '', 'Motif : '],
  ])('refuses %s = "%s" and says why', async (name, value, words) => {
    const reference = await cast.answered(tooLarge);
    const refused = await sendForm(operator, pathOf(reference), withField(name, value));
    expect(refused.status).toBe(422);
    const html = await refused.text();
    await readPage(html);
    expect(JSON.stringify(problemsOf(html).links).replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(words);
    expect(html).toContain(
      'value="Régions"'.replace('Régions', name === 'parts[1].scope' ? 'SIEGE' : 'Régions'),
    );
  });

  it('is not there without a placement review', async () => {
    const reference = await cast.answered();
    expect((await operator.get(pathOf(reference))).status).toBe(409);
    const opened = await sendForm(operator, `/operations/${reference}/placement-review`, [
      ['reason', 'demandé'],
    ]);
    expect(opened.status).toBe(303);
    await trial.runtime.clock.settled();
    expect((await operator.get(pathOf(reference))).status).toBe(200);
  });
});

describe('a customer that was split', () => {
  it('sees each part, its date and what to do, and answers for each by itself', async () => {
    const reference = await split();
    const visitor = await openLink(trial, reference);
    const status = await readPage(await visitor.page('/status'));
    expect(status).toContain('Votre migration se fait en plusieurs parties.');
    expect(status).toContain('Qui doit agir : vous, pour les parties 1 et 2');
    expect(status).not.toContain('Pas encore de date');
    expect(status).toContain('Partie 1 : Siège');
    expect(status).toContain('Partie 2 : Régions');
    const part = await readPage(await visitor.page('/status/parts/2'));
    expect(part).toContain('Partie 2 : Régions');
    expect(part).toContain('Confirmer cette date');
    const confirm = await visitor.page('/status/parts/2/wave/confirm');
    expect(confirm).toContain('action="/status/parts/2/wave/confirm"');
    const sent = await visitor.send('/status/parts/2/wave/confirm');
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, '/status/parts/2']);
    await trial.runtime.clock.settled();
    const [one, two] = [
      await cast.stageOf(partReference(reference, 1)),
      await cast.stageOf(partReference(reference, 2)),
    ];
    expect([one, two]).toEqual(['WAVE_HELD', 'WAVE_CONFIRMED']);
    expect(await readPage(await visitor.page('/status'))).toContain('Qui doit agir : vous, pour la partie 1');
    const decline = await readPage(await visitor.page('/status/parts/1/wave/decline'));
    expect(decline).toContain('Les autres parties ne changent pas.');
    expect(await readPage(await visitor.page('/status/parts/1/dates'))).toContain('Choisir ma date');
  });

  it('has no part that it was not split into', async () => {
    const reference = await split();
    const visitor = await openLink(trial, reference);
    for (const path of ['/status/parts/3', '/status/parts/0', '/status/parts/x', '/status/parts/3/dates']) {
      expect((await visitor.browser.get(path)).status, path).toBe(404);
    }
  });

  it('is one onboarding of several for staff: each page leads to the others', async () => {
    const reference = await split();
    const part = partReference(reference, 1);
    const whole = await (await operator.get(`/operations/${reference}`)).text();
    expect(whole).toContain(`href="/operations/${part}"`);
    const html = await (await operator.get(`/operations/${part}`)).text();
    expect(html).toContain(`href="/operations/${reference}"`);
    expect(await readPage(html)).toContain('1 sur 2 – Siège');
    expect(html).not.toContain(`/operations/${part}/contact"`);
  });
});
