import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { addDays, instantAt } from '../../../functions/domain/calendar-date.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf, sendForm } from '../staff/cast.ts';

const customer = { kind: 'customer', id: 'test' } as const;
let trial: Trial;
let cast: ReturnType<typeof castOf>;
let operator: Browser;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
  operator = await trial.staff({ roles: ['operator'], subject: 'op-1' });
});
afterAll(() => trial.close());

async function read(path: string): Promise<string> {
  const page = await (await operator.get(path)).text();
  expect(await htmlFaults(page)).toEqual([]);
  return textOf(page);
}

function decide(reference: string, decision: string) {
  return sendForm(operator, `/operations/${reference}/review`, [
    ['decision', decision],
    ['reason', 'tout est prêt'],
  ]);
}

it('is recorded, shown with who, when and why, and taken back on the pages of operators', async () => {
  const reference = await cast.answered();
  await answerWave(trial.runtime, reference, 'confirm', customer);
  await trial.runtime.clock.settled();
  const page = `/operations/${reference}`;
  const { booking } = await trial.runtime.store.onboardings.now(reference);
  const cutover = booking?.cutover ?? '';
  expect(await read(page)).not.toContain('Enregistrer un go');
  expect((await decide(reference, 'go')).status).toBe(409);

  await trial.runtime.clock.jumpTo(instantAt(addDays(cutover, -6), '09:00'));
  // The session of before is over.
  operator = await trial.staff({ roles: ['operator'], subject: 'op-1' });
  expect(await read(page)).toContain('Enregistrer un go');
  const form = await read(`${page}/review`);
  expect(form).toContain('est appliqué à l’ouverture de la décision');
  expect(form).not.toContain('No-go : la bascule n’a pas lieu');
  expect((await decide(reference, 'go')).status).toBe(303);
  const shown = await read(page);
  expect(shown).toMatch(/Go enregistré le .* par Exploitation op-1/);
  expect(shown).toContain('Motif : tout est prêt');
  expect(shown).not.toContain('Enregistrer un go');

  expect((await decide(reference, 'take_back')).status).toBe(303);
  expect(await read(page)).toContain('Enregistrer un go');
  expect(await cast.stageOf(reference)).toBe('WAVE_CONFIRMED');
});
