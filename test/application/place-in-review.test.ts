import { expect, it } from 'vitest';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { openPlacementReview } from '../../functions/application/open-placement-review.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { waveOf } from '../store/bench.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { customer, operator, runtimeWith, start } from './bench.ts';

const [march, may] = ['paris-2027-03-09', 'paris-2027-05-04'] as const;

it.each([
  ['wave_cancelled', true],
  ['operators', false],
] as const)('a place given in a placement review names the one that it replaces: %s', async (by, cancels) => {
  const size = { customers: 2, points: 40, complex: 1 };
  const runtime = await runtimeWith({
    calendar: ['2027-03-09', '2027-05-04'].map((day) => waveOf(day, size)),
  });
  const reference = await start(runtime, 1);
  await runtime.clock.settled();
  await submitAnswers(runtime, reference, plainAnswers, customer);
  await runtime.clock.settled();
  await openPlacementReview(runtime, reference, 'à placer à la main', operator);
  await runtime.clock.settled();
  const cancelled = { transition: 'cancel', moveBooked: true, reason: 'panne' } as const;
  if (cancels) await changeWave(runtime, 'paris', march, cancelled, operator);
  await runtime.clock.settled();
  const move = { kind: 'placement', decision: 'move', reason: 'vu', wave: may } as const;
  // A place that it still has is a promise: two people take it.
  const asked = await decideReview(runtime, reference, { ...move, approval: !cancels }, operator);
  expect([asked?.kind, asked?.wave, asked?.cutover]).toEqual(
    cancels ? [undefined, undefined, undefined] : ['move', may, '2027-05-04'],
  );
  const answer = { id: asked?.id ?? '', decision: 'approve', reason: 'vu' } as const;
  if (!cancels) await answerApproval(runtime, answer, { kind: 'operator', id: 'other@platform.example' });
  await runtime.clock.settled();
  const { state, booking } = await runtime.store.onboardings.now(reference);
  expect([state.stage, booking?.wave]).toEqual(['WAVE_HELD', may]);
  expect(booking?.movedFrom).toEqual({ site: 'paris', cutover: '2027-03-09', by });
  const mails = (await runtime.mailbox.list()).filter(({ text }) => text.includes(reference));
  expect(mails.at(-1)?.subject).toContain('votre date de migration a changé');
  await runtime.close();
});
