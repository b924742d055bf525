import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;
let reference: string;
beforeAll(async () => {
  trial = await startTrial();
  const cast = castOf(trial);
  reference = await cast.answered({ B9: ['art9'], B9b: 'under_10k', B11: 'not_done', A6: 'yes', A6b: 'yes' });
  await answerWave(trial.runtime, reference, 'confirm', { kind: 'customer', id: 'test' });
  await trial.runtime.clock.settled();
  operator = await trial.staff({ roles: ['operator'], subject: 'op-1' });
});
afterAll(() => trial.close());

/** A page as a person reads it, with ordinary spaces. */
async function read(path: string): Promise<string> {
  const html = await (await operator.get(`/operations/${reference}/${path}`)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('the pages of operators about a condition', () => {
  it.each([
    ['DPIA_MISSING', 'Le client peut aussi la déclarer levée sur sa page'],
    ['EXIT_PLAN_REQUIRED', 'Le client ne peut pas la lever lui-même'],
  ])('say for %s whether the customer can clear it too', async (code, words) => {
    const page = await read(`conditions/${code}?lang=fr`);
    expect(page).toContain(words);
    expect(page).not.toContain('déclarez-la');
  });

  it('say that the customer reads why a due date is moved', async () => {
    const page = await read('conditions/DPIA_MISSING/due-date');
    expect(page).toContain('Le client le lira dans son courriel et sur sa page');
    expect(page).not.toContain('visible par l’équipe');
  });

  it('name the cutover and the due date where a place is kept', async () => {
    expect(await read('place-kept')).toMatch(
      /Bascule le \S+ \S+ 2027 ; condition bloquante à lever au plus tard le \S+ \S+ 2027/,
    );
  });
});
