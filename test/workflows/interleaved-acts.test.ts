import { describe, expect, test, vi } from 'vitest';
import { changeWave } from '../../functions/application/change-wave.ts';
import { clearCondition, moveDueDate } from '../../functions/application/clear-condition.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { declareCondition } from '../../functions/application/declare-condition.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { runGates } from '../../functions/application/run-gates.ts';
import { addDays } from '../../functions/domain/calendar-date.ts';
import { OtherPlaceError } from '../../functions/domain/errors.ts';
import { heldUntil } from '../../functions/domain/onboarding/bookings.ts';
import { placeDays } from '../../functions/domain/onboarding/durations.ts';
import { waveWith } from '../domain/waves/fixtures.ts';
import { evidence } from '../support/evidence.ts';
import { classified, journeys } from '../support/journeys.ts';
import { customer, inScenario, operator, type Scenario } from '../support/scenario.ts';

const unclear = { A7: 'unknown', A5: 'unknown' } as const;
const withoutDpia = { B9: ['art9'], B9b: '10k_100k', B11: 'not_done' } as const;
const paris = 'paris-2027-03-09';
const oneSeat = { customers: 1, points: 60, complex: 1 };
const april = waveWith({ cutover: '2027-04-06', capacity: oneSeat });
const failed = { result: 'rolled_back', reason: 'the storage failed' } as const;

/** A customer with a confirmed place who has left questions open. */
async function confirmedUnclear(s: Scenario): Promise<string> {
  const reference = await s.start();
  await s.until(reference, 'INVITED');
  await s.submit(reference, unclear);
  await s.confirm(reference);
  return reference;
}

const declaresWorse = (s: Scenario, reference: string) =>
  declareCondition(s.runtime, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' }, customer);

/** A customer whose result is reviewed while it keeps its place. */
async function reviewedWithPlace(s: Scenario): Promise<string> {
  const reference = await confirmedUnclear(s);
  await declaresWorse(s, reference);
  await s.settle();
  return reference;
}

describe('A request that waits for a second person', () => {
  test(
    'outlives a reminder of a condition, which changes no fact',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, { ...classified, ...withoutDpia });
      const { stage, conditionsDue = '' } = await s.state(reference);
      expect([stage, conditionsDue === '']).toEqual(['IN_REVIEW', false]);
      await s.jumpTo(addDays(conditionsDue, -15));
      const approval = await decideReview(
        s.runtime,
        reference,
        { kind: 'confirmation', decision: 'override', reason: 'agreed', approval: true },
        operator,
      );
      expect(approval?.status).toBe('waiting');
      await s.jumpTo(addDays(conditionsDue, -14), '15:00');
      expect(s.mailed(reference)).toContain('condition_reminder');
      expect((await s.now(reference)).approval?.status).toBe('waiting');
    }),
  );
});

describe('A cutover that was rolled back', () => {
  test(
    'is no gate that was missed when the customer declares a worse answer',
    inScenario(async (s) => {
      const reference = await confirmedUnclear(s);
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'go');
      await s.jumpTo('2027-03-09', '20:00');
      s.justBefore('ScheduleWave', () => declaresWorse(s, reference));
      await recordCutover(s.runtime, reference, failed, operator);
      await s.settle();
      expect((await s.state(reference)).stage).toBe('IN_REVIEW');
      await runGates(s.runtime);
      await s.settle();
      const decided = (await s.runtime.store.onboardings.events(reference)).filter(
        ({ type }) => type === 'GO_NO_GO_DECIDED',
      );
      expect(decided.map(({ data, reason }) => [data?.['decision'], reason])).toEqual([
        ['go', expect.anything()],
      ]);
      expect(s.runtime.events.list().map(({ type }) => type)).not.toContain('OnboardingNoGoBySilence');
    }),
  );

  test(
    'keeps the reminders of its conditions when the job lists it in the same instant',
    inScenario(async (s) => {
      const reference = await s.start();
      await s.until(reference, 'INVITED');
      await s.submit(reference, withoutDpia);
      await s.confirm(reference);
      await moveDueDate(
        s.runtime,
        reference,
        'DPIA_MISSING',
        { due: '2027-05-20', reason: 'late' },
        operator,
      );
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'go');
      const { cutover = '' } = await s.state(reference);
      const dossiers = s.runtime.store.dossiers;
      const forget = dossiers.forgetDates;
      const spy = vi.spyOn(dossiers, 'forgetDates').mockImplementationOnce(async (each) => {
        await recordCutover(s.runtime, reference, failed, operator);
        await forget(each);
      });
      await s.jumpTo(cutover, '20:00');
      await s.jumpTo('2027-05-06', '20:00');
      await s.settle();
      expect(spy.mock.calls.length).toBeGreaterThan(0);
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
      await s.jumpTo('2027-05-14');
      await runGates(s.runtime);
      await s.settle();
      expect(s.mailed(reference).filter((one) => one === 'condition_reminder').length).toBe(2);
    }),
  );
});

describe('An offer whose time is over', () => {
  test(
    'is not kept without a limit by a declaration that comes before it is taken back',
    inScenario(
      async (s) => {
        const holder = await journeys.confirmed(s);
        const reference = await s.start();
        await s.submit(reference, unclear);
        await s.withdraw(holder);
        const offer = (await s.now(reference)).booking;
        expect(offer?.status).toBe('OFFERED');
        await s.runtime.clock.jumpTo(new Date(Date.parse(offer?.holdUntil ?? '') + 30_000));
        expect((await s.now(reference)).booking?.status).toBe('OFFERED');
        await declaresWorse(s, reference);
        await s.settle();
        await s.jumpDays(1);
        const { state, booking } = await s.now(reference);
        expect(state.stage).toBe('IN_REVIEW');
        expect(booking).toBeUndefined();
      },
      { calendar: [april] },
    ),
  );
});

describe('A wave that is cancelled', () => {
  test(
    'is left by a customer who is asked again',
    inScenario(async (s) => {
      const reference = await reviewedWithPlace(s);
      await s.review(reference, 'readiness', 'ask_customer', { questions: ['A7'], message: 'Précisez.' });
      expect((await s.state(reference)).stage).toBe('INVITED');
      const { wave = '' } = await s.state(reference);
      await s.changeWave(wave, { transition: 'cancel', moveBooked: true });
      await runGates(s.runtime);
      await s.settle();
      const { state, booking } = await s.now(reference);
      expect([state.priority, booking?.status]).toEqual([true, 'TO_MOVE']);
    }),
  );

  test(
    'is not confirmed again by a place that a review has kept',
    inScenario(async (s) => {
      const reference = await reviewedWithPlace(s);
      const mails = () => s.mailed(reference).filter((one) => one === 'wave_confirmed').length;
      const before = mails();
      const { waves } = s.runtime.store;
      s.justBefore('ScheduleWave', () => {
        const real = waves.calendar;
        vi.spyOn(waves, 'calendar').mockImplementationOnce(async (...given) => {
          const seen = await real(...given);
          await changeWave(
            s.runtime,
            'paris',
            paris,
            { transition: 'cancel', moveBooked: true, reason: 'test' },
            operator,
          );
          return seen;
        });
      });
      await s.review(reference, 'readiness', 'accept');
      expect((await s.wave(paris)).state).toBe('CANCELLED');
      expect(mails() - before).toBe(0);
      const { booking } = await s.now(reference);
      expect(booking?.wave).not.toBe(paris);
    }),
  );
});

describe('A result recorded from a page of an earlier hand-over', () => {
  test(
    'says nothing about the next one',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      const { wave = '' } = await s.state(reference);
      const postponed = { result: 'postponed', reason: 'the storage failed' } as const;
      await recordCutover(s.runtime, reference, postponed, operator);
      await s.settle();
      await s.confirm(reference);
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'go');
      const fromEarlierPage = { ...postponed, wave };
      await expect(recordCutover(s.runtime, reference, fromEarlierPage, operator)).rejects.toThrow(
        OtherPlaceError,
      );
      await s.settle();
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
    }),
  );
});

describe('Clearing', () => {
  test(
    'a condition twice changes nothing the second time',
    inScenario(async (s) => {
      const reference = await s.start();
      await s.until(reference, 'INVITED');
      await s.submit(reference, withoutDpia);
      await clearCondition(s.runtime, reference, 'DPIA_MISSING', evidence, operator);
      await clearCondition(s.runtime, reference, 'DPIA_MISSING', evidence, operator);
      await s.settle();
      expect((await s.happened(reference)).filter((each) => each === 'CONDITION_CLEARED')).toHaveLength(1);
    }),
  );
});

describe('A place that is held with new time to answer', () => {
  const nextDays = (instant: string) => heldUntil('2027-03-09', placeDays.held, new Date(instant));

  test('is held for its days', () => {
    expect(nextDays('2027-02-01T09:00:00.000Z')).toBe('2027-02-11T09:00:00.000Z');
  });

  test('is never held past the gate at which its cutover is decided', () => {
    expect(nextDays('2027-03-04T09:00:00.000Z')).toBe('2027-03-08T17:00:00.000Z');
  });
});
