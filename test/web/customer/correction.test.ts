import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf, htmlFaults, textOf } from '../../support/page-reader.ts';
import { openMember } from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { fieldsFor, openLink, type Visitor } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const path = '/status/correction';
const discard = `${path}/discard`;

async function submitted(language: 'fr' | 'en' = 'fr'): Promise<Visitor> {
  return openLink(trial, await cast.answered(), language);
}

/** A page as a person reads it, with ordinary spaces. */
async function read(visitor: Visitor, at: string): Promise<string> {
  const html = await visitor.page(at);
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('the way to correct answers', () => {
  it.each(['/status', '/status/record'])('is on %s', async (from) => {
    const visitor = await submitted();
    expect(await visitor.page(from)).toContain(`href="${path}"`);
  });

  it('says what it changes and until when, in both languages', async () => {
    expect(await read(await submitted(), path)).toContain(
      'Envoyez la correction au plus tard le 23 décembre 2026 à 18 h (heure de Paris).',
    );
    expect(await read(await submitted('en'), path)).toContain(
      'Submit the correction by 23 December 2026 at 18:00 (Paris time).',
    );
  });

  it('opens the questionnaire with the answers, and the status page says so', async () => {
    const visitor = await submitted();
    const opened = await visitor.send(path);
    expect(opened.headers.get('location')).toBe('/questionnaire');
    expect(await read(visitor, '/questionnaire')).toContain(
      'Rien ne change tant que la correction n’est pas envoyée',
    );
    const status = await read(visitor, '/status');
    expect(status).toContain('Vous corrigez vos réponses.');
    expect(status).toContain('au plus tard le 23 décembre 2026 à 18 h');
    expect(status).not.toContain('Corriger nos réponses');
    // Opened again, it leads to the one that is open.
    expect((await visitor.browser.get(path)).headers.get('location')).toBe('/questionnaire');
  });

  it('is submitted from the check page, and has a record that names the one before', async () => {
    const visitor = await submitted();
    await visitor.send(path);
    await visitor.answer('C7', { ...plainAnswers, C7: 'private_link' });
    const sent = await visitor.send('/questionnaire/check', [['E6', 'yes']]);
    expect(sent.headers.get('location')).toBe('/status');
    const status = await read(visitor, '/status');
    expect(status).toContain('Votre correction est envoyée');
    expect(status).toContain('Votre place n’a pas changé.');
    expect(await read(visitor, '/status/record')).toContain('Corrige l’envoi n° 1');
    expect(await read(visitor, '/status/record?submission=1')).not.toContain('Corrige l’envoi');
    const file: unknown = JSON.parse(await (await visitor.browser.get('/status/record.json')).text());
    expect(file).toMatchObject({ record: { submission: { number: 2, corrects: 1 } } });
  });

  it('is given up on a page that says what is lost', async () => {
    const visitor = await submitted();
    await visitor.send(path);
    await visitor.answer('A7', { ...plainAnswers, A7: 'yes' });
    expect(await read(visitor, discard)).toContain('est effacé');
    const sent = await visitor.send(discard);
    expect(sent.headers.get('location')).toBe('/status');
    expect(await read(visitor, '/status')).toContain('La correction est abandonnée.');
    expect((await visitor.browser.get('/questionnaire')).status).toBe(303);
    expect((await visitor.browser.get(discard)).headers.get('location')).toBe('/status');
  });

  it('ends by itself, which the status page says', async () => {
    const visitor = await submitted();
    await visitor.send(path);
    await trial.runtime.clock.jumpTo(new Date('2026-12-23T17:00:00.000Z'));
    await trial.runtime.clock.settled();
    const again = await openLink(trial, visitor.reference);
    expect(await read(again, '/status')).toContain(
      'La correction commencée le 23 novembre 2026 à 9 h (heure de Paris) n’a pas été envoyée avant le 23 décembre 2026 à 18 h (heure de Paris)',
    );
    expect((await again.browser.get('/questionnaire')).status).toBe(303);
  });

  it('is no page before the submission', async () => {
    const visitor = await openLink(trial, await cast.invited());
    expect((await visitor.browser.get(path)).status).toBe(409);
    expect(await visitor.page('/status')).not.toContain(path);
  });
});

describe('a colleague who was named for a part', () => {
  it('answers again in the sections reopened only, and opens no correction', async () => {
    const contact = await submitted();
    const { browser: dpo } = await openMember(trial, contact.reference, 'dpo');
    expect((await dpo.get('/questionnaire')).headers.get('location')).toBe('/status');
    expect((await dpo.get(path)).status).toBe(403);
    await contact.send(path, [['sections', 'A']]);
    expect((await dpo.get('/questionnaire/B11')).status).toBe(403);
    await contact.send(discard);
    await contact.send(path, [['sections', 'B']]);
    expect((await dpo.get('/questionnaire')).status).toBe(200);
    const page = await (await dpo.get('/questionnaire/B11')).text();
    const fields = [
      ...fieldsOf(page).filter(([name]) => name !== 'B11'),
      ...fieldsFor('B11', { B11: 'done' }),
    ];
    const saved = await dpo.send('/questionnaire/B11', {
      method: 'POST',
      body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])),
      headers: { Origin: 'http://127.0.0.1:3000' },
    });
    expect(saved.status).toBe(303);
  });
});
