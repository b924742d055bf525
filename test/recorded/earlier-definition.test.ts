import { describe, expect, test } from 'vitest';
import { loadWorkflow } from '../../workflows/load.ts';
import { unlistedSiren } from '../support/canaries.ts';
import { journeys } from '../support/journeys.ts';
import { inScenario, operator, type Scenario } from '../support/scenario.ts';
import { readWorkflow } from '../support/workflow-file.ts';
import { breakBefore, type LateEntry, lateEntries, walkCalendar, walkedTasks, walkedWaits } from './waits.ts';
import { edgesOf, Taken, waitsOf, waysThroughWaits } from './ways.ts';

const definition = loadWorkflow(new URL('./workflows/1.asl.json', import.meta.url), {
  functionName: (task) => task,
  partition: 'aws',
});
const workflow = readWorkflow(definition);
const taken = new Taken(workflow);

/** Runs a scenario whose runs follow the recorded definition. */
function inRecorded(body: (s: Scenario) => Promise<void>, calendar = walkCalendar) {
  return inScenario(body, { calendar, earlier: { definition, onEdge: (edge) => taken.add(edge) } })();
}

/** The first run has ended well, and another goes on. */
async function expectTakenOver(s: Scenario, reference: string): Promise<void> {
  expect((await s.state(reference)).run.number).toBe(2);
  expect(await s.executionStatus(reference, 1)).toBe('SUCCEEDED');
  expect(await s.executionStatus(reference, 2)).toBe('RUNNING');
}

/** Records that the present run began with the first definition, as the release before did. */
async function beganWithFirst({ runtime }: Scenario, reference: string): Promise<void> {
  await runtime.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: { run: { definition: 1 }, event: { type: 'RESUMED', actor: operator } },
  }));
}

/** A fault that is tried again after it. */
function failOnce(): never {
  throw new Error('no connection');
}

const endings = walkedWaits.flatMap(({ endings: all, ...wait }) =>
  all.map((ending) => ({ ...wait, ...ending })),
);

describe('A run that began with the first definition', () => {
  test.each(endings)('goes on from "$wait" with $outcome', async ({ enter, act, leadsTo }) =>
    inRecorded(async (s) => {
      const reference = await enter(s);
      await act(s, reference);
      expect((await s.state(reference)).stage).toBe(leadsTo);
    }),
  );

  test.each(walkedWaits)(
    'enters "$wait" also after a fault, turns, and ends at the turn after another took over',
    async ({ task, enter, turnInDays, calendar }) =>
      inRecorded(async (s) => {
        s.justBefore(task, failOnce);
        const reference = await enter(s);
        await s.jumpDays(turnInDays + 0.01);
        expect(await s.executionStatus(reference, 1)).toBe('RUNNING');
        expect(await s.happened(reference)).not.toContain('EXECUTION_FAILED');
        await s.resume(reference);
        await s.jumpDays(turnInDays);
        await expectTakenOver(s, reference);
      }, calendar),
  );

  test.each(walkedWaits)(
    'ends in "$wait" when another took over just before, and that one when withdrawn',
    async ({ task, enter }) =>
      inRecorded(async (s) => {
        s.justBefore(task, (reference) => s.resume(reference));
        const reference = await enter(s);
        await expectTakenOver(s, reference);
        await s.withdraw(reference);
        expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
        expect(await s.executionStatus(reference, 2)).toBe('SUCCEEDED');
      }),
  );

  test.each(walkedTasks)('tries $task again after a fault, and ends there when withdrawn', async (walked) =>
    inRecorded(async (s) => {
      let withdrawn = '';
      s.justBefore(walked.task, () => {
        s.justBefore(walked.task, async (reference) => {
          withdrawn = reference;
          await s.withdraw(reference);
        });
        failOnce();
      });
      // The way does not lead where it was meant to.
      await walked.journey(s).catch(() => undefined);
      expect(await s.state(withdrawn)).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
      expect(await s.executionStatus(withdrawn, 1)).toBe('SUCCEEDED');
    }),
  );

  test('hands on to a successor from every wait that it comes to when older than 300 days', async () =>
    inRecorded(async (s) => {
      const silent = await journeys.invited(s);
      const entries: (LateEntry & { readonly reference: string })[] = [];
      for (const entry of lateEntries) entries.push({ ...entry, reference: await journeys.preparing(s) });
      await s.jumpDays(180);
      expect(await s.state(silent)).toMatchObject({ stage: 'CLOSED', outcome: 'UNANSWERED' });
      for (const { reference } of entries) await s.review(reference, 'readiness', 'accept');
      await s.jumpDays(119.5);
      for (const { reference, before } of entries) await before?.(s, reference);
      await s.jumpDays(0.75);
      for (const { reference, act, leadsTo } of entries) {
        expect((await s.state(reference)).run.number).toBe(1);
        await act(s, reference);
        expect((await s.state(reference)).stage).toBe(leadsTo);
        await expectTakenOver(s, reference);
      }
    }));

  test('has a successor at the review when a customer who was asked again stays silent', async () =>
    inRecorded(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await beganWithFirst(s, reference);
      const asked = { questions: ['B2'], message: 'To be made clear.' };
      await s.review(reference, 'readiness', 'ask_customer', asked);
      await s.jumpDays(70);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness' });
      await expectTakenOver(s, reference);
    }));

  test('hands on to a successor also from the review that only a new run comes to', async () =>
    inRecorded(async (s) => {
      breakBefore(s, 'AskForReview');
      const reference = await s.start({ siren: unlistedSiren });
      // Redriven and broken again within the 14 days that Step Functions allows, it grows old without 300 turns.
      for (let days = 0; days <= 300; days += 14) {
        breakBefore(s, 'AskForReview');
        await s.redrive(reference);
        expect((await s.state(reference)).run.status).toBe('failed');
        await s.jumpDays(14);
      }
      s.justBefore('ContinueInSuccessor', failOnce);
      await s.redrive(reference);
      await s.jumpDays(0.01);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'qualification' });
      await expectTakenOver(s, reference);
    }));
});

describe('All these runs', () => {
  test('enter every wait of the first definition', () => {
    expect(walkedWaits.map(({ wait }) => wait).toSorted()).toEqual(waitsOf(workflow).toSorted());
  });

  test('take every way through every wait', () => {
    expect(waysThroughWaits(workflow).filter((way) => !taken.ways.has(way))).toEqual([]);
  });

  test('take every transition, and none that the definition does not have', () => {
    expect([...taken.edges].toSorted()).toEqual(edgesOf(workflow).toSorted());
  });
});
