import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { changeWave } from '../../../functions/application/change-wave.ts';
import { chooseDate } from '../../../functions/application/choose-date.ts';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { customer, operator } from '../../application/bench.ts';
import { sirens } from '../../support/canaries.ts';
import { fieldsOf, firstViewBytes, htmlFaults, textOf } from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
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
  await submitAnswers(trial.runtime, reference, { ...plainAnswers, ...answers }, customer);
  await trial.runtime.clock.settled();
  return openLink(trial, reference, language);
}

async function read(visitor: Visitor, path: string): Promise<string> {
  const html = await visitor.page(path);
  expect(await htmlFaults(html)).toEqual([]);
  expect(firstViewBytes(html)).toBeLessThanOrEqual(14_000);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

/** The dates that a page leads to. */
function datesIn(html: string): readonly string[] {
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(html) ?? [];
  return [...main.matchAll(/href="\/status\/dates\/([^"?]+)/g)].map(([, wave = '']) => wave);
}

const placeOf = async ({ reference }: Visitor) => {
  const { state, booking } = await trial.runtime.store.onboardings.now(reference);
  return [state.stage, booking?.wave, booking?.status];
};

describe('a customer with a place held', () => {
  it('reads the held date first, then the others, then that none suits', async () => {
    const visitor = await submitted();
    const text = await read(visitor, '/status');
    const order = [
      'Confirmer cette date Date recommandée : la première possible.',
      'Choisir une autre date',
      '9 mars 2027, Sud (places disponibles)',
      'Toutes les dates, et pourquoi certaines sont impossibles',
      'Aucune de ces dates ne vous convient ? Écrivez à votre interlocuteur avant la fin de votre réservation.',
      'Renoncer à la migration',
    ].map((words) => text.indexOf(words));
    expect(
      order.every((place) => place > 0),
      text.slice(0, 3000),
    ).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(text).not.toMatch(/[Dd]emande[rz] une autre date/);
    expect(datesIn(await visitor.page('/status'))).toHaveLength(3);
  });

  it('reads every date, and for each impossible one why', async () => {
    const visitor = await submitted();
    const text = await read(visitor, '/status/dates');
    expect(text).toContain('Place réservée pour vous, à confirmer : 9 mars 2027, Paris');
    expect(text).toContain(
      'Vous avez demandé à ne pas basculer avant le 1er mars 2027. 9 février 2027, Paris ; 9 février 2027, Sud',
    );
    expect(text).toContain(
      'un gel que vous avez indiqué, du 1er avril 2027 au 15 avril 2027. 6 avril 2027, Paris',
    );
    const dates = datesIn(await visitor.page('/status/dates'));
    expect(dates).not.toContain('paris-2027-03-09');
    expect(dates.length).toBeGreaterThan(10);
    expect(text).toContain('Aucune de ces dates');
  });

  it('chooses one: reads first what it means, and is confirmed by it once', async () => {
    const visitor = await submitted();
    const path = '/status/dates/paris-2027-05-04';
    const text = await read(visitor, path);
    expect(text).toContain('Choisir la vague du 4 mai 2027 (Paris)');
    expect(text).toContain(
      'Vous quittez votre place du 9 mars 2027 (Paris) : elle peut être donnée à d’autres aussitôt.',
    );
    expect(text).toContain('Vous pourrez encore changer de date 2 fois, jusqu’au 30 mars 2027.');
    const fields = fieldsOf(await visitor.page(path));
    const answers = [await visitor.sendRaw(path, fields), await visitor.sendRaw(path, fields)];
    // Sent twice it is the same choice.
    expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
    await trial.runtime.clock.settled();
    expect(await placeOf(visitor)).toEqual(['WAVE_CONFIRMED', 'paris-2027-05-04', 'CONFIRMED']);
    const status = await read(visitor, '/status');
    expect(status).toContain('Date choisie par le client');
    expect(status).toContain('Changer de date');
    expect((await trial.runtime.store.onboardings.now(visitor.reference)).state.anotherDates).toBe(1);
  });

  it('is led to the answers of the place itself, and back from what is no date', async () => {
    const visitor = await submitted();
    for (const wave of ['paris-2027-03-09', 'nowhere', 'prep-paris-2027-01-11']) {
      const answer = await visitor.browser.get(`/status/dates/${wave}`);
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/status/dates']);
    }
    const old = await visitor.browser.get('/status/wave/another_date');
    expect([old.status, old.headers.get('Location')]).toEqual([303, '/status/dates']);
  });

  it('keeps its place when the date was taken meanwhile, and gets the list at once', async () => {
    const visitor = await submitted();
    const before = await placeOf(visitor);
    const path = '/status/dates/sud-2027-06-01';
    const fields = fieldsOf(await visitor.page(path));
    await changeWave(
      trial.runtime,
      'sud',
      'sud-2027-06-01',
      { transition: 'freeze', reason: 'incident' },
      operator,
    );
    const refused = await visitor.sendRaw(path, fields);
    const html = await refused.text();
    expect(await htmlFaults(html)).toEqual([]);
    expect(refused.status).toBe(409);
    const text = textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
    expect(text).toContain('La date du 1er juin 2027 n’est pas possible.');
    expect(text).toContain('La place actuelle est gardée.');
    expect(datesIn(html)).not.toContain('sud-2027-06-01');
    expect(datesIn(html).length).toBeGreaterThan(5);
    expect(await placeOf(visitor)).toEqual(before);
    await changeWave(trial.runtime, 'sud', 'sud-2027-06-01', { transition: 'reopen' }, operator);
  });

  it('decides nothing with a page of another place', async () => {
    const visitor = await submitted();
    const path = '/status/dates/paris-2027-06-01';
    const fields = fieldsOf(await visitor.page(path));
    await answerWave(trial.runtime, visitor.reference, 'another_date', customer);
    await trial.runtime.clock.settled();
    const stale = await visitor.sendRaw(path, fields);
    expect(stale.status).toBe(409);
    expect(textOf(await stale.text())).toContain('La place a changé entre-temps');
    expect((await placeOf(visitor))[0]).toBe('WAVE_HELD');
  });
});

describe('a customer with a confirmed date', () => {
  it('may change it, reads when that ends, and then whom to ask', async () => {
    const visitor = await submitted();
    for (const to of ['paris-2027-05-04', 'paris-2027-06-01', 'paris-2027-06-29']) {
      if (to.endsWith('29'))
        expect(await read(visitor, `/status/dates/${to}`)).toContain('votre dernier changement');
      await chooseDate(trial.runtime, visitor.reference, { to }, customer);
      await trial.runtime.clock.settled();
    }
    expect(await read(visitor, '/status')).not.toContain('Changer de date');
    const text = await read(visitor, '/status/dates');
    expect(text).toContain('Vous avez déjà changé de date 3 fois.');
    expect(text).toContain('l’équipe d’exploitation peut vous déplacer');
    expect(datesIn(await visitor.page('/status/dates'))).toEqual([]);
    expect((await visitor.browser.get('/status/dates/paris-2027-05-04')).status).toBe(409);
  });
});

describe('a customer on the waiting list', () => {
  it('reads in English why each date is not possible', async () => {
    const visitor = await submitted({ E2: [{ from: '2027-01-01', to: '2028-12-31' }] }, 'en');
    expect(await read(visitor, '/status')).toContain('All dates, possible or not, and why');
    const text = await read(visitor, '/status/dates');
    expect(text).toContain('Possible dates None at the moment.');
    expect(text).toContain('The cutover would fall in a freeze that you declared');
    expect(text).not.toContain('None of these dates');
  });
});

describe('a customer without a result', () => {
  it('is not shown dates that nothing is known about yet', async () => {
    const reference = await trial.start(sirens[next] ?? '');
    next += 1;
    const visitor = await openLink(trial, reference);
    const answer = await visitor.browser.get('/status/dates');
    expect(answer.status).toBe(409);
    expect(textOf(await answer.text())).toContain('Il n’y a pas de date à choisir à cette étape');
  });
});
