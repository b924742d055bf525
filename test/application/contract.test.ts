import { describe, expect, it, test } from 'vitest';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { recordContract } from '../../functions/application/record-contract.ts';
import { addDays } from '../../functions/domain/calendar-date.ts';
import {
  ApprovalLapsedError,
  ApprovalNeededError,
  InvalidInputError,
  OnboardingClosedError,
} from '../../functions/domain/errors.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import { factsOf, waitingApproval } from '../../functions/domain/onboarding/approvals.ts';
import { contractMissing } from '../../functions/domain/onboarding/contract.ts';
import { isContractDue } from '../../functions/domain/onboarding/overdue-conditions.ts';
import type { Approval, OnboardingState } from '../../functions/domain/onboarding/state.ts';
import type { SignedContract } from '../../functions/domain/onboarding/transitions/contract.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { salesPerson, signed, withContract } from '../support/contract.ts';
import { classified, journeys } from '../support/journeys.ts';
import { inScenario, operator, type Scenario } from '../support/scenario.ts';

const second: Actor = { kind: 'operator', id: 'second@platform.example' };
const policy = { platform: withContract };
const withoutDpia = { B9: ['art9'], B9b: '10k_100k', B11: 'not_done' } as const;

function go(s: Scenario, reference: string, approval = false) {
  return decideReview(
    s.runtime,
    reference,
    { kind: 'go_no_go', decision: 'go', reason: 'all is ready', approval },
    operator,
  );
}

async function asksForTwo(s: Scenario, reference: string): Promise<Approval> {
  const approval = await go(s, reference, true);
  if (approval === undefined) throw new Error('Nothing waits for a second person');
  return approval;
}

function approve(s: Scenario, { id }: Approval) {
  return answerApproval(s.runtime, { id, decision: 'approve', reason: 'seen' }, second);
}

function record(s: Scenario, reference: string, contract: Partial<SignedContract> = {}) {
  return recordContract(s.runtime, reference, { ...signed, ...contract }, salesPerson);
}

async function eventsOf(s: Scenario, reference: string, type: string) {
  const events = await s.runtime.store.onboardings.events(reference);
  return events.filter((event) => event.type === type);
}

describe('a go without a recorded contract, where the platform asks for one', () => {
  test(
    'is refused to one person with the reason, and carried out when another agrees',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      const refusal = await go(s, reference).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(ApprovalNeededError);
      expect(refusal).toMatchObject({ contractMissing: true, conditions: [] });
      expect(refusal).toMatchObject({
        text: {
          fr: expect.stringContaining('Aucun contrat n’est enregistré.'),
          en: expect.stringContaining('No contract is recorded.'),
        },
      });
      const approval = await asksForTwo(s, reference);
      expect(approval).toMatchObject({ kind: 'go', conditions: [], contractMissing: true });
      expect(await eventsOf(s, reference, 'APPROVAL_REQUESTED')).toMatchObject([
        { data: { contractMissing: true } },
      ]);
      expect((await asksForTwo(s, reference)).id).toBe(approval.id);
      await approve(s, approval);
      await s.until(reference, 'HANDED_OVER');
    }, policy),
  );

  test(
    'names what else it goes against',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, withoutDpia);
      await s.confirm(reference);
      await s.until(reference, 'GO_NO_GO');
      await expect(go(s, reference)).rejects.toMatchObject({
        conditions: ['DPIA_MISSING'],
        contractMissing: true,
        text: { en: expect.stringMatching(/conditions are still open.* No contract is recorded\./) },
      });
      // The condition alone still takes two people.
      await record(s, reference);
      await expect(go(s, reference)).rejects.toMatchObject({ contractMissing: false });
      await s.review(reference, 'go_no_go', 'no_go');
      await s.settle();
    }, policy),
  );

  test(
    'takes one person once the contract is recorded, which ends the request made for it',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      const approval = await asksForTwo(s, reference);
      await record(s, reference);
      expect(await eventsOf(s, reference, 'APPROVAL_LAPSED')).toMatchObject([
        { data: { lapse: 'facts_changed' } },
      ]);
      await expect(approve(s, approval)).rejects.toThrow(ApprovalLapsedError);
      expect(await go(s, reference)).toBeUndefined();
      await s.until(reference, 'HANDED_OVER');
    }, policy),
  );

  test(
    'keeps a request that was made for something else when the contract is recorded',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, classified);
      const decision = { kind: 'confirmation', decision: 'override', reason: 'as agreed' } as const;
      await decideReview(s.runtime, reference, { ...decision, approval: true }, operator);
      await record(s, reference);
      const now = await s.now(reference);
      expect(waitingApproval(now, s.runtime.clock.now())).toMatchObject({ kind: 'override' });
      expect(await eventsOf(s, reference, 'APPROVAL_LAPSED')).toEqual([]);
    }, policy),
  );

  test(
    'is recorded in advance by two people, and applied at its gate',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      const { cutover = '' } = await s.state(reference);
      await s.jumpTo(addDays(cutover, -5));
      await expect(go(s, reference)).rejects.toThrow(ApprovalNeededError);
      await approve(s, await asksForTwo(s, reference));
      expect((await s.state(reference)).goInAdvance).toMatchObject({ contractMissing: true, conditions: [] });
      await s.until(reference, 'HANDED_OVER');
      expect(await s.happened(reference)).not.toContain('GO_LAPSED');
    }, policy),
  );

  test(
    'still holds when the contract is recorded after two people agreed to go without',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      const { cutover = '' } = await s.state(reference);
      await s.jumpTo(addDays(cutover, -5));
      await approve(s, await asksForTwo(s, reference));
      await record(s, reference);
      await s.until(reference, 'HANDED_OVER');
      expect(await s.happened(reference)).not.toContain('GO_LAPSED');
    }, policy),
  );

  const switched = { ...samplePlatform, contractBeforeGo: false };
  test(
    'lapses at its gate when it was recorded before the platform asked for a contract',
    inScenario(
      async (s) => {
        const reference = await journeys.confirmed(s);
        const { cutover = '' } = await s.state(reference);
        await s.jumpTo(addDays(cutover, -5));
        await go(s, reference);
        switched.contractBeforeGo = true;
        await s.until(reference, 'GO_NO_GO');
        expect(await eventsOf(s, reference, 'GO_LAPSED')).toMatchObject([{ data: { lapse: 'contract' } }]);
        expect((await s.state(reference)).goInAdvance).toMatchObject({ lapsed: 'contract' });
        await record(s, reference);
        await go(s, reference);
        await s.until(reference, 'HANDED_OVER');
      },
      { platform: switched },
    ),
  );
});

test(
  'a platform that does not ask for a contract lets one person decide without',
  inScenario(async (s) => {
    const reference = await journeys.inGoNoGo(s);
    expect(contractMissing(samplePlatform, await s.state(reference))).toBe(false);
    await go(s, reference);
    await s.until(reference, 'HANDED_OVER');
  }),
);

describe('a recorded contract', () => {
  test(
    'is kept with its event, once for the same and again for a correction, and changes neither tier nor place',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      const before = await s.now(reference);
      await record(s, reference, { reference: ' CT-2026-118 ' });
      await record(s, reference);
      const recorded = await eventsOf(s, reference, 'CONTRACT_RECORDED');
      expect(recorded).toMatchObject([
        { actor: salesPerson, reason: 'CT-2026-118 – Service juridique', data: { signedOn: '2026-11-20' } },
      ]);
      await record(s, reference, { reference: 'CT-2026-119' });
      expect(await eventsOf(s, reference, 'CONTRACT_RECORDED')).toHaveLength(2);
      const { state, booking } = await s.now(reference);
      expect(state.contract).toEqual({
        ...{ reference: 'CT-2026-119', signedOn: '2026-11-20', keptBy: 'Service juridique' },
        recordedAt: s.runtime.clock.now().toISOString(),
      });
      expect([state.tier, state.stage, booking]).toEqual([
        before.state.tier,
        before.state.stage,
        before.booking,
      ]);
    }, policy),
  );

  test(
    'is accepted after the hand-over, and refused once the onboarding is closed',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      await record(s, reference);
      expect((await s.state(reference)).contract).toMatchObject({ reference: 'CT-2026-118' });
      const gone = await journeys.held(s);
      await s.withdraw(gone);
      await s.settle();
      await expect(record(s, gone)).rejects.toThrow(OnboardingClosedError);
    }),
  );

  test.each([
    ['reference', { reference: ' ' }, 'missing', 'Reference of the contract: this field is required'],
    ['reference', { reference: 'a\nb' }, 'not_text', 'a single line of text'],
    ['reference', { reference: '\u200b' }, 'not_text', 'single line'],
    ['reference', { reference: 'x'.repeat(301) }, 'too_long', 'exceeds 300 characters; shorten it'],
    ['signedOn', { signedOn: '2026-02-30' }, 'not_a_date', 'does not exist'],
    ['signedOn', { signedOn: '2199-01-01' }, 'future', 'enter today’s date or an earlier one'],
    ['dataProcessingAgreement', { dataProcessingAgreement: false }, 'not_signed', 'then send true'],
    ['keptBy', { keptBy: '' }, 'missing', 'Kept by: '],
  ] as const)('is refused with a wrong %s (%j): %s', (field, wrong, code, words) =>
    inScenario(async (s) => {
      const reference = await s.start();
      const refusal = await record(s, reference, wrong).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(InvalidInputError);
      expect(refusal).toMatchObject({
        problems: [
          {
            field,
            code,
            message: { en: expect.stringContaining(words), fr: expect.stringContaining(' : ') },
          },
        ],
      });
      expect((await s.state(reference)).contract).toBeUndefined();
    })(),
  );
});

describe('the days of a missing contract', () => {
  it.each([
    ['29 days before the cutover', -29, false],
    ['28 days before', -28, true],
    ['on the day before', -1, true],
    ['on the day of the cutover', 0, false],
  ] as const)('%s: due %s', (_, offset, due) =>
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      const state = await s.state(reference);
      const day = addDays(state.cutover ?? '', offset);
      expect(isContractDue(withContract, state, day)).toBe(due);
      expect(isContractDue(samplePlatform, state, day)).toBe(false);
      await record(s, reference);
      expect(isContractDue(withContract, await s.state(reference), day)).toBe(false);
    }, policy)(),
  );

  it('is never one of a customer without a place', () =>
    inScenario(async (s) => {
      const state = await s.state(await journeys.waiting(s));
      expect(isContractDue(withContract, state, '2027-03-01')).toBe(false);
    }, policy)());
});

it('leaves the digest of every other request as earlier releases stored it', () =>
  inScenario(async (s) => {
    const reference = await journeys.held(s);
    const before = factsOf(await s.now(reference));
    await record(s, reference);
    const now = await s.now(reference);
    expect(factsOf(now)).toBe(before);
    expect(factsOf(now, { contractMissing: true })).not.toBe(before);
    const state: OnboardingState = {
      ...now.state,
      ...({ stage: 'GO_NO_GO', episode: 7, reviews: 1, submission: 1, eligibility: 'ELIGIBLE' } as const),
      ...{ requirementLevel: 'FREE_CHOICE', tier: 'READY', conditions: [] },
    };
    expect(factsOf({ state, booking: undefined })).toBe(goldenFacts);
  })());

/** Of the fixed facts above, as the release before contracts computed it. */
const goldenFacts = 'KT5LtkeOdigtSrawmURjvtiF9sGHW0Zhs7Y9gYbUQXI';
