import { describe, expect, test } from 'vitest';
import { clearCondition } from '../../functions/application/clear-condition.ts';
import { beginCorrection, discardCorrection } from '../../functions/application/correct-answers.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { declareCondition } from '../../functions/application/declare-condition.ts';
import { eraseOnboarding } from '../../functions/application/erase.ts';
import { runGates } from '../../functions/application/run-gates.ts';
import { savePage } from '../../functions/application/save-page.ts';
import {
  AlreadyDecidedError,
  DecisionRefusedError,
  NotExpectedNowError,
  NotYourQuestionError,
  OnboardingClosedError,
} from '../../functions/domain/errors.ts';
import { presentAnswers } from '../../functions/domain/onboarding/draft.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { SectionId } from '../../functions/domain/questionnaire/question.ts';
import { waveWith } from '../domain/waves/fixtures.ts';
import { evidence } from '../support/evidence.ts';
import { classified, doubtful, journeys, noDate, notReady, tooLarge } from '../support/journeys.ts';
import { customer, inScenario, operator, type Scenario } from '../support/scenario.ts';

const begin = (s: Scenario, reference: string, sections: readonly SectionId[] = []) =>
  beginCorrection(s.runtime, reference, { sections }, customer);

async function corrected(s: Scenario, reference: string, answers: Partial<Answers>) {
  await begin(s, reference);
  await s.submit(reference, answers);
  return s.now(reference);
}

async function saves(s: Scenario, reference: string, given: Partial<Answers>) {
  const questions = ['A7'] as const;
  await savePage(s.runtime, reference, { questions, given }, customer);
}

async function draftOf({ runtime: { store } }: Scenario, reference: string) {
  const [draft, submission] = await Promise.all([
    store.dossiers.draft(reference),
    store.dossiers.submission(reference),
  ]);
  if (draft === undefined) throw new Error('There is no draft');
  return { draft, answers: presentAnswers(draft, submission).answers };
}

const withoutDpia = { B9: ['art9'], B9b: '10k_100k', B11: 'not_done' } as const;
const withDpia = { ...withoutDpia, B11: 'done' } as const;
const march = waveWith({ cutover: '2027-03-09', capacity: { customers: 2, points: 60, complex: 1 } });
const users = (usersInScope: number) => ({ C2: { usersInScope, totalStaff: 31_000 } }) as const;

describe('A correction', () => {
  test(
    'changes nothing before it is submitted',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      const before = await s.now(reference);
      await begin(s, reference);
      await saves(s, reference, { A7: 'yes' });
      const { state, wait, booking } = await s.now(reference);
      expect({ ...state, version: 0, eventHash: '' }).toEqual({ ...before.state, version: 0, eventHash: '' });
      expect([wait, booking]).toEqual([before.wait, before.booking]);
      expect((await s.runtime.store.dossiers.submission(reference))?.answers.A7).toBe('no');
      expect((await draftOf(s, reference)).answers.A7).toBe('yes');
    }),
  );

  test(
    'with the same result keeps stage and place, and the former record beside the new one, which says what it corrects',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      const before = await s.now(reference);
      const { state, booking, correction } = await corrected(s, reference, { C7: 'private_link' });
      expect([state.stage, state.submission, state.run.number]).toEqual(['WAVE_CONFIRMED', 2, 1]);
      expect([booking, correction]).toEqual([before.booking, undefined]);
      const result = await s.runtime.store.dossiers.result(reference);
      expect([result?.standsOn, result?.assessment.ruleSetVersion]).toEqual(['2.0', '2026-12']);
      const [last, first] = await s.runtime.store.dossiers.submissions(reference);
      expect([last?.number, last?.circumstances?.corrects, first?.number]).toEqual([2, 1, 1]);
      expect(first?.circumstances?.corrects).toBeUndefined();
      expect(s.mailed(reference)).toContain('correction_received');
      expect(await s.happened(reference)).toContain('ANSWERS_CORRECTED');
    }),
  );

  test(
    'with a better result replaces it and keeps the place',
    inScenario(async (s) => {
      const reference = await s.start();
      await s.until(reference, 'INVITED');
      await s.submit(reference, withoutDpia);
      await s.confirm(reference);
      expect((await s.state(reference)).tier).toBe('CONDITIONAL');
      const { state } = await corrected(s, reference, withDpia);
      expect([state.stage, state.tier]).toEqual(['WAVE_CONFIRMED', 'READY']);
    }),
  );

  test(
    'with a worse result is reviewed by a run of its own, and the place kept until it is decided',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      const { state, booking } = await corrected(s, reference, withoutDpia);
      expect([state.stage, state.reviewKind, state.run.number]).toEqual(['IN_REVIEW', 'readiness', 2]);
      expect(booking?.status).toBe('CONFIRMED');
      expect(await s.executionStatus(reference, 1)).toBe('SUCCEEDED');
      await s.review(reference, 'readiness', 'accept');
      expect((await s.now(reference)).state.stage).toBe('WAVE_CONFIRMED');
    }),
  );

  test(
    'that no longer suits the place is reviewed, and leads to another one',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      const first = (await s.now(reference)).booking?.wave;
      const freeze = [{ from: '2027-03-01', to: '2027-03-31' }];
      const { state, booking } = await corrected(s, reference, { E2: freeze });
      expect([state.stage, booking?.wave]).toEqual(['IN_REVIEW', first]);
      await s.review(reference, 'readiness', 'accept');
      const after = await s.now(reference);
      expect(after.state.stage).toBe('WAVE_HELD');
      expect(after.booking?.wave).not.toBe(first);
    }),
  );

  test(
    'takes the room that it makes the customer want more, and gives back what it no longer wants',
    inScenario(
      async (s) => {
        const reference = await journeys.confirmed(s);
        const points = (await s.now(reference)).booking?.points ?? 0;
        const grown = await corrected(s, reference, users(1_500));
        expect(grown.state.stage).toBe('WAVE_CONFIRMED');
        expect(grown.booking?.points).toBeGreaterThan(points);
        const shrunk = await corrected(s, reference, users(100));
        expect(shrunk.state.stage).toBe('WAVE_CONFIRMED');
        expect(shrunk.booking?.points).toBeLessThan(grown.booking?.points ?? 0);
      },
      { calendar: [march] },
    ),
  );

  test(
    'that makes the customer too large for the room left in its wave is reviewed',
    inScenario(
      async (s) => {
        const other = await journeys.confirmed(s);
        const reference = await journeys.confirmed(s);
        const { state, booking } = await corrected(s, reference, users(6_000));
        expect([state.stage, state.reviewKind]).toEqual(['IN_REVIEW', 'readiness']);
        expect(booking?.wave).toBe((await s.now(other)).booking?.wave);
        await s.review(reference, 'readiness', 'accept');
        expect((await s.now(reference)).booking).toBeUndefined();
      },
      { calendar: [march] },
    ),
  );

  test(
    'on the waiting list places the customer anew',
    inScenario(async (s) => {
      const reference = await journeys.waiting(s);
      await corrected(s, reference, { E2: [] });
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'on the waiting list that changes nothing keeps the customer there',
    inScenario(async (s) => {
      const reference = await journeys.waiting(s);
      const rank = (await s.state(reference)).waitingRank;
      await corrected(s, reference, { ...noDate, C7: 'private_link' });
      expect((await s.state(reference)).waitingRank).toBe(rank);
      expect((await s.state(reference)).stage).toBe('WAITING_LIST');
    }),
  );

  test.each([
    ['readiness', journeys.inReadinessReview, {}, 'WAVE_HELD'],
    ['confirmation', journeys.inConfirmationReview, {}, 'WAVE_HELD'],
    ['placement', journeys.inPlacementReview, {}, 'WAVE_HELD'],
    ['readiness', journeys.inReadinessReview, doubtful, 'IN_REVIEW'],
    ['readiness', journeys.inReadinessReview, classified, 'IN_REVIEW'],
    ['readiness', journeys.inReadinessReview, notReady, 'PREPARING'],
    ['placement', journeys.inPlacementReview, tooLarge, 'IN_REVIEW'],
  ] as const)('during a %s review is assessed anew (%#)', async (_kind, journey, answers, leadsTo) => {
    await inScenario(async (s) => {
      const reference = await journey(s);
      await corrected(s, reference, answers);
      expect((await s.state(reference)).stage).toBe(leadsTo);
    })();
  });
});

describe('A correction is refused', () => {
  test(
    'while the questionnaire is open, and once the onboarding is closed or handed over',
    inScenario(async (s) => {
      const refused = (reference: string, error: new (...given: never) => Error) =>
        expect(begin(s, reference)).rejects.toThrow(error);
      await refused(await journeys.invited(s), NotExpectedNowError);
      await refused(await journeys.preparing(s), NotExpectedNowError);
      const reference = await journeys.held(s);
      await s.withdraw(reference);
      await refused(reference, OnboardingClosedError);
      await refused(await journeys.handedOver(s), NotExpectedNowError);
    }),
  );

  test(
    'from a week before the cutover, when one that is open ends too',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      await s.jumpTo('2027-02-22');
      await begin(s, reference);
      expect((await s.now(reference)).correction?.until).toBe('2027-03-02T17:00:00.000Z');
      await s.jumpTo('2027-03-02', '17:59');
      await saves(s, reference, { A7: 'yes' });
      await s.jumpTo('2027-03-02', '18:00');
      await expect(saves(s, reference, { A7: 'unknown' })).rejects.toThrow(NotExpectedNowError);
      await expect(begin(s, reference)).rejects.toThrow(DecisionRefusedError);
      await s.settle();
      expect((await s.now(reference)).correction?.status).toBe('lapsed');
    }),
  );
});

describe('The time of a correction', () => {
  test(
    'is thirty days; it is reminded of three days before, once, then drops what was saved',
    inScenario(async (s) => {
      const reference = await journeys.waiting(s);
      await begin(s, reference);
      await saves(s, reference, { A7: 'yes' });
      expect((await s.now(reference)).correction?.until).toBe('2027-02-28T17:00:00.000Z');
      const reminders = () => s.mails(reference).filter(({ template }) => template === 'correction_reminder');
      await s.jumpTo('2027-02-24', '20:00');
      expect(reminders()).toEqual([]);
      await s.jumpTo('2027-02-26');
      expect(reminders()).toHaveLength(1);
      expect(reminders()[0]?.text.replace(/\s/g, ' ')).toContain('au plus tard le 28 février 2027 à 18 h');
      await s.jumpTo('2027-03-01');
      expect(reminders()).toHaveLength(1);
      const { correction, state } = await s.now(reference);
      expect([correction?.status, state.stage]).toEqual(['lapsed', 'WAITING_LIST']);
      const { answers, draft } = await draftOf(s, reference);
      expect([answers.A7, draft.saved.get('A7')]).toEqual(['no', undefined]);
      // It may be begun again.
      await begin(s, reference);
      expect((await s.now(reference)).correction?.status).toBe('open');
    }),
  );

  test(
    'is that of the date that the onboarding gets meanwhile',
    inScenario(async (s) => {
      const reference = await journeys.waiting(s);
      await s.jumpTo('2027-02-15');
      await begin(s, reference);
      await s.submit(reference, {});
      await s.settle();
      await begin(s, reference);
      const first = (await s.now(reference)).correction?.until;
      await s.answerWave(reference, 'another_date');
      await s.settle();
      const { correction, booking } = await s.now(reference);
      expect(booking?.status).toBe('HELD');
      expect((correction?.until ?? '') >= (first ?? '')).toBe(true);
    }),
  );
});

describe('What happens meanwhile', () => {
  test(
    'a correction that is given up leaves the answers as they were submitted',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await begin(s, reference);
      await saves(s, reference, { A7: 'yes' });
      await discardCorrection(s.runtime, reference, customer);
      await discardCorrection(s.runtime, reference, customer);
      expect((await draftOf(s, reference)).answers.A7).toBe('no');
      await expect(saves(s, reference, { A7: 'yes' })).rejects.toThrow(NotExpectedNowError);
      expect((await s.happened(reference)).filter((type) => type === 'CORRECTION_DISCARDED')).toHaveLength(1);
    }),
  );

  test(
    'a request for new answers goes on with what was saved',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await begin(s, reference);
      await saves(s, reference, { A7: 'yes' });
      await s.review(reference, 'readiness', 'ask_customer', { questions: ['B2'], message: 'Précisez.' });
      const { state, correction } = await s.now(reference);
      expect([state.stage, correction]).toEqual(['INVITED', undefined]);
      expect((await draftOf(s, reference)).answers.A7).toBe('yes');
    }),
  );

  test(
    'a declaration counts for a correction that is submitted later',
    inScenario(async (s) => {
      const reference = await s.start();
      await s.until(reference, 'INVITED');
      await s.submit(reference, withoutDpia);
      await begin(s, reference);
      await declareCondition(s.runtime, reference, 'DPIA_MISSING', { B11: 'done' }, customer);
      expect((await draftOf(s, reference)).answers.B11).toBe('done');
      await s.submit(reference, withDpia);
      expect((await s.state(reference)).tier).toBe('READY');
    }),
  );

  test(
    'a condition that an operator has cleared stays cleared',
    inScenario(async (s) => {
      const reference = await s.start();
      await s.until(reference, 'INVITED');
      await s.submit(reference, withoutDpia);
      await clearCondition(s.runtime, reference, 'DPIA_MISSING', evidence, operator);
      const { state } = await corrected(s, reference, { ...withoutDpia, C7: 'private_link' });
      expect([state.stage, state.tier]).toEqual(['WAVE_HELD', 'READY']);
    }),
  );

  test(
    'a withdrawal and an erasure end it',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await begin(s, reference);
      await saves(s, reference, { A7: 'yes' });
      await s.withdraw(reference);
      expect((await s.now(reference)).correction).toBeUndefined();
      await expect(s.submit(reference)).rejects.toThrow(OnboardingClosedError);
      await expect(saves(s, reference, { A7: 'yes' })).rejects.toThrow(OnboardingClosedError);
      const erased = await journeys.held(s);
      await begin(s, erased);
      await eraseOnboarding(s.runtime, erased, 'asked_by_person', operator);
      expect((await s.now(erased)).correction).toBeUndefined();
    }),
  );

  test(
    'a no-go and its next place leave no correction open past its day',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      await begin(s, reference);
      await s.until(reference, 'GO_NO_GO');
      expect((await s.now(reference)).correction?.status).toBe('lapsed');
      await expect(s.submit(reference)).rejects.toThrow(NotExpectedNowError);
      await s.review(reference, 'go_no_go', 'no_go');
      await begin(s, reference);
      expect((await s.now(reference)).correction?.status).toBe('open');
    }),
  );

  test(
    'a review that is decided in the same instant wins',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await begin(s, reference);
      let refusal: unknown;
      s.justBefore('AssignReadinessTier', async () => {
        refusal = await s.submit(reference).catch((error: unknown) => error);
      });
      await s.review(reference, 'readiness', 'set_tier', { tier: 'CONDITIONAL' });
      expect(refusal).toBeInstanceOf(AlreadyDecidedError);
      await s.settle();
      await s.submit(reference, {});
      expect((await s.state(reference)).tier).toBe('READY');
    }),
  );

  test(
    'a request for a second person is void once the answers are corrected',
    inScenario(async (s) => {
      const reference = await journeys.inConfirmationReview(s);
      await begin(s, reference);
      const override = {
        kind: 'confirmation',
        decision: 'override',
        reason: 'agreed',
        approval: true,
      } as const;
      await decideReview(s.runtime, reference, override, operator);
      await s.submit(reference, { ...classified, C7: 'private_link' });
      await s.settle();
      expect((await s.now(reference)).approval?.status).toBe('lapsed');
    }),
  );

  test(
    'a wave that is cancelled moves the customer, and its correction stays open',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      await begin(s, reference);
      const { wave = '' } = await s.state(reference);
      await s.changeWave(wave, { transition: 'cancel', moveBooked: true });
      await runGates(s.runtime);
      await s.settle();
      const { state, correction } = await s.now(reference);
      expect([state.stage, correction?.status]).toEqual(['WAVE_HELD', 'open']);
      await s.submit(reference, {});
      expect((await s.state(reference)).submission).toBe(2);
    }),
  );
});

describe('Those who were named for a part', () => {
  test(
    'answer in the sections reopened for them only',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await begin(s, reference, ['B']);
      const acting = { role: 'invitee', office: 'dpo', sections: ['A'] } as const;
      const save = (given: Partial<Answers>, question: 'A7' | 'B11') =>
        savePage(s.runtime, reference, { questions: [question], given, acting }, customer);
      await save({ B11: 'done' }, 'B11');
      await expect(save({ A7: 'yes' }, 'A7')).rejects.toThrow(NotYourQuestionError);
    }),
  );
});
