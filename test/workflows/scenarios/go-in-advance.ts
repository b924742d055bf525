import { describe, expect, test } from 'vitest';
import { answerApproval } from '../../../functions/application/answer-approval.ts';
import { decideReview } from '../../../functions/application/decide-review.ts';
import { declareCondition } from '../../../functions/application/declare-condition.ts';
import { runGates } from '../../../functions/application/run-gates.ts';
import { openGoNoGo } from '../../../functions/domain/onboarding/transitions/go-no-go.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { journeys } from '../../support/journeys.ts';
import { customer, inScenario, operator, type Scenario } from '../../support/scenario.ts';

const cutover = '2027-03-09';
const gate = '2027-03-08';
const reason = 'everyone is ready';
const second = { kind: 'operator', id: 'second@platform.example' } as const;

function decide(s: Scenario, reference: string, decision: string, more = {}) {
  return decideReview(s.runtime, reference, { kind: 'go_no_go', decision, reason, ...more }, operator);
}

/** Confirmed, a week before the cutover. */
async function aWeekBefore(s: Scenario): Promise<string> {
  const reference = await journeys.confirmed(s);
  expect((await s.state(reference)).cutover).toBe(cutover);
  await s.jumpTo('2027-03-03');
  return reference;
}

async function recorded(s: Scenario): Promise<string> {
  const reference = await aWeekBefore(s);
  await decide(s, reference, 'go');
  return reference;
}

const eventsOf = async (s: Scenario, reference: string, type: string) =>
  (await s.runtime.store.onboardings.events(reference)).filter((event) => event.type === type);

const staffMails = (s: Scenario, reference: string) =>
  s.mailed(reference).filter((template) => template.startsWith('review_'));

describe('A go recorded in advance', () => {
  test(
    'is applied when the gate opens: nobody is asked or reminded, and the customer reads of it then',
    inScenario(async (s) => {
      const reference = await recorded(s);
      await decide(s, reference, 'go');
      expect(await eventsOf(s, reference, 'GO_RECORDED')).toMatchObject([{ actor: operator, reason }]);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', goInAdvance: { cutover } });
      await s.jumpTo(gate, '07:59');
      expect(s.mailed(reference)).not.toContain('go_no_go');
      await s.jumpTo(gate, '08:00');
      await Promise.all([runGates(s.runtime), runGates(s.runtime)]);
      await s.settle();
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
      expect((await s.state(reference)).goInAdvance).toBeUndefined();
      expect(await eventsOf(s, reference, 'GO_NO_GO_DECIDED')).toMatchObject([
        { actor: operator, reason: 'RECORDED_IN_ADVANCE', data: { decision: 'go' } },
      ]);
      await s.jumpTo(gate, '18:00');
      expect(staffMails(s, reference)).toEqual([]);
      expect(s.mailed(reference).filter((template) => template === 'go_no_go')).toHaveLength(1);
    }),
  );

  test(
    'is applied by the next call when the one that opened the gate has died, also as late as 18:00',
    inScenario(async (s) => {
      const reference = await recorded(s);
      await s.runtime.store.onboardings.change(reference, async (snapshot) => ({
        change: openGoNoGo(snapshot, { id: 'paris-2027-03-09' }),
        result: undefined,
      }));
      expect((await s.state(reference)).stage).toBe('GO_NO_GO');
      await s.jumpTo(gate, '18:00');
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
      expect(staffMails(s, reference)).toEqual([]);
    }),
  );

  test(
    'is refused before the gate a week before the cutover, which it names, and no-go is refused in advance',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      await s.jumpTo('2027-03-01', '23:00');
      await expect(decide(s, reference, 'go')).rejects.toMatchObject({
        code: 'not_expected_now',
        text: { fr: expect.stringContaining('à partir du 2 mars 2027') },
      });
      await s.jumpTo('2027-03-02');
      await expect(decide(s, reference, 'no_go')).rejects.toMatchObject({ code: 'not_expected_now' });
      await expect(decide(s, reference, 'take_back')).rejects.toMatchObject({ code: 'decision_refused' });
      await decide(s, reference, 'go');
      expect(await s.happened(reference)).toContain('GO_RECORDED');
    }),
  );

  test(
    'is taken back: the gate opens for a decision',
    inScenario(async (s) => {
      const reference = await recorded(s);
      await decide(s, reference, 'take_back');
      expect(await eventsOf(s, reference, 'GO_TAKEN_BACK')).toMatchObject([{ actor: operator, reason }]);
      await s.jumpTo(gate, '08:00');
      expect((await s.state(reference)).stage).toBe('GO_NO_GO');
      expect(staffMails(s, reference)).toEqual(['review_requested']);
      await s.jumpTo(gate, '18:00');
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'lapses when the customer loses its wave, and says nothing about the next one',
    inScenario(async (s) => {
      const reference = await recorded(s);
      await s.changeWave('paris-2027-03-09', { transition: 'cancel', moveBooked: true });
      expect(await eventsOf(s, reference, 'GO_LAPSED')).toMatchObject([{ data: { lapse: 'place' } }]);
      const state = await s.state(reference);
      expect(state.cutover).not.toBe(cutover);
      expect(state.goInAdvance).toBeUndefined();
    }),
  );

  test(
    'lapses with the withdrawal',
    inScenario(async (s) => {
      const reference = await recorded(s);
      await s.withdraw(reference);
      const happened = await s.happened(reference);
      expect(happened.slice(-2)).toEqual(['GO_LAPSED', 'WITHDRAWN']);
    }),
  );
});

describe('A go recorded in advance, and what opens meanwhile', () => {
  const unclear = { A6: 'unknown', D1: 3, D2: 3, D3: 3, D4: 3, D5: 3, D6: 3, D7: 3, D8: 3, D9: 3 } as const;

  async function recordedFor(s: Scenario, answers: Partial<Answers>): Promise<string> {
    const reference = await journeys.invited(s);
    await s.submit(reference, answers);
    await s.confirm(reference);
    await s.jumpTo('2027-03-03');
    await decide(s, reference, 'go');
    return reference;
  }

  test(
    'lapses with a readiness review, and may be recorded again after it',
    inScenario(async (s) => {
      const reference = await recordedFor(s, { A7: 'unknown', A5: 'unknown' });
      await declareCondition(s.runtime, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' }, customer);
      await s.settle();
      expect(await eventsOf(s, reference, 'GO_LAPSED')).toMatchObject([{ data: { lapse: 'review' } }]);
      expect(s.mailed(reference)).not.toContain('go_no_go');
      await s.review(reference, 'readiness', 'accept');
      expect((await s.state(reference)).goInAdvance).toMatchObject({ lapsed: 'review' });
      await decide(s, reference, 'go');
      await s.jumpTo(gate, '08:00');
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
    }),
  );

  test(
    'lapses with a blocking condition, is not applied, and is refused until two people agree',
    inScenario(async (s) => {
      const reference = await recordedFor(s, unclear);
      await declareCondition(
        s.runtime,
        reference,
        'CLARIFICATION_NEEDED',
        { A6: 'yes', A6b: 'yes' },
        customer,
      );
      await s.settle();
      expect((await s.state(reference)).conditions).toContain('EXIT_PLAN_REQUIRED');
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_CONFIRMED',
        goInAdvance: { lapsed: 'condition' },
      });
      await expect(decide(s, reference, 'go')).rejects.toMatchObject({
        code: 'approval_needed',
        conditions: ['EXIT_PLAN_REQUIRED'],
      });
      const approval = await decide(s, reference, 'go', { approval: true });
      expect(approval?.until).toBe(`${gate}T17:00:00.000Z`);
      // Still the same request once the gate is open.
      await s.jumpTo(gate, '08:00');
      expect((await s.state(reference)).stage).toBe('GO_NO_GO');
      const answer = { id: approval?.id ?? '', decision: 'approve', reason: 'seen' } as const;
      await answerApproval(s.runtime, answer, second);
      await s.settle();
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
    }),
  );

  test(
    'that two people agreed to is applied with the conditions that they knew',
    inScenario(async (s) => {
      const reference = await recordedFor(s, unclear);
      const answers = { A6: 'yes', A6b: 'yes' } as const;
      await declareCondition(s.runtime, reference, 'CLARIFICATION_NEEDED', answers, customer);
      const approval = await decide(s, reference, 'go', { approval: true });
      const answer = { id: approval?.id ?? '', decision: 'approve', reason: 'seen' } as const;
      await answerApproval(s.runtime, answer, second);
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_CONFIRMED',
        goInAdvance: { by: operator, conditions: ['EXIT_PLAN_REQUIRED'] },
      });
      await s.jumpTo(gate, '08:00');
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
    }),
  );

  test(
    'and a condition that opens at the same moment: the gate never applies what no longer holds',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, unclear);
      await s.confirm(reference);
      await s.jumpTo('2027-03-03');
      const answers = { A6: 'yes', A6b: 'yes' } as const;
      await Promise.allSettled([
        decide(s, reference, 'go'),
        declareCondition(s.runtime, reference, 'CLARIFICATION_NEEDED', answers, customer),
      ]);
      await s.settle();
      const { goInAdvance } = await s.state(reference);
      expect(goInAdvance === undefined || goInAdvance.lapsed === 'condition').toBe(true);
      await s.jumpTo(gate, '08:00');
      expect((await s.state(reference)).stage).toBe('GO_NO_GO');
      expect(staffMails(s, reference)).toContain('review_requested');
    }),
  );
});
