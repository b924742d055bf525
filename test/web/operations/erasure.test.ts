import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyErasure } from '../../../functions/application/erase.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
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

const page = async (path: string) => (await operator.get(path)).text();

it.each([
  ['a reason is missing', [['confirmation', 'REF']], 'Motif : choisissez une option.'],
  [
    'another reference is written',
    [['reason', 'asked_by_person']],
    'Référence du dossier : saisissez REF pour confirmer.',
  ],
] as const)('erases nothing when %s, and says so', async (_, fields, sentence) => {
  const reference = await cast.answered();
  const answer = await sendForm(
    operator,
    `/operations/${reference}/erasure`,
    fields.map(([name, value]) => [name, value.replace('REF', reference)]),
  );
  const html = await answer.text();
  expect(textOf(html)).toContain(sentence.replace('REF', reference));
  expect(await htmlFaults(html)).toEqual([]);
  expect(await verifyErasure(trial.runtime, reference)).toMatchObject({ erased: false });
  expect(await cast.stageOf(reference)).toBe('WAVE_HELD');
});

it('erases an open onboarding at once when an operator enters its reference, and keeps the proof', async () => {
  const reference = await cast.answered();
  const { contactName, contactEmail } = await trial.runtime.store.dossiers.intake(reference);
  const from = `/operations/${reference}`;
  expect(await page(from)).toContain(contactEmail);
  expect(await htmlFaults(await page(`${from}/erasure`))).toEqual([]);
  const done = await sendForm(operator, `${from}/erasure`, [
    ['reason', 'asked_by_person'],
    ['confirmation', ` ${reference.toLowerCase()} `],
  ]);
  expect([done.status, done.headers.get('Location')]).toEqual([303, from]);
  await trial.runtime.clock.settled();
  expect(await verifyErasure(trial.runtime, reference)).toMatchObject({ erased: true, remaining: [] });
  const left = textOf(await page(from));
  expect(left).toContain('Données personnelles effacées');
  expect(left).not.toContain(contactName);
  expect(left).not.toContain(contactEmail);
  expect(await cast.stageOf(reference)).toBe('CLOSED');
  expect((await operator.get(`${from}/erasure`)).status).toBe(409);
});
