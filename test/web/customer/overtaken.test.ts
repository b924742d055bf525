import { afterAll, beforeAll, expect, it } from 'vitest';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { secretiveAnswers, sirens } from '../../support/canaries.ts';
import { firstViewBytes, htmlFaults, textOf } from '../../support/page-reader.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

/** A customer that waits for a place: no wave of the calendar suits it. */
async function waiting(siren: string, answers: Partial<Answers> = {}): Promise<Visitor> {
  const reference = await trial.start(siren);
  const visitor = await openLink(trial, reference);
  const never = { E2: [{ from: '2027-01-01', to: '2028-12-31' }] };
  await submitAnswers(
    trial.runtime,
    reference,
    { ...secretiveAnswers, ...never, E6: true, ...answers },
    { kind: 'customer', id: 'link' },
  );
  await trial.runtime.clock.settled();
  return visitor;
}

async function status(visitor: Visitor, language: 'fr' | 'en'): Promise<string> {
  const html = await visitor.page(`/status?lang=${language}`);
  expect(await htmlFaults(html)).toEqual([]);
  expect(firstViewBytes(html)).toBeLessThanOrEqual(14_000);
  return textOf(html);
}

it('a customer on the waiting list reads why others have come before it since it joined, and not who', async () => {
  const [one = '', two = ''] = sirens;
  const first = await waiting(one);
  expect(await status(first, 'fr')).toContain('au rang 1 le 23 novembre 2026');
  await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + 600_000));
  const E1 = { earliest: '2027-02-01', latest: '2029-06-30', reason: 'contract_end' } as const;
  const other = await waiting(two, { E1 });
  const text = await status(first, 'fr');
  expect(text).toContain('au rang 2 le 23 novembre 2026');
  expect(text).toContain(
    'Depuis le 23 novembre 2026, une organisation est passée devant vous : date limite la plus proche (1).',
  );
  expect(await status(first, 'en')).toContain(
    'Since 23 November 2026, one organisation has come before you: nearest deadline (1).',
  );
  expect(text).not.toContain(other.reference);
  expect(await status(other, 'fr')).not.toContain('devant vous');
});
