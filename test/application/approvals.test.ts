import { describe, expect, test } from 'vitest';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { resendInvitation } from '../../functions/application/change-contact.ts';
import { clearCondition } from '../../functions/application/clear-condition.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { runGates } from '../../functions/application/run-gates.ts';
import {
  AlreadyDecidedError,
  ApprovalLapsedError,
  ApprovalNeededError,
  ApprovalNotFoundError,
  NotExpectedNowError,
  OwnRequestError,
} from '../../functions/domain/errors.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import type { ReviewKind } from '../../functions/domain/onboarding/lifecycle.ts';
import type { Approval } from '../../functions/domain/onboarding/state.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { evidence } from '../support/evidence.ts';
import { classified, doubtful, journeys } from '../support/journeys.ts';
import { inScenario, operator, type Scenario } from '../support/scenario.ts';

const second: Actor = { kind: 'operator', id: 'second@platform.example' };
const third: Actor = { kind: 'operator', id: 'third@platform.example' };
const reason = 'as agreed in the meeting';

/** Health data without an impact assessment: a blocking condition that the customer clears. */
const withoutDpia = { B9: ['art9'], B9b: '10k_100k', B11: 'not_done' } as const satisfies Partial<Answers>;
/** A bank: an exit plan that an operator clears. */
const withoutExitPlan = { A6: 'yes', A6b: 'yes' } as const satisfies Partial<Answers>;
/** A state body with sensitive data must join; something about it is in doubt. */
const mandatory = {
  ...doubtful,
  ...({ A3: 'state_administration', B4: ['privacy'], B5: 'yes', B6: ['public_order'] } as const),
} satisfies Partial<Answers>;

async function inReview(s: Scenario, answers: Partial<Answers>): Promise<string> {
  const reference = await journeys.invited(s);
  await s.submit(reference, answers);
  return reference;
}

async function atTheGate(s: Scenario, answers: Partial<Answers>): Promise<string> {
  const reference = await inReview(s, answers);
  await s.confirm(reference);
  await s.until(reference, 'GO_NO_GO');
  return reference;
}

function decide(
  s: Scenario,
  reference: string,
  kind: ReviewKind,
  decision: string,
  more = {},
  who = operator,
) {
  return decideReview(s.runtime, reference, { kind, decision, reason, ...more }, who);
}

async function asks(s: Scenario, reference: string, kind: ReviewKind, decision: string): Promise<Approval> {
  const approval = await decide(s, reference, kind, decision, { approval: true });
  if (approval === undefined) throw new Error('Nothing waits for a second person');
  return approval;
}

function approve(s: Scenario, { id }: Pick<Approval, 'id'>, who = second) {
  return answerApproval(s.runtime, { id, decision: 'approve', reason: 'seen' }, who);
}

function declines(s: Scenario, { id }: Pick<Approval, 'id'>, who = second) {
  return answerApproval(s.runtime, { id, decision: 'decline', reason: 'not yet' }, who);
}

async function count(s: Scenario, reference: string, type: string): Promise<number> {
  return (await s.happened(reference)).filter((each) => each === type).length;
}

const cases = [
  {
    decision: 'go',
    kind: 'go_no_go',
    bring: (s: Scenario) => atTheGate(s, withoutDpia),
    leadsTo: 'HANDED_OVER',
  },
  {
    decision: 'override',
    kind: 'confirmation',
    bring: (s: Scenario) => inReview(s, classified),
    leadsTo: 'WAVE_HELD',
  },
  {
    decision: 'reject',
    kind: 'readiness',
    bring: (s: Scenario) => inReview(s, mandatory),
    leadsTo: 'CLOSED',
  },
] as const;

describe.each(cases)('$decision by two people', ({ decision, kind, bring, leadsTo }) => {
  test(
    'is refused to one, stored as a request, and carried out when another agrees',
    inScenario(async (s) => {
      const reference = await bring(s);
      const before = await s.state(reference);
      await expect(decide(s, reference, kind, decision)).rejects.toThrow(ApprovalNeededError);
      expect((await s.state(reference)).version).toBe(before.version);
      const approval = await asks(s, reference, kind, decision);
      expect(approval).toMatchObject({ kind: decision, by: operator });
      await s.settle();
      expect((await s.state(reference)).stage).toBe(before.stage);
      expect(await approve(s, approval)).toBe(reference);
      await s.settle();
      expect((await s.state(reference)).stage).toBe(leadsTo);
      const happened = await s.happened(reference);
      const given = happened.indexOf('APPROVAL_GIVEN');
      expect(happened[given - 1]).toBe('APPROVAL_REQUESTED');
      expect(happened[given + 1]).toMatch(/_DECIDED$/);
      const events = await s.runtime.store.onboardings.events(reference);
      expect(events[given]).toMatchObject({ actor: second, reason: 'seen' });
      expect(events[given + 1]).toMatchObject({ actor: operator, reason });
      const left = s.runtime.events.list().map(({ type }) => type);
      expect(left.filter((type) => type.startsWith('Approval'))).toEqual([
        'ApprovalRequested',
        'ApprovalGiven',
      ]);
      expect(s.mailed(reference)).toContain('review_approval_requested');
    }),
  );

  test(
    'is not agreed to by the one who asked, and lets go of when another declines',
    inScenario(async (s) => {
      const reference = await bring(s);
      const before = await s.state(reference);
      const approval = await asks(s, reference, kind, decision);
      await expect(approve(s, approval, operator)).rejects.toThrow(OwnRequestError);
      // A person is the same by any way that they come.
      await expect(approve(s, approval, { kind: 'machine', id: operator.id })).rejects.toThrow(
        OwnRequestError,
      );
      await expect(declines(s, approval, operator)).rejects.toThrow(OwnRequestError);
      await declines(s, approval);
      await declines(s, approval, third);
      await expect(approve(s, approval)).rejects.toThrow(AlreadyDecidedError);
      expect(await count(s, reference, 'APPROVAL_DECLINED')).toBe(1);
      expect((await s.state(reference)).stage).toBe(before.stage);
      const again = await asks(s, reference, kind, decision);
      expect(again.id).not.toBe(approval.id);
      await expect(approve(s, approval)).rejects.toThrow(AlreadyDecidedError);
      await approve(s, again);
      await s.settle();
      expect((await s.state(reference)).stage).toBe(leadsTo);
    }),
  );

  test(
    'is one request when asked twice, and one decision when agreed to twice and by two at once',
    inScenario(async (s) => {
      const reference = await bring(s);
      const [one, other] = await Promise.all([
        asks(s, reference, kind, decision),
        asks(s, reference, kind, decision),
      ]);
      expect(other.id).toBe(one.id);
      expect(await count(s, reference, 'APPROVAL_REQUESTED')).toBe(1);
      await Promise.all([approve(s, one), approve(s, one, third)]);
      await approve(s, one);
      await s.settle();
      await approve(s, one, third);
      expect(await count(s, reference, 'APPROVAL_GIVEN')).toBe(1);
      expect((await s.state(reference)).stage).toBe(leadsTo);
      await expect(declines(s, one)).rejects.toThrow(AlreadyDecidedError);
    }),
  );

  test(
    'is a no when nobody answers: late jobs let nothing through, and the end is recorded once',
    inScenario(async (s) => {
      const reference = await bring(s);
      const approval = await asks(s, reference, kind, decision);
      const { store, clock, platform, ids, workflow } = s.runtime;
      const later = {
        ...{ store, platform, ids, workflow },
        clock: { now: () => new Date(approval.until) },
      };
      const answer = { id: approval.id, decision: 'approve', reason } as const;
      await expect(answerApproval(later, answer, second)).rejects.toThrow(ApprovalLapsedError);
      await clock.jumpTo(new Date(Date.parse(approval.until) + 1));
      await runGates(s.runtime);
      await Promise.all([runGates(s.runtime), runGates(s.runtime)]);
      expect(await count(s, reference, 'APPROVAL_LAPSED')).toBe(1);
      await expect(approve(s, approval)).rejects.toThrow();
      expect((await store.approvals.waiting({ limit: 10 })).items).toEqual([]);
      const events = await store.onboardings.events(reference);
      expect(events.find(({ type }) => type === 'APPROVAL_LAPSED')?.data).toMatchObject({
        asked: decision,
        lapse: 'expired',
      });
    }),
  );

  test(
    'lapses with the end of the onboarding, and leaves the list',
    inScenario(async (s) => {
      const reference = await bring(s);
      const approval = await asks(s, reference, kind, decision);
      expect((await s.runtime.store.approvals.waiting({ limit: 10 })).items).toMatchObject([{ approval }]);
      await s.withdraw(reference);
      expect(await count(s, reference, 'APPROVAL_LAPSED')).toBe(1);
      expect((await s.runtime.store.approvals.waiting({ limit: 10 })).items).toEqual([]);
      await expect(approve(s, approval)).rejects.toThrow(ApprovalLapsedError);
      expect((await s.now(reference)).approval?.reason).toBeUndefined();
    }),
  );
});

describe('A request for a second person', () => {
  test(
    'names the open blocking conditions of a go, and lasts until the evening of the gate',
    inScenario(async (s) => {
      const reference = await atTheGate(s, withoutDpia);
      const refused = await decide(s, reference, 'go_no_go', 'go').catch((error: unknown) => error);
      expect(refused).toMatchObject({ conditions: ['DPIA_MISSING'] });
      expect(String(refused)).toContain('Impact assessment (DPIA)');
      const { conditions, until } = await asks(s, reference, 'go_no_go', 'go');
      const { cutover = '' } = await s.state(reference);
      expect(conditions).toEqual(['DPIA_MISSING']);
      expect(new Date(until).getTime()).toBeLessThan(Date.parse(`${cutover}T00:00:00Z`));
      expect(until).toMatch(/T1[67]:00:00\.000Z$/);
    }),
  );

  test(
    'lasts five working days for another decision',
    inScenario(
      async (s) => {
        const reference = await inReview(s, classified);
        const { until } = await asks(s, reference, 'confirmation', 'override');
        // Friday, then five days of the next week.
        expect(until).toBe('2027-02-05T17:00:00.000Z');
      },
      { from: '2027-01-29' },
    ),
  );

  test(
    'is not needed for a go without open conditions, nor for the rejection of whom nothing obliges',
    inScenario(async (s) => {
      const reference = await atTheGate(s, {});
      expect(await decide(s, reference, 'go_no_go', 'go', { approval: true })).toBeUndefined();
      await s.until(reference, 'HANDED_OVER');
      const other = await inReview(s, doubtful);
      await decide(s, other, 'readiness', 'reject');
      await s.settle();
      expect((await s.state(other)).stage).toBe('CLOSED');
    }),
  );

  test(
    'lapses when a condition is cleared, and what is left is asked for anew',
    inScenario(async (s) => {
      const reference = await atTheGate(s, { ...withoutDpia, ...withoutExitPlan });
      const approval = await asks(s, reference, 'go_no_go', 'go');
      expect(approval.conditions.toSorted()).toEqual(['DPIA_MISSING', 'EXIT_PLAN_REQUIRED']);
      await clearCondition(s.runtime, reference, 'EXIT_PLAN_REQUIRED', evidence, operator);
      await expect(approve(s, approval)).rejects.toThrow(ApprovalLapsedError);
      const happened = await s.happened(reference);
      expect(happened.slice(-2)).toEqual(['APPROVAL_LAPSED', 'CONDITION_CLEARED']);
      const again = await asks(s, reference, 'go_no_go', 'go');
      expect(again.conditions).toEqual(['DPIA_MISSING']);
      await approve(s, again);
      await s.until(reference, 'HANDED_OVER');
    }),
  );

  test(
    'lapses when somebody decides otherwise meanwhile',
    inScenario(async (s) => {
      const reference = await atTheGate(s, withoutDpia);
      const approval = await asks(s, reference, 'go_no_go', 'go');
      await decide(s, reference, 'go_no_go', 'no_go', {}, third);
      await expect(approve(s, approval)).rejects.toThrow(ApprovalLapsedError);
      expect(await count(s, reference, 'APPROVAL_LAPSED')).toBe(1);
      await s.settle();
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'and a decision otherwise at once: one of both holds',
    inScenario(async (s) => {
      const reference = await atTheGate(s, withoutDpia);
      const approval = await asks(s, reference, 'go_no_go', 'go');
      const results = await Promise.allSettled([
        approve(s, approval),
        decide(s, reference, 'go_no_go', 'no_go', {}, third),
      ]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await count(s, reference, 'GO_NO_GO_DECIDED')).toBe(1);
      await s.settle();
      expect(['HANDED_OVER', 'WAVE_HELD']).toContain((await s.state(reference)).stage);
    }),
  );

  test(
    'lapses with the wave, when that is cancelled',
    inScenario(async (s) => {
      const reference = await atTheGate(s, withoutDpia);
      const approval = await asks(s, reference, 'go_no_go', 'go');
      const { wave = '' } = await s.state(reference);
      await s.changeWave(wave, { transition: 'cancel', moveBooked: true });
      expect(await count(s, reference, 'APPROVAL_LAPSED')).toBe(1);
      await expect(approve(s, approval)).rejects.toThrow(ApprovalLapsedError);
    }),
  );

  test(
    'outlasts a mail, another run and a contact',
    inScenario(async (s) => {
      const reference = await inReview(s, classified);
      const approval = await asks(s, reference, 'confirmation', 'override');
      await resendInvitation(s.runtime, reference, reason, operator);
      await s.resume(reference);
      await s.settle();
      await approve(s, approval);
      await s.settle();
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'may come from a client of the API, and from an operator after an earlier one has lapsed unrecorded',
    inScenario(async (s) => {
      const reference = await inReview(s, classified);
      const client: Actor = { kind: 'machine', id: 'demo-crm' };
      const first = await decide(s, reference, 'confirmation', 'override', { approval: true }, client);
      const { store, platform, ids, workflow } = s.runtime;
      const until = new Date(first?.until ?? '');
      const later = { ...{ store, platform, ids, workflow }, clock: { now: () => until } };
      const answer = { kind: 'confirmation', decision: 'override', reason, approval: true } as const;
      const again = await decideReview(later, reference, answer, operator);
      expect((await s.happened(reference)).slice(-3)).toEqual([
        'APPROVAL_REQUESTED',
        'APPROVAL_LAPSED',
        'APPROVAL_REQUESTED',
      ]);
      await approve(s, { id: again?.id ?? '' });
      await s.settle();
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'that never was is not found, nor one of another decision than the open review',
    inScenario(async (s) => {
      const reference = await inReview(s, classified);
      for (const id of ['', 'nonsense', `${reference}-3`, '2222-2222-3', `${reference}-x`]) {
        await expect(approve(s, { id })).rejects.toThrow(ApprovalNotFoundError);
      }
      const approval = await asks(s, reference, 'confirmation', 'override');
      await expect(approve(s, { id: `${reference}-999` })).rejects.toThrow(ApprovalNotFoundError);
      await expect(decide(s, reference, 'go_no_go', 'go', { approval: true })).rejects.toThrow(
        NotExpectedNowError,
      );
      await declines(s, approval);
    }),
  );
});
