import { describe, expect, test } from 'vitest';
import { clearCondition } from '../../../functions/application/clear-condition.ts';
import { DecisionRefusedError, NotExpectedNowError } from '../../../functions/domain/errors.ts';
import { evidence } from '../../support/evidence.ts';
import { classified, doubtful, journeys, notReady, tooLarge } from '../../support/journeys.ts';
import { inScenario, operator } from '../../support/scenario.ts';

const unknownTier = {
  D2: 'unknown',
  D3: 'unknown',
} as const;

describe('A refusal suggested by the rules', () => {
  test(
    'closes the onboarding only once an operator confirms it',
    inScenario(async (s) => {
      const reference = await journeys.inConfirmationReview(s);
      expect(await s.state(reference)).toMatchObject({
        reviewKind: 'confirmation',
        eligibility: 'NOT_ELIGIBLE',
      });
      await s.review(reference, 'confirmation', 'confirm');
      expect(await s.state(reference)).toMatchObject({
        stage: 'CLOSED',
        outcome: 'NOT_ELIGIBLE',
        cause: 'REFUSAL_CONFIRMED',
      });
      expect(s.statesEntered(reference)).not.toContain('Schedule wave');
    }),
  );

  test(
    'goes on to a wave when an operator overrides it',
    inScenario(async (s) => {
      const reference = await journeys.inConfirmationReview(s);
      await s.review(reference, 'confirmation', 'override');
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', settledRules: ['R01'] });
    }),
  );

  test(
    'once overridden, still has an operator look at what else is in doubt',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, { ...classified, ...doubtful });
      await s.review(reference, 'confirmation', 'override');
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness' });
      await s.review(reference, 'readiness', 'accept');
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );
});

describe('A readiness review', () => {
  test(
    'sends an accepted customer to its wave and does not ask about the same rule twice',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await s.review(reference, 'readiness', 'accept');
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', settledRules: ['R04'] });
    }),
  );

  test(
    'is followed by a placement review of its own for a customer too large for any wave',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, { ...doubtful, ...tooLarge });
      await s.review(reference, 'readiness', 'accept');
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'placement' });
    }),
  );

  test(
    'places a customer whose tier is unknown once an operator sets one',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, unknownTier);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', tier: 'UNKNOWN' });
      await expect(s.review(reference, 'readiness', 'accept')).rejects.toThrow(DecisionRefusedError);
      await s.review(reference, 'readiness', 'set_tier', { tier: 'READY' });
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'READY' });
      expect(s.statesEntered(reference)).not.toContain('Book preparation wave');
    }),
  );

  test(
    'prepares a customer whose tier an operator sets to not ready',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await s.review(reference, 'readiness', 'set_tier', { tier: 'NOT_READY' });
      expect(await s.state(reference)).toMatchObject({ stage: 'PREPARING', tier: 'NOT_READY' });
    }),
  );

  test(
    'asks the customer to complete sections, on the link it has',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await s.review(reference, 'readiness', 'ask_customer', { sections: ['B'] });
      expect(await s.state(reference)).toMatchObject({ stage: 'INVITED', sectionsAsked: ['B'], link: 1 });
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', submission: 2 });
    }),
  );

  test(
    'closes what an operator rejects',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await s.review(reference, 'readiness', 'reject');
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'NOT_ELIGIBLE' });
    }),
  );

  test(
    'takes no decision of another review, and none twice',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await expect(s.review(reference, 'placement', 'wait')).rejects.toThrow(NotExpectedNowError);
      await s.review(reference, 'readiness', 'accept');
      await expect(s.review(reference, 'readiness', 'reject')).rejects.toThrow(NotExpectedNowError);
    }),
  );

  test(
    'waits for an operator from one working day to the next',
    inScenario(async (s) => {
      const readiness = await journeys.inReadinessReview(s);
      const refusal = await journeys.inConfirmationReview(s);
      const placement = await journeys.inPlacementReview(s);
      await s.jumpDays(4);
      for (const reference of [readiness, refusal, placement]) {
        expect((await s.state(reference)).stage).toBe('IN_REVIEW');
        expect(s.mailed(reference).filter((template) => template === 'review_requested')).toHaveLength(2);
      }
    }),
  );
});

describe('A customer that is not ready', () => {
  test(
    'takes a preparation wave, answers again and is placed once ready',
    inScenario(async (s) => {
      const reference = await journeys.preparing(s);
      expect((await s.now(reference)).preparation?.wave).toBe('prep-paris-2027-02-08');
      expect((await s.wave('prep-paris-2027-02-08')).booked.customers).toBe(1);
      expect(s.statesEntered(reference)).not.toContain('Schedule wave');
      await s.jumpDays(31);
      expect(s.mailed(reference)).toContain('reassessment_reminder');

      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'READY', submission: 2 });
      const result = await s.runtime.store.dossiers.result(reference);
      expect(result?.previous?.tier).toBe('NOT_READY');
    }),
  );

  test(
    'prepares again when it answers again too early',
    inScenario(async (s) => {
      const reference = await journeys.preparing(s);
      await s.jumpDays(20);
      await s.submit(reference, notReady);
      expect((await s.state(reference)).stage).toBe('PREPARING');
      expect((await s.now(reference)).preparation?.wave).toBe('prep-paris-2027-03-08');
    }),
  );

  test(
    'comes before an operator after 180 days without new answers',
    inScenario(async (s) => {
      const reference = await journeys.preparing(s);
      await s.jumpDays(179);
      expect((await s.state(reference)).stage).toBe('PREPARING');
      await s.jumpDays(1);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness' });
      await s.review(reference, 'readiness', 'accept');
      expect((await s.state(reference)).stage).toBe('PREPARING');
    }),
  );
});

describe('A conditional customer', () => {
  const withExitPlan = { A6: 'yes', A6b: 'yes' } as const;

  test(
    'takes a wave late enough for its conditions, and becomes ready when an operator clears them',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, withExitPlan);
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_HELD',
        tier: 'CONDITIONAL',
        // Due on 29 April, four weeks before the cutover at the latest.
        wave: 'paris-2027-06-01',
      });
      await clearCondition(s.runtime, reference, 'EXIT_PLAN_REQUIRED', evidence, operator);
      expect(await s.state(reference)).toMatchObject({ tier: 'READY' });
    }),
  );

  test(
    'keeps a cleared condition cleared when it is assessed again',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, { ...withExitPlan, ...notReady });
      await clearCondition(s.runtime, reference, 'EXIT_PLAN_REQUIRED', evidence, operator);
      await s.submit(reference, withExitPlan);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'READY' });
    }),
  );
});
