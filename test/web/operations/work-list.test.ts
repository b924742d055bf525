import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { doubtful } from '../../support/journeys.ts';
import { firstViewBytes, htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf, sendForm } from '../staff/cast.ts';

const people = {
  ada: { subject: 'op-ada', name: 'Ada Opérateur', mail: 'ada@platform.example', team: 'paris' },
  bob: { subject: 'op-bob', name: 'Bob Opérateur', mail: 'bob@platform.example' },
} as const;
let trial: Trial;
let ada: Browser;
let bob: Browser;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
  for (const who of Object.values(people)) {
    await trial.runtime.store.staff.signedIn({ ...who, roles: ['operator'] }, trial.runtime.clock.now());
  }
  ada = await trial.staff({ ...people.ada, roles: ['operator'] });
  bob = await trial.staff({ ...people.bob, roles: ['operator'] });
});
afterAll(() => trial.close());

const plain = (html: string) => textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');

async function read(path: string, browser = ada): Promise<string> {
  const html = await (await browser.get(path)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return html;
}

/** References of the rows of a work list. */
function rowsOf(html: string): readonly string[] {
  return [...html.matchAll(/name="onboarding" value="(\S+) /g)].map(([, reference = '']) => reference);
}

const inReview = () => cast.answered(doubtful);
const path = '/operations/assignment';

/** Sends a form of the work list, in which an onboarding was shown as followed by someone. */
function choose(
  browser: Browser,
  fields: readonly (readonly [string, string])[],
  list = '/operations',
): Promise<Response> {
  return sendForm(browser, list, fields, path);
}

describe('the work list', () => {
  it('says what there is to do, by when, whose turn it is and since when', async () => {
    const reference = await inReview();
    const text = plain(await read('/operations'));
    for (const words of ['Revue à décider (1)', 'Revue de préparation', 'dans 7 jours', 'L’exploitation']) {
      expect(text).toContain(words);
    }
    expect(text).toContain('30 novembre 2026 à 18 h');
    expect(text).toContain('depuis le 23 novembre 2026');
    const html = await read('/operations?kind=review&lang=en', bob);
    expect(plain(html)).toContain('in 7 days');
    expect(html).toContain(`href="/operations/${reference}/review"`);
    expect(rowsOf(html)).toEqual([reference]);
    // The filter stays with the link to another person's work.
    expect(html).toContain('href="/operations?kind=review&amp;assigned=me"');
    await trial.runtime.clock.jumpTo(new Date('2026-12-02T09:00:00Z'));
    ada = await trial.staff({ ...people.ada, roles: ['operator'] });
    bob = await trial.staff({ ...people.bob, roles: ['operator'] });
    const late = plain(await read('/operations'));
    expect(late).toContain('En retard, du plus ancien au plus récent');
    expect(late).toMatch(/En retard\s+depuis 2 jours/);
    expect(late).toMatch(/n° 2\s+30 novembre 2026/);
  });

  it.each([
    '/operations?kind=nonsense',
    '/operations?assigned=nobody&error=none',
    '/operations?wave=no-such-wave',
    '/operations?cursor=nonsense',
    '/operations?kind=stuck',
    '/operations?stage=IN_REVIEW',
    '/operations?followed=me',
  ])('answers %s with a page', async (address) => {
    expect((await ada.get(address)).status).toBe(200);
    await read(address);
  });

  it('has at most the weight of a first view', async () => {
    expect(firstViewBytes(await read('/operations'))).toBeLessThanOrEqual(20_000);
  });
});

describe('who follows an onboarding', () => {
  it('is an operator who takes it from the list, or to whom another one assigns it', async () => {
    const [one, two] = [await inReview(), await inReview()];
    const taken = await choose(ada, [
      ['onboarding', `${one} `],
      ['onboarding', `${two} `],
      ['to', 'me'],
    ]);
    expect([taken.status, taken.headers.get('location')]).toEqual([303, '/operations']);
    expect(plain(await read('/operations'))).toContain('C’est enregistré');
    expect(rowsOf(await read('/operations?assigned=me')).toSorted()).toEqual([one, two].toSorted());
    expect(rowsOf(await read('/operations?assigned=none'))).not.toContain(one);
    expect(rowsOf(await read('/operations?assigned=team'))).toContain(one);
    expect(await read('/operations', bob)).not.toContain('assigned=team');

    const asked = await choose(ada, [['onboarding', `${two} ${people.ada.subject}`]]);
    const form = await asked.text();
    expect([asked.status, await htmlFaults(form)]).toEqual([200, []]);
    expect(form).toContain('Bob Opérateur (bob@platform.example)');
    expect(plain(form)).toContain('Ada Opérateur');
    const given = await choose(
      ada,
      [
        ['onboarding', `${two} ${people.ada.subject}`],
        ['to', people.bob.mail],
        ['reason', 'congés'],
        ['list', '/operations?assigned=me'],
      ],
      '/operations?assigned=me',
    );
    expect([given.status, given.headers.get('location')]).toEqual([303, '/operations?assigned=me']);
    expect(rowsOf(await read('/operations?assigned=me'))).toEqual([one]);
    expect(rowsOf(await read('/operations?assigned=me', bob))).toEqual([two]);
    const page = plain(await read(`/operations/${two}`, bob));
    expect(page).toContain('Suivi par Bob Opérateur');
    expect(page).toContain('Attribué à une personne de l’exploitation');
    expect(page).toContain('congés');
    expect(plain(await read('/operations?followed=me', bob))).toContain(two);
  });

  it('can be chosen from the page of the onboarding, and no one again', async () => {
    const reference = await inReview();
    const own = `${path}?onboarding=${reference}`;
    expect(await read(`/operations/${reference}`)).toContain(`href="${own}"`);
    const sent = await sendForm(ada, own, [['to', 'me']], path);
    expect(sent.headers.get('location')).toBe(`/operations/${reference}`);
    expect(rowsOf(await read('/operations?assigned=me'))).toContain(reference);
    await sendForm(ada, own, [['to', 'none']], path);
    expect(rowsOf(await read('/operations?assigned=me'))).not.toContain(reference);
  });

  it('stays whoever was quicker, and the other one reads who', async () => {
    const reference = await inReview();
    await choose(ada, [
      ['onboarding', `${reference} `],
      ['to', 'me'],
    ]);
    const late = await choose(bob, [
      ['onboarding', `${reference} `],
      ['to', 'me'],
    ]);
    const html = await late.text();
    expect([late.status, await htmlFaults(html)]).toEqual([409, []]);
    expect(plain(html)).toContain('Pris entre-temps par quelqu’un d’autre');
    expect(plain(html)).toContain('Ada Opérateur');
    expect(rowsOf(await read('/operations?assigned=me', bob))).not.toContain(reference);
  });

  it('is told one by one where not all could be assigned', async () => {
    const [open, closed] = [await inReview(), await inReview()];
    await withdraw(trial.runtime, closed, 'x', { kind: 'operator', id: 'x' });
    const sent = await choose(ada, [
      ['onboarding', `${open} `],
      ['onboarding', `${closed} `],
      ['to', 'me'],
    ]);
    expect(sent.status).toBe(200);
    const text = plain(await sent.text());
    expect(text).toContain('Enregistré');
    expect(text).toContain('Clos : il n’y a plus rien à suivre');
  });

  it.each([
    ['no onboarding', [['to', 'me']], 'choisissez-en au moins un'],
    [
      'what is no reference',
      [
        ['onboarding', 'nonsense '],
        ['to', 'me'],
      ],
      'choisissez-en au moins un',
    ],
    [
      'no person',
      [
        ['onboarding', 'REF '],
        ['to', ''],
      ],
      'Suivi par',
    ],
    [
      'someone unknown',
      [
        ['onboarding', 'REF '],
        ['to', 'eve@evil.example'],
      ],
      'aucune personne de l’exploitation',
    ],
    [
      'a reason that is too long',
      [
        ['onboarding', 'REF '],
        ['to', 'me'],
        ['reason', 'x'.repeat(5_000)],
      ],
      'Motif',
    ],
  ] as const)('is refused for %s, with the field and the fix', async (_, fields, words) => {
    const reference = await inReview();
    const filled = fields.map(([name, value]) => [name, value.replace('REF', reference)] as const);
    const sent = await choose(ada, filled);
    expect(sent.status).toBe(422);
    const html = await sent.text();
    expect(await htmlFaults(html)).toEqual([]);
    expect(plain(html)).toContain(words);
    expect((await trial.runtime.store.onboardings.now(reference)).state.assigned).toBeUndefined();
  });

  it('leads back to a page of operators only', async () => {
    const reference = await inReview();
    for (const list of [
      '//evil.example',
      'https://evil.example',
      '/operations/../sales',
      '/operations?a=b"c',
    ]) {
      const sent = await choose(ada, [
        ['onboarding', reference],
        ['to', 'me'],
        ['list', list],
      ]);
      expect([list, sent.headers.get('location')]).toEqual([list, '/operations']);
    }
  });
});
