import { describe, expect, test } from 'vitest';
import { recordCutover } from '../../../functions/application/record-cutover.ts';
import { NotExpectedNowError, OnboardingClosedError } from '../../../functions/domain/errors.ts';
import type { TaskName } from '../../../workflows/tasks.ts';
import { waveWith } from '../../domain/waves/fixtures.ts';
import { journeys } from '../../support/journeys.ts';
import { customer, inScenario, operator, type Scenario, sales } from '../../support/scenario.ts';

/** Withdrawn, its place given back and its SIREN free for another onboarding. */
async function expectWithdrawn(s: Scenario, reference: string): Promise<void> {
  await s.settle();
  const now = await s.now(reference);
  expect(now.state).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
  expect(now.booking).toBeUndefined();
  expect(now.preparation).toBeUndefined();
  expect(s.statesEntered(reference)).not.toContain('Handed over');
  expect(await s.executionStatus(reference, now.state.run.number)).toBe('SUCCEEDED');
  expect(s.mailed(reference).at(-1)).toBe('closed');
  const next = await s.start({ siren: now.state.siren });
  expect(next).not.toBe(reference);
}

describe('A withdrawal', () => {
  test.each([
    ['while invited, by the customer', customer, journeys.invited],
    ['while answering, by sales', sales, journeys.answering],
    ['while its qualification is reviewed, by sales', sales, journeys.inQualificationReview],
    ['while its refusal is reviewed, by the customer', customer, journeys.inConfirmationReview],
    ['while its readiness is reviewed, by an operator', operator, journeys.inReadinessReview],
    ['while its placement is reviewed, by the customer', customer, journeys.inPlacementReview],
    ['while preparing, by the customer', customer, journeys.preparing],
    ['on the waiting list, by the customer', customer, journeys.waiting],
    ['with a wave held, by an operator', operator, journeys.held],
    ['with a wave confirmed, by sales', sales, journeys.confirmed],
    ['at the go/no-go, by the customer', customer, journeys.inGoNoGo],
  ] as const)('ends an onboarding at once %s', async (_, who, journey) =>
    inScenario(async (s) => {
      const reference = await journey(s);
      await s.withdraw(reference, who);
      await expectWithdrawn(s, reference);
      await expect(s.withdraw(reference)).rejects.toThrow(OnboardingClosedError);
    })(),
  );

  test(
    'gives an offered place to the next on the waiting list',
    inScenario(
      async (s) => {
        const holder = await journeys.held(s);
        const first = await s.start();
        await s.submit(first);
        await s.jumpDays(1);
        const second = await s.start();
        await s.submit(second);
        await s.withdraw(holder);
        expect((await s.state(first)).wave).toBe('paris-2027-04-06');
        await s.withdraw(first);
        expect((await s.state(second)).wave).toBe('paris-2027-04-06');
      },
      {
        calendar: [waveWith({ cutover: '2027-04-06', capacity: { customers: 1, points: 60, complex: 1 } })],
      },
    ),
  );

  test(
    'comes too late once the customer was handed over',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      await expect(s.withdraw(reference)).rejects.toThrow(NotExpectedNowError);
      await s.jumpTo('2027-03-09');
      await recordCutover(s.runtime, reference, { result: 'done' }, operator);
      await expect(s.withdraw(reference)).rejects.toThrow(NotExpectedNowError);
    }),
  );

  test.each([
    ['QualifyProspect', async (s: Scenario) => s.start()],
    ['InviteCustomer', async (s: Scenario) => s.start()],
    ['AssignReadinessTier', journeys.held],
    ['ScheduleWave', journeys.held],
    ['AskCustomerToConfirmWave', journeys.held],
    ['AskForReview', journeys.inPlacementReview],
    ['BookPreparationWave', journeys.preparing],
    ['WaitForReassessment', journeys.preparing],
    ['WaitForSlot', journeys.waiting],
    ['WaitForGoNoGo', journeys.confirmed],
    ['HandOver', journeys.handedOver],
  ] as const satisfies readonly (readonly [TaskName, (s: Scenario) => Promise<string>])[])(
    'just before %s is carried out ends the onboarding there',
    async (task, journey) =>
      inScenario(async (s) => {
        let withdrawn = '';
        s.justBefore(task, async (reference) => {
          withdrawn = reference;
          await s.withdraw(reference);
        });
        // The way does not lead where it was meant to.
        await journey(s).catch(() => undefined);
        await expectWithdrawn(s, withdrawn);
      })(),
  );

  test(
    'that comes before a decision is carried out keeps its own outcome',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      s.justBefore('CloseOnboarding', () => s.withdraw(reference));
      await s.review(reference, 'readiness', 'reject');
      await expectWithdrawn(s, reference);
    }),
  );
});
