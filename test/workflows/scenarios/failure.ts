import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { changeContact } from '../../../functions/application/change-contact.ts';
import { definitionNumber } from '../../../functions/domain/onboarding/definitions.ts';
import { whoseTurn } from '../../../functions/domain/onboarding/whose-turn.ts';
import type { TaskName } from '../../../workflows/tasks.ts';
import { waveWith } from '../../domain/waves/fixtures.ts';
import { journeys, notReady } from '../../support/journeys.ts';
import { inScenario, operator, type Scenario } from '../../support/scenario.ts';

/** A fault that no new try mends. */
class ContractError extends Error {
  override readonly name = 'ContractError';
}

function breakBefore(s: Scenario, task: TaskName): void {
  s.justBefore(task, () => {
    throw new ContractError('broken on purpose');
  });
}

async function stop(s: Scenario, reference: string): Promise<void> {
  const { run } = await s.state(reference);
  await s.runtime.sfn.send(
    new StopExecutionCommand({ executionArn: s.runtime.executionArnOf(reference, run.number) }),
  );
  await s.settle();
  expect((await s.state(reference)).run.status).toBe('failed');
}

describe('A failed run', () => {
  test(
    'is seen on the onboarding, with the ball at the operators, and goes on when redriven',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      breakBefore(s, 'AssignReadinessTier');
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'SUBMITTED', run: { status: 'failed' } });
      expect(whoseTurn(await s.state(reference))).toBe('operator');
      expect(s.mailed(reference).slice(-2)).toEqual(['owner_stuck', 'review_overdue']);
      expect(s.runtime.events.list().at(-1)).toMatchObject({
        type: 'OnboardingFailed',
        data: { status: 'FAILED', error: 'ContractError' },
      });
      await s.redrive(reference);
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_HELD',
        run: { number: 1, status: 'running' },
      });
    }),
  );

  test(
    'fails only after five more tries when a service is down',
    inScenario(async (s) => {
      let calls = 0;
      const down = (): void => {
        calls += 1;
        s.justBefore('QualifyProspect', down);
        throw new Error('no connection');
      };
      s.justBefore('QualifyProspect', down);
      const reference = await s.start();
      await s.untilFailed(reference);
      expect(calls).toBe(6);
      s.justBefore('QualifyProspect', () => undefined);
      await s.redrive(reference);
      expect((await s.state(reference)).stage).toBe('INVITED');
    }),
  );

  test(
    'stays in sight while the customer goes on, and takes up its answers when redriven',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await stop(s, reference);
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'SUBMITTED', run: { status: 'failed' } });
      await changeContact(s.runtime, reference, { contactName: 'Dominique' }, operator);
      expect((await s.state(reference)).run.status).toBe('failed');
      await s.redrive(reference);
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'does not keep a customer from withdrawing',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await stop(s, reference);
      await s.withdraw(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
      expect((await s.wave('paris-2027-03-09')).booked.customers).toBe(0);
    }),
  );
});

const oneSeatOnly = {
  calendar: [waveWith({ cutover: '2027-03-09', capacity: { customers: 1, points: 60, complex: 1 } })],
};

/** It waits for the one wave before its deadline; a week later that wave is too near, and the run breaks there. */
async function ledFromTheWaitingListToAnOperator(s: Scenario): Promise<string> {
  await journeys.confirmed(s);
  const reference = await s.start();
  await s.submit(reference, {
    E1: { earliest: '2027-01-01', latest: '2027-03-10', reason: 'contract_end' },
  });
  expect((await s.state(reference)).stage).toBe('WAITING_LIST');
  breakBefore(s, 'AskForReview');
  await s.jumpDays(7);
  expect(await s.state(reference)).toMatchObject({
    run: { status: 'failed' },
    cause: 'NO_WAVE_BEFORE_DEADLINE',
  });
  return reference;
}

describe('A run whose definition does not know an outcome', () => {
  /** As an execution that a release before the first recorded one had begun. */
  async function beganWithAnUnknownDefinition(s: Scenario, reference: string): Promise<void> {
    await s.runtime.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: { run: { definition: 0 }, event: { type: 'RESUMED', actor: operator } },
    }));
  }

  test(
    'hands on to a successor, which takes up what a person decided',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await beganWithAnUnknownDefinition(s, reference);
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_HELD',
        run: { number: 2, definition: definitionNumber, status: 'running' },
      });
      expect(await s.executionStatus(reference, 1)).toBe('SUCCEEDED');
      expect(await s.happened(reference)).not.toContain('EXECUTION_FAILED');
    }),
  );

  test(
    'hands on to a successor, which goes on from what a task has stored',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      s.justBefore('ScheduleWave', () => beganWithAnUnknownDefinition(s, reference));
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', run: { number: 2 } });
      await s.confirm(reference);
      expect((await s.state(reference)).stage).toBe('WAVE_CONFIRMED');
    }),
  );
});

describe('A run resumed by an operator', () => {
  test(
    'starts from the beginning an onboarding that was never qualified',
    inScenario(async (s) => {
      breakBefore(s, 'QualifyProspect');
      const reference = await s.start();
      expect(await s.state(reference)).toMatchObject({ stage: 'REGISTERED', run: { status: 'failed' } });
      await s.resume(reference);
      expect(await s.state(reference)).toMatchObject({
        stage: 'INVITED',
        run: { number: 2, status: 'running' },
      });
    }),
  );

  test(
    'assesses answers that were not',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      breakBefore(s, 'AssignReadinessTier');
      await s.submit(reference);
      await s.resume(reference);
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_HELD',
        run: { number: 2, status: 'running' },
      });
    }),
  );

  const decide =
    (...decision: [Parameters<Scenario['review']>[1], string]) =>
    (s: Scenario, reference: string) =>
      s.review(reference, ...decision);

  test.each([
    ['a qualification review', journeys.inQualificationReview, decide('qualification', 'accept'), 'INVITED'],
    ['an invitation', journeys.invited, (s, reference) => s.submit(reference), 'WAVE_HELD'],
    ['answers under way', journeys.answering, (s, reference) => s.submit(reference), 'WAVE_HELD'],
    ['the review of a refusal', journeys.inConfirmationReview, decide('confirmation', 'confirm'), 'CLOSED'],
    ['a readiness review', journeys.inReadinessReview, decide('readiness', 'accept'), 'WAVE_HELD'],
    ['preparation', journeys.preparing, (s, reference) => s.submit(reference), 'WAVE_HELD'],
    ['a placement review', journeys.tooLateForEveryWave, decide('placement', 'wait'), 'WAITING_LIST'],
    ['the waiting list', journeys.waiting, (s) => s.jumpDays(7), 'WAITING_LIST'],
    ['a held wave', journeys.held, (s, reference) => s.confirm(reference), 'WAVE_CONFIRMED'],
    ['a confirmed wave', journeys.confirmed, (s, reference) => s.until(reference, 'GO_NO_GO'), 'GO_NO_GO'],
    ['the go/no-go', journeys.inGoNoGo, decide('go_no_go', 'go'), 'HANDED_OVER'],
  ] as const satisfies readonly (readonly [
    string,
    (s: Scenario) => Promise<string>,
    (s: Scenario, reference: string) => Promise<void>,
    string,
  ])[])('goes on from %s', async (_, journey, act, leadsTo) =>
    inScenario(async (s) => {
      const reference = await journey(s);
      const before = await s.state(reference);
      await stop(s, reference);
      await s.resume(reference);
      expect(await s.state(reference)).toMatchObject({
        stage: before.stage,
        run: { number: 2, status: 'running' },
      });
      expect(await s.executionStatus(reference, 1)).toBe('ABORTED');
      expect(await s.executionStatus(reference, 2)).toBe('RUNNING');
      const { wait } = await s.now(reference);
      expect(wait?.id).toMatch(`@${before.episode}`);
      await act(s, reference);
      expect((await s.state(reference)).stage).toBe(leadsTo);
    })(),
  );

  test(
    'takes over from a run that still waits, which then ends by itself',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await s.resume(reference);
      await s.jumpDays(2);
      expect(await s.executionStatus(reference, 1)).toBe('SUCCEEDED');
      expect(await s.executionStatus(reference, 2)).toBe('RUNNING');
      await s.review(reference, 'readiness', 'accept');
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'does not wait again for a hold that ended while nothing ran',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await stop(s, reference);
      await s.jumpDays(11);
      await s.resume(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2027-04-06' });
    }),
  );

  test(
    'leads before an operator one that was on its way there from the waiting list',
    inScenario(async (s) => {
      const reference = await ledFromTheWaitingListToAnOperator(s);
      await s.resume(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'placement' });
      await s.review(reference, 'placement', 'wait');
      expect((await s.state(reference)).stage).toBe('WAITING_LIST');
    }, oneSeatOnly),
  );

  test(
    'is not needed for a withdrawal on the way from the waiting list to an operator',
    inScenario(async (s) => {
      const reference = await ledFromTheWaitingListToAnOperator(s);
      await s.withdraw(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
    }, oneSeatOnly),
  );
});

describe('A fault that passes', () => {
  const journeyTo = {
    QualifyProspect: [journeys.invited],
    AskForReview: [
      journeys.inQualificationReview,
      journeys.inConfirmationReview,
      journeys.inReadinessReview,
      journeys.inPlacementReview,
    ],
    InviteCustomer: [journeys.invited],
    AssignReadinessTier: [journeys.held],
    BookPreparationWave: [journeys.preparing],
    WaitForReassessment: [journeys.preparing],
    ScheduleWave: [journeys.held],
    WaitForSlot: [journeys.waiting],
    AskCustomerToConfirmWave: [journeys.held],
    WaitForGoNoGo: [journeys.confirmed],
    HandOver: [journeys.handedOver],
    CloseOnboarding: [
      async (s: Scenario) => {
        const reference = await journeys.invited(s);
        await s.declineInvitation(reference);
        await s.until(reference, 'CLOSED');
        return reference;
      },
    ],
  } as const satisfies Partial<Readonly<Record<TaskName, readonly ((s: Scenario) => Promise<string>)[]>>>;

  test.each(Object.entries(journeyTo).flatMap(([task, ways]) => ways.map((way) => [task, way] as const)))(
    'in %s is tried again',
    async (task, journey) =>
      inScenario(async (s) => {
        let faults = 0;
        for (const name of Object.keys(journeyTo).filter(
          (known): known is keyof typeof journeyTo => known === task,
        )) {
          s.justBefore(name, () => {
            faults += 1;
            throw new Error('no connection');
          });
        }
        const reference = await journey(s);
        await s.jumpDays(0.01);
        expect(faults).toBe(1);
        expect(await s.happened(reference)).not.toContain('EXECUTION_FAILED');
      })(),
  );
});

describe('An onboarding of 700 days', () => {
  test(
    'is carried on by successors of its run and ends well',
    inScenario(
      async (s) => {
        const reference = await s.start();
        await s.submit(reference, notReady);
        for (let round = 0; round < 3; round += 1) {
          await s.until(reference, 'IN_REVIEW');
          await s.review(reference, 'readiness', 'accept');
          expect((await s.state(reference)).stage).toBe('PREPARING');
        }
        await s.jumpTo('2028-12-29');
        const { run } = await s.state(reference);
        expect(run.number).toBe(3);
        expect(await s.executionStatus(reference, 1)).toBe('SUCCEEDED');
        expect(await s.executionStatus(reference, 2)).toBe('SUCCEEDED');
        expect((await s.happened(reference)).filter((type) => type === 'CONTINUED')).toHaveLength(2);
        await s.submit(reference);
        await s.confirm(reference);
        await s.until(reference, 'GO_NO_GO');
        await s.review(reference, 'go_no_go', 'go');
        expect((await s.state(reference)).stage).toBe('HANDED_OVER');
      },
      { calendar: [waveWith({ cutover: '2029-02-06' })] },
    ),
  );

  test(
    'goes on also when starting the successor fails once',
    inScenario(
      async (s) => {
        const reference = await journeys.preparing(s);
        s.justBefore('ContinueInSuccessor', () => {
          throw new Error('no connection');
        });
        await s.until(reference, 'IN_REVIEW');
        await s.review(reference, 'readiness', 'accept');
        await s.jumpDays(151);
        expect(await s.state(reference)).toMatchObject({
          stage: 'PREPARING',
          run: { number: 2, status: 'running' },
        });
      },
      { calendar: [] },
    ),
  );
});
