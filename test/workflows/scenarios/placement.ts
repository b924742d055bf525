import { describe, expect, test } from 'vitest';
import { DecisionRefusedError, HoldExpiredError } from '../../../functions/domain/errors.ts';
import { waveWith } from '../../domain/waves/fixtures.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario, type Scenario } from '../../support/scenario.ts';

const oneSeat = { customers: 1, points: 60, complex: 1 };
/** One place in April and nothing else. */
const onePlace = [waveWith({ cutover: '2027-04-06', capacity: oneSeat })];
const theWave = 'paris-2027-04-06';

/** One customer has the only place; the others wait in the order given. */
async function placeTakenBy(s: Scenario, waiting: number): Promise<[string, ...string[]]> {
  const holder = await journeys.confirmed(s);
  const others: string[] = [];
  for (let count = 0; count < waiting; count += 1) {
    const reference = await s.start();
    await s.submit(reference);
    expect(await s.state(reference)).toMatchObject({ stage: 'WAITING_LIST', cause: 'WAVE_FULL' });
    // The date of the request decides between customers that are alike.
    await s.jumpDays(1);
    others.push(reference);
  }
  return [holder, ...others];
}

describe('The waiting list', () => {
  test(
    'offers a freed place to the first, who accepts it',
    inScenario(
      async (s) => {
        const [holder, first = '', second = ''] = await placeTakenBy(s, 2);
        await s.withdraw(holder);
        expect(await s.state(first)).toMatchObject({ stage: 'WAITING_LIST', wave: theWave });
        expect((await s.state(second)).wave).toBeUndefined();
        await s.answerOffer(first, 'accept');
        expect((await s.state(first)).stage).toBe('WAVE_CONFIRMED');
        expect(s.mailed(first)).toEqual([
          'invitation',
          'answers_received',
          'owner_answered',
          'waiting_list',
          'wave_offer',
          'wave_confirmed',
          'owner_booked',
        ]);
        expect(s.statesEntered(first)).not.toContain('Ask customer to confirm wave');
        await s.until(first, 'GO_NO_GO');
      },
      { calendar: onePlace },
    ),
  );

  test(
    'offers a refused place to the next',
    inScenario(
      async (s) => {
        const [holder, first = '', second = ''] = await placeTakenBy(s, 2);
        await s.withdraw(holder);
        await s.answerOffer(first, 'refuse');
        const waits = { stage: 'WAITING_LIST', avoid: [theWave], cause: 'ALREADY_OFFERED' };
        expect(await s.state(first)).toMatchObject(waits);
        expect((await s.state(second)).wave).toBe(theWave);
        await s.withdraw(second);
        await s.jumpDays(8);
        expect((await s.wave(theWave)).booked.customers).toBe(0);
        expect(await s.state(first)).toMatchObject(waits);
      },
      { calendar: onePlace },
    ),
  );

  test(
    'takes an offer back after 5 days and offers it to the next',
    inScenario(
      async (s) => {
        const [holder, first = '', second = ''] = await placeTakenBy(s, 2);
        await s.jumpTo('2027-01-31', '10:00');
        await s.withdraw(holder);
        await s.jumpTo('2027-02-05', '10:00');
        await expect(s.answerOffer(first, 'accept')).rejects.toThrow(HoldExpiredError);
        await s.jumpTo('2027-02-05', '18:00');
        expect((await s.state(first)).wave).toBeUndefined();
        expect((await s.state(second)).wave).toBe(theWave);
        await s.answerOffer(second, 'accept');
      },
      { calendar: onePlace },
    ),
  );

  test(
    'does not turn an offer that ends with the weekly look into a hold',
    inScenario(
      async (s) => {
        const [holder, first = '', second = ''] = await placeTakenBy(s, 2);
        // Two days after the first began to wait: five more make its week.
        await s.withdraw(holder);
        expect((await s.state(first)).wave).toBe(theWave);
        await s.jumpDays(5);
        expect((await s.state(first)).stage).toBe('WAITING_LIST');
        expect((await s.state(second)).wave).toBe(theWave);
      },
      { calendar: onePlace },
    ),
  );

  test(
    'is left by itself when a wave is enlarged, and looked through each week',
    inScenario(
      async (s) => {
        const [, first = ''] = await placeTakenBy(s, 1);
        await s.jumpDays(8);
        expect((await s.state(first)).stage).toBe('WAITING_LIST');
        await s.changeWave(theWave, { capacity: { ...oneSeat, customers: 2 } });
        expect((await s.state(first)).wave).toBe(theWave);
        await s.answerOffer(first, 'accept');
        expect((await s.wave(theWave)).booked.customers).toBe(2);
      },
      { calendar: onePlace },
    ),
  );

  test(
    'holds a place found in the weekly look through the calendar',
    inScenario(async (s) => {
      const reference = await journeys.waiting(s);
      await s.runtime.store.waves.create(waveWith({ cutover: '2029-01-09' }));
      await s.jumpDays(7);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2029-01-09' });
    }),
  );
});

describe('A placement review', () => {
  test(
    'does not let a customer wait that is larger than every wave, but once one is large enough',
    inScenario(async (s) => {
      const reference = await journeys.inPlacementReview(s);
      expect(await s.state(reference)).toMatchObject({
        reviewKind: 'placement',
        cause: 'TOO_LARGE_FOR_ANY_WAVE',
      });
      expect(s.statesEntered(reference)).not.toContain('Wait for a slot');
      await expect(s.review(reference, 'placement', 'wait')).rejects.toThrow(DecisionRefusedError);
      await s.changeWave('paris-2027-06-29', {
        capacity: { customers: 8, points: 1_000, complex: 4 },
        growthReason: 'a large customer',
      });
      await s.review(reference, 'placement', 'wait');
      await s.jumpDays(7);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2027-06-29' });
    }),
  );

  test(
    'reports a customer whom no wave takes before its deadline',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, {
        E1: { earliest: '2027-01-01', latest: '2027-02-15', reason: 'contract_end' },
      });
      expect(await s.state(reference)).toMatchObject({
        stage: 'IN_REVIEW',
        cause: 'NO_WAVE_BEFORE_DEADLINE',
      });
      await s.review(reference, 'placement', 'reject');
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'NOT_ELIGIBLE' });
    }),
  );

  test(
    'follows two confirmations that timed out',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await s.jumpDays(10);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2027-04-06' });
      expect((await s.wave('paris-2027-03-09')).booked.customers).toBe(0);
      await s.jumpDays(10);
      expect(await s.state(reference)).toMatchObject({
        stage: 'IN_REVIEW',
        cause: 'CONFIRMATION_TIMED_OUT',
      });
      expect((await s.wave('paris-2027-04-06')).booked.customers).toBe(0);
      await s.review(reference, 'placement', 'wait');
      await s.jumpDays(7);
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'gives the customer a place in a wave that the operator chooses',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await s.jumpDays(10);
      await s.jumpDays(10);
      await s.review(reference, 'placement', 'move', { wave: 'paris-2027-06-01' });
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2027-06-01' });
      await s.confirm(reference);
      expect((await s.state(reference)).stage).toBe('WAVE_CONFIRMED');
    }),
  );
});

describe('A date', () => {
  test(
    'that the customer chooses, again and again, leads to the go/no-go of the last one',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      for (const to of ['paris-2027-05-04', 'paris-2027-06-01', 'paris-2027-04-06'])
        await s.choose(reference, to);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', wave: 'paris-2027-04-06' });
      await s.jumpTo('2027-04-05');
      await s.review(reference, 'go_no_go', 'go');
      expect(await s.state(reference)).toMatchObject({ stage: 'HANDED_OVER', cutover: '2027-04-06' });
    }),
  );

  test(
    'to which an operator moves the customer is confirmed, and handed over',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      await s.move(reference, 'paris-2027-05-04');
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2027-05-04' });
      await s.move(reference, 'paris-2027-04-06');
      await s.confirm(reference);
      await s.jumpTo('2027-04-05');
      await s.move(reference, 'paris-2027-06-01');
      await s.confirm(reference);
      await s.jumpTo('2027-05-31');
      await s.review(reference, 'go_no_go', 'go');
      expect(await s.state(reference)).toMatchObject({ stage: 'HANDED_OVER', cutover: '2027-06-01' });
    }),
  );
});

describe('A held wave', () => {
  test(
    'is exchanged for another date three times, and no fourth',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      const waves: unknown[] = [];
      for (let count = 0; count < 3; count += 1) {
        await s.answerWave(reference, 'another_date');
        waves.push((await s.state(reference)).wave);
      }
      expect(waves).toEqual(['paris-2027-04-06', 'paris-2027-05-04', 'paris-2027-06-01']);
      await expect(s.answerWave(reference, 'another_date')).rejects.toThrow(DecisionRefusedError);
      await s.confirm(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', wave: 'paris-2027-06-01' });
    }),
  );

  test(
    'stays when there is no other date',
    inScenario(
      async (s) => {
        const reference = await journeys.held(s);
        await s.answerWave(reference, 'another_date');
        expect(await s.state(reference)).toMatchObject({
          stage: 'WAVE_HELD',
          wave: theWave,
          cause: 'NO_OTHER_DATE',
        });
        await s.confirm(reference);
        expect((await s.state(reference)).stage).toBe('WAVE_CONFIRMED');
      },
      { calendar: onePlace },
    ),
  );

  test(
    'does not stay in a wave that is cancelled while another date is sought',
    inScenario(
      async (s) => {
        const reference = await journeys.held(s);
        s.justBefore('ScheduleWave', () => s.changeWave(theWave, { transition: 'cancel', moveBooked: true }));
        await s.answerWave(reference, 'another_date');
        expect((await s.state(reference)).stage).toBe('WAITING_LIST');
        expect((await s.wave(theWave)).booked.customers).toBe(0);
      },
      { calendar: onePlace },
    ),
  );

  test(
    'ends the onboarding when the customer declines',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await s.answerWave(reference, 'decline');
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'DECLINED' });
      expect((await s.wave('paris-2027-03-09')).booked.customers).toBe(0);
    }),
  );
});

describe('A wave cancelled by an operator', () => {
  const cancel = { transition: 'cancel', moveBooked: true } as const;

  test.each([
    ['held', journeys.held],
    ['confirmed', journeys.confirmed],
    ['about to be decided', journeys.inGoNoGo],
  ] as const)('leads a customer for whom it is %s to another', async (_, journey) =>
    inScenario(async (s) => {
      const reference = await journey(s);
      await s.changeWave('paris-2027-03-09', cancel);
      const { stage, wave } = await s.state(reference);
      expect(stage).toBe('WAVE_HELD');
      expect(wave).not.toBe('paris-2027-03-09');
      expect(s.mailed(reference)).toContain('wave_moved');
      expect((await s.wave('paris-2027-03-09')).booked.customers).toBe(0);
    })(),
  );

  test(
    'takes its offer back, and the customer keeps waiting',
    inScenario(
      async (s) => {
        const [holder, first = ''] = await placeTakenBy(s, 1);
        await s.withdraw(holder);
        expect((await s.state(first)).wave).toBe(theWave);
        await s.changeWave(theWave, cancel);
        const { stage, wave } = await s.state(first);
        expect({ stage, wave }).toEqual({ stage: 'WAITING_LIST', wave: undefined });
      },
      { calendar: onePlace },
    ),
  );

  test(
    'is not cancelled over the heads of those booked',
    inScenario(async (s) => {
      await journeys.held(s);
      await expect(s.changeWave('paris-2027-03-09', { transition: 'cancel' })).rejects.toThrow('moveBooked');
    }),
  );

  test(
    'is not cancelled while customers have a seat in its preparation',
    inScenario(async (s) => {
      const { preparation } = await s.now(await journeys.preparing(s));
      await expect(s.changeWave(preparation?.wave ?? '', cancel)).rejects.toThrow('preparation wave');
    }),
  );
});
