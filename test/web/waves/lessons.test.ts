import { afterAll, beforeAll, expect, it } from 'vitest';
import { mostLessons } from '../../../functions/domain/waves/lessons.ts';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { sendForm } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;

beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
});
afterAll(() => trial.close());

const id = 'paris-2027-03-09';
const path = `/waves/${id}/lessons`;
const page = async (address: string) => (await operator.get(address)).text();
const listed = async () => (await trial.runtime.store.lessons.of(id)).items;
const actor = { kind: 'operator', id: 'op' } as const;

async function cancelled(wave: string): Promise<void> {
  const { waves } = trial.runtime.store;
  const before = await waves.get('sud', wave);
  await waves.replace(before, { ...before, state: 'CANCELLED' });
}

it('a lesson is noted once, and shown with its wave and with the next ones of the site', async () => {
  expect(textOf(await page(`/waves/${id}`))).toMatch(/Enseignements Aucun enseignement noté/);
  const shown = await page(path);
  expect(textOf(shown)).toContain('Ne nommez aucune personne');
  const key = /name="key" value="([^"]+)"/.exec(shown)?.[1] ?? '';
  const fields = [
    ['text', 'Répéter la bascule\nla veille'],
    ['key', key],
  ] as const;
  const saved = await sendForm(operator, path, fields);
  expect([saved.status, saved.headers.get('Location')]).toEqual([303, path]);
  expect((await sendForm(operator, path, fields)).status).toBe(303);
  expect(await listed()).toMatchObject([{ id: key, text: 'Répéter la bascule\nla veille', actor }]);
  // The form filled in anew, after the way back in the browser: its text is kept, and noted when it is sent again.
  const other = await sendForm(operator, path, [
    ['text', 'Un autre'],
    ['key', key],
  ]);
  const again = await other.text();
  expect([
    other.status,
    again.includes('>Un autre</textarea>'),
    again.includes(`name="key" value="${key}"`),
  ]).toEqual([409, true, false]);
  const own = await page(`/waves/${id}`);
  expect([own.includes('<pre>Répéter la bascule\nla veille</pre>'), await htmlFaults(own)]).toEqual([
    true,
    [],
  ]);
  const next = await page('/waves/paris-2027-05-04');
  expect(textOf(next)).toMatch(
    /Enseignements des vagues précédentes Vague du 6 avril 2027 \(Paris\) Aucun enseignement noté. Vague du 9 mars 2027 \(Paris\) Répéter la bascule la veille op,/,
  );
  expect(await htmlFaults(next)).toEqual([]);
  expect(await page('/waves/sud-2027-05-04')).not.toContain('Répéter');
  const english = await page('/waves/paris-2027-04-06?lang=en');
  expect(textOf(english)).toMatch(
    /Lessons No lessons noted.*Lessons of the waves before Wave of 9 March 2027/,
  );
  await operator.get('/waves?lang=fr');
});

it('a text that is empty or too long is refused at its field, as it was typed', async () => {
  const long = `Long ${'x'.repeat(2_000)}`;
  for (const text of ['', long]) {
    const refused = await sendForm(operator, path, [['text', text]]);
    const html = await refused.text();
    expect([refused.status, html.includes(`>${text}</textarea>`), await htmlFaults(html)]).toEqual([
      422,
      true,
      [],
    ]);
    expect(problemsOf(html).links.map(({ id: field }) => field)).toEqual(['field-text']);
  }
  expect(await listed()).toHaveLength(1);
});

it('is removed once that is confirmed with a reason, which stays without the text', async () => {
  const [lesson] = await listed();
  const removal = `${path}/${lesson?.id}`;
  expect(await page(path)).toContain(`href="${removal}"`);
  const empty = await sendForm(operator, removal, []);
  expect(problemsOf(await empty.text()).links.map(({ id: field }) => field)).toEqual([
    'field-confirmed',
    'field-reason',
  ]);
  const fields = [
    ['confirmed', 'yes'],
    ['reason', 'Nomme un prestataire'],
  ] as const;
  const form = await page(removal);
  const proof = /name="_csrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
  expect((await sendForm(operator, removal, fields)).headers.get('Location')).toBe(path);
  const again = await operator.send(removal, {
    method: 'POST',
    headers: { Origin: trial.deps.site.origin },
    body: new URLSearchParams({ ...Object.fromEntries(fields), _csrf: proof }),
  });
  expect(again.status).toBe(303);
  const shown = await page(path);
  expect(textOf(shown)).toMatch(/Enseignements retirés.*op Motif : Nomme un prestataire/);
  expect([shown.includes('Répéter'), await htmlFaults(shown)]).toEqual([false, []]);
  expect([(await operator.get(removal)).status, (await operator.get(`${path}/tea`)).status]).toEqual([
    404, 404,
  ]);
});

it('a wave that is planned or cancelled takes none, and one with 50 says so', async () => {
  const wave = 'sud-2027-11-16';
  const form = await page(`/waves/${wave}/lessons`);
  const proof = /name="_csrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
  await cancelled(wave);
  const late = await operator.send(`/waves/${wave}/lessons`, {
    method: 'POST',
    headers: { Origin: trial.deps.site.origin },
    body: new URLSearchParams({ text: 'Trop tard', _csrf: proof }),
  });
  expect([late.status, (await late.text()).includes('<pre>Trop tard</pre>')]).toEqual([409, true]);
  expect(await page(`/waves/${wave}/lessons`)).not.toContain('<textarea');
  const { store } = trial.runtime;
  const open = await store.waves.get('paris', id);
  const text = 'Texte';
  const noted = (number: number) => ({
    id: `20261123T080000000Z-${String(number).padStart(22, '0')}`,
    text,
    actor,
  });
  for (let number = 1; number < mostLessons; number += 1) await store.lessons.add(open, noted(number));
  const last = await page(path);
  await store.lessons.add(open, noted(mostLessons));
  const full = await operator.send(path, {
    method: 'POST',
    headers: { Origin: trial.deps.site.origin },
    body: new URLSearchParams({
      text: 'Un de trop',
      _csrf: /name="_csrf" value="([^"]+)"/.exec(last)?.[1] ?? '',
    }),
  });
  expect([full.status, textOf(await full.text())]).toEqual([
    409,
    expect.stringMatching(/Cette vague a 50 enseignements.*Un de trop/),
  ]);
  expect(await listed()).toHaveLength(mostLessons);
});

it('lessons are for operators alone', async () => {
  const sales = await trial.staff({ roles: ['sales'], team: 'state' });
  expect((await sales.get(path)).status).toBe(403);
});
