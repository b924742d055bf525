import { describe, expect, test } from 'vitest';
import { answerApproval } from '../../../functions/application/answer-approval.ts';
import { decideReview } from '../../../functions/application/decide-review.ts';
import { declareCondition } from '../../../functions/application/declare-condition.ts';
import { runGates } from '../../../functions/application/run-gates.ts';
import { expectedBy } from '../../../functions/domain/onboarding/expected-by.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { customer, inScenario, operator, type Scenario } from '../../support/scenario.ts';

const unclear = { A7: 'unknown', A5: 'unknown' } as const satisfies Partial<Answers>;
const cutover = '2027-03-09';
const gate = '2027-03-08';

/** Ordinary spaces, as a person reads. */
const read = (text = '') => text.replaceAll(/[\u00a0\u202f]/g, ' ');

async function confirmed(s: Scenario, answers: Partial<Answers> = {}): Promise<string> {
  const reference = await s.start();
  await s.until(reference, 'INVITED');
  await s.submit(reference, { ...unclear, ...answers });
  await s.confirm(reference);
  return reference;
}

async function worse(s: Scenario, reference: string): Promise<void> {
  await declareCondition(s.runtime, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' }, customer);
  await s.settle();
  expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness', cutover });
}

const sent = (s: Scenario, reference: string, template: string) =>
  s.mails(reference).filter((mail) => mail.template === template);

const decidedAtGate = async (s: Scenario, reference: string) =>
  (await s.runtime.store.onboardings.events(reference)).filter(({ type }) => type === 'GO_NO_GO_DECIDED');

describe('A readiness review that is open at the gate', () => {
  test(
    'is recalled at 14:00 and 16:30, and at 18:00 is a no-go with its own reason, once',
    inScenario(async (s) => {
      const reference = await confirmed(s);
      await s.jumpTo('2027-03-05');
      await worse(s, reference);
      // Before its five working days are over.
      expect(expectedBy(await s.now(reference))).toBe(`${gate}T17:00:00.000Z`);
      await s.jumpTo(gate, '13:59');
      expect(sent(s, reference, 'review_blocks_go')).toEqual([]);
      await s.jumpTo(gate, '14:00');
      await Promise.all([runGates(s.runtime), runGates(s.runtime)]);
      await s.jumpTo(gate, '16:30');
      await Promise.all([runGates(s.runtime), runGates(s.runtime)]);
      await s.settle();
      expect(sent(s, reference, 'review_blocks_go').map(({ to }) => to)).toEqual([
        'operations@platform.example',
        'on-call@platform.example',
      ]);
      expect(read(sent(s, reference, 'review_blocks_go')[0]?.text)).toContain('8 mars 2027 à 18 h');
      const before = (await s.wave('paris-2027-03-09')).booked;
      await s.jumpTo(gate, '17:59');
      expect((await s.state(reference)).cutover).toBe(cutover);

      await s.jumpTo(gate, '18:00');
      await Promise.all([runGates(s.runtime), runGates(s.runtime)]);
      await s.settle();
      const { state, booking } = await s.now(reference);
      expect(state).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness', missedGate: cutover });
      expect([booking, state.wave, state.cutover]).toEqual([undefined, undefined, undefined]);
      expect(before.customers - (await s.wave('paris-2027-03-09')).booked.customers).toBe(1);
      expect(await decidedAtGate(s, reference)).toMatchObject([
        { reason: 'REVIEW_OPEN', data: { decision: 'no_go', defect: 'REVIEW_OPEN' } },
      ]);
      const [mail, ...others] = sent(s, reference, 'go_no_go');
      expect(others).toEqual([]);
      expect(read(mail?.text)).toContain('vague du 9 mars 2027');
      expect(read(mail?.text)).toContain('nous n’avons pas terminé la revue de votre dossier à temps');
      expect(mail?.text).not.toContain('faute de décision');
      expect(s.runtime.events.list().map(({ type }) => type)).toContain('OnboardingNoGoBySilence');

      await s.review(reference, 'readiness', 'accept');
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD' });
      expect((await s.state(reference)).cutover).not.toBe(cutover);
      expect((await s.state(reference)).missedGate).toBeUndefined();
    }),
  );

  test(
    'is a no-go too when the jobs come late, and ends nothing that is decided in time',
    inScenario(async (s) => {
      const [late, inTime] = [await confirmed(s), await confirmed(s)];
      await s.jumpTo(gate, '09:00');
      await worse(s, late);
      await worse(s, inTime);
      await s.review(inTime, 'readiness', 'accept');
      await s.until(inTime, 'GO_NO_GO');
      await s.review(inTime, 'go_no_go', 'go');
      await s.jumpTo(cutover, '09:00');
      expect((await s.state(inTime)).stage).toBe('HANDED_OVER');
      expect(await decidedAtGate(s, late)).toMatchObject([{ reason: 'REVIEW_OPEN' }]);
      expect((await s.now(late)).booking).toBeUndefined();
    }),
  );

  test(
    'refuses go, alone and by two, and names itself',
    inScenario(async (s) => {
      const reference = await confirmed(s, { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' });
      await s.until(reference, 'GO_NO_GO');
      const go = { kind: 'go_no_go', decision: 'go', reason: 'agreed' } as const;
      const approval = await decideReview(s.runtime, reference, { ...go, approval: true }, operator);
      if (approval === undefined) throw new Error('Nothing waits for a second person');
      await declareCondition(s.runtime, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' }, customer);
      await s.settle();
      expect((await s.state(reference)).stage).toBe('IN_REVIEW');
      const named = { code: 'not_expected_now', message: expect.stringContaining('eadiness review') };
      await expect(decideReview(s.runtime, reference, go, operator)).rejects.toMatchObject(named);
      await expect(
        decideReview(s.runtime, reference, { ...go, approval: true }, operator),
      ).rejects.toMatchObject(named);
      const answer = { id: approval.id, decision: 'approve', reason: 'seen' } as const;
      const second = { kind: 'operator', id: 'second@platform.example' } as const;
      await expect(answerApproval(s.runtime, answer, second)).rejects.toMatchObject(named);
      expect(await decidedAtGate(s, reference)).toEqual([]);
    }),
  );
});

describe('Answers asked for again that are missing at the gate', () => {
  test(
    'are a no-go with their own reason, and no defect of ours',
    inScenario(async (s) => {
      const reference = await confirmed(s);
      await s.jumpTo('2027-03-01');
      await worse(s, reference);
      await s.review(reference, 'readiness', 'ask_customer', {
        questions: ['A7'],
        message: 'Précisez la réponse.',
      });
      expect(await s.state(reference)).toMatchObject({ stage: 'INVITED', cutover });
      await s.jumpTo(gate, '18:00');
      const { state, booking } = await s.now(reference);
      expect(state).toMatchObject({ stage: 'INVITED', missedGate: cutover });
      expect(booking).toBeUndefined();
      const [decided] = await decidedAtGate(s, reference);
      expect(decided).toMatchObject({ reason: 'ANSWERS_AWAITED', data: { decision: 'no_go' } });
      expect(decided?.data).not.toHaveProperty('defect');
      expect(read(sent(s, reference, 'go_no_go')[0]?.text)).toContain(
        'nous attendons encore les réponses que nous vous avons demandé de revoir',
      );
      await s.submit(reference, { A7: 'no', A5: 'out_of_scope' });
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );
});

describe('A held place that is kept during a review', () => {
  test(
    'is held no longer than to the gate',
    inScenario(async (s) => {
      const reference = await s.start();
      await s.until(reference, 'INVITED');
      await s.submit(reference, unclear);
      await worse(s, reference);
      await s.jumpTo('2027-03-04');
      await s.review(reference, 'readiness', 'accept');
      expect((await s.now(reference)).booking).toMatchObject({
        status: 'HELD',
        holdUntil: `${gate}T17:00:00.000Z`,
      });
      await s.jumpTo(gate, '18:30');
      expect((await s.state(reference)).cutover).not.toBe(cutover);
    }),
  );
});
