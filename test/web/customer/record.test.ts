import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { revokeLink } from '../../../functions/application/change-contact.ts';
import { eraseOnboarding } from '../../../functions/application/erase.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { answerCanary, secretiveAnswers, sirens } from '../../support/canaries.ts';
import { notReady } from '../../support/journeys.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';

let trial: Trial;
let next = 0;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

async function submitted(answers: Partial<Answers> = {}, language: 'fr' | 'en' = 'fr'): Promise<Visitor> {
  const reference = await trial.start(sirens[next] ?? '');
  next += 1;
  const visitor = await openLink(trial, reference, language);
  await submit(visitor, { ...secretiveAnswers, ...answers });
  return visitor;
}

async function submit(visitor: Visitor, answers: Answers): Promise<void> {
  for (const section of ['A', 'B', 'C', 'D', 'E'] as const) await visitor.fill(section, answers);
  const sent = await visitor.send('/questionnaire/check', [['E6', 'yes']]);
  if (sent.status !== 303) throw new Error(textOf(await sent.text()));
  await trial.runtime.clock.settled();
}

const fileShape = z.looseObject({
  record: z.looseObject({ language: z.string(), submission: z.looseObject({ number: z.int() }) }),
  seal: z.looseObject({ digest: z.string(), signature: z.string() }),
});

async function fileOf({ browser }: Pick<Visitor, 'browser'>, number = '') {
  const answer = await browser.get(`/status/record.json${number}`);
  expect(answer.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  const text = await answer.text();
  return { text, file: fileShape.parse(JSON.parse(text)) };
}

async function check(record: string, browser: Browser = trial.browser()): Promise<string> {
  const body = new URLSearchParams({ record });
  const answer = await browser.send('/proof', { method: 'POST', body, headers: { Origin: origin } });
  return textOf(await answer.text());
}

describe('the record on its page', () => {
  it('says every answer, who and when, and the seal', async () => {
    const visitor = await submitted();
    const html = await visitor.page('/status/record');
    expect(await htmlFaults(html)).toEqual([]);
    const text = textOf(html);
    const { file } = await fileOf(visitor);
    for (const word of ['Noa Canarijaune', 'Envoi n° 1', file.seal.digest, file.seal.signature]) {
      expect(text).toContain(word);
    }
    expect(text).toMatch(/Répondu par .+ le 23 novembre 2026 à 9 h/);
    expect(text).toContain('pas une signature électronique qualifiée');
    expect(textOf(await visitor.page('/status'))).toContain('Relevé scellé de l’envoi');
  });

  it('is in the language of the submission, whatever the page is read in', async () => {
    const visitor = await submitted({}, 'en');
    await visitor.browser.get('/status?lang=fr');
    const html = await visitor.page('/status/record');
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('<div lang="en">');
    expect(await htmlFaults(html)).toEqual([]);
    expect(textOf(html)).toContain('it is not a qualified electronic signature');
    expect((await fileOf(visitor)).file.record.language).toBe('en');
  });

  it('of each submission is kept, with its own seal', async () => {
    const visitor = await submitted(notReady);
    const first = await fileOf(visitor);
    await submit(visitor, { ...secretiveAnswers, ...notReady, E3: 1 });
    const [second, again] = [await fileOf(visitor), await fileOf(visitor, '?submission=1')];
    expect(second.file.record.submission.number).toBe(2);
    expect(again.text).toBe(first.text);
    expect(second.file.seal.digest).not.toBe(first.file.seal.digest);
    const html = await visitor.page('/status/record');
    expect(await htmlFaults(html)).toEqual([]);
    expect(html).toContain('/status/record?submission=1');
    for (const { text } of [first, second]) expect(await check(text)).toContain('inchangé');
    expect((await visitor.browser.get('/status/record?submission=3')).status).toBe(404);
  });

  it('before a submission leads to the status page', async () => {
    const reference = await trial.start(sirens[next++] ?? '');
    const { browser } = await openLink(trial, reference);
    for (const path of ['/status/record', '/status/record.json']) {
      expect((await browser.get(path)).headers.get('Location')).toBe('/status');
    }
  });
});

describe('the record is opened', () => {
  const paths = ['/status/record', '/status/record.json'];

  it('by the customer alone: not by sales, not by operators, not by anyone', async () => {
    const { browser } = await submitted();
    const others = [
      trial.browser(),
      await trial.staff({ roles: ['sales'], team: 'state' }),
      await trial.staff({ roles: ['operator'] }),
    ];
    for (const path of paths) {
      expect((await browser.get(path)).status).toBe(200);
      for (const other of others) {
        const answer = await other.get(path);
        expect(answer.status).toBe(401);
        expect(await answer.text()).not.toMatch(answerCanary);
      }
    }
  });

  it('by no session whose link was replaced or revoked', async () => {
    const { browser, reference } = await submitted();
    await revokeLink(trial.runtime, reference, 'x', { kind: 'sales', id: 's@platform.example' });
    for (const path of paths) expect((await browser.get(path)).status).toBe(401);
  });

  it('by no one after the erasure, and its digest is still known', async () => {
    const { browser, reference } = await submitted();
    const { file, text } = await fileOf({ browser });
    await eraseOnboarding(trial.runtime, reference, 'asked_by_person', { kind: 'operator', id: 'op' });
    for (const path of paths) expect((await browser.get(path)).status).toBe(410);
    expect(await check(text)).toContain('inchangé');
    expect(await check(file.seal.digest)).toContain('Un relevé portant cette empreinte a été délivré');
  });
});

it('no answer of a record is logged or in the history', async () => {
  const { browser, reference } = await submitted();
  for (const path of ['/status/record', '/status/record.json']) await browser.get(path);
  expect(trial.log.join('')).not.toMatch(answerCanary);
  expect(trial.log.join('')).not.toContain('seal_failed');
  expect(JSON.stringify(await trial.runtime.store.onboardings.events(reference))).not.toMatch(answerCanary);
});
