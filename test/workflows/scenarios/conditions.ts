import { describe, expect, test } from 'vitest';
import { clearCondition, moveDueDate } from '../../../functions/application/clear-condition.ts';
import { declareCondition } from '../../../functions/application/declare-condition.ts';
import { keepDespiteCondition } from '../../../functions/application/keep-despite-condition.ts';
import { InvalidInputError } from '../../../functions/domain/errors.ts';
import {
  hasOverdueCondition,
  isBlockedInWave,
  isWithinLastWeeks,
} from '../../../functions/domain/onboarding/overdue-conditions.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { waveWith } from '../../domain/waves/fixtures.ts';
import { evidence } from '../../support/evidence.ts';
import { journeys } from '../../support/journeys.ts';
import { platform } from '../../support/sample-answers.ts';
import { customer, inScenario, operator, type Scenario } from '../../support/scenario.ts';

/** A health body with special categories of data, and no impact assessment yet. */
const healthBody = {
  A3: 'health_body',
  B9: ['art9'],
  B9b: 'under_10k',
  B11: 'not_done',
} as const satisfies Partial<Answers>;
const unclear = { A7: 'unknown', A5: 'unknown' } as const satisfies Partial<Answers>;

async function declare(s: Scenario, reference: string, code: string, answers: Answers): Promise<void> {
  await declareCondition(s.runtime, reference, code, answers, customer);
  await s.settle();
}

const dpiaDone = (s: Scenario, reference: string) => declare(s, reference, 'DPIA_MISSING', { B11: 'done' });

async function answered(s: Scenario, answers: Partial<Answers>): Promise<string> {
  const reference = await journeys.invited(s);
  await s.submit(reference, answers);
  return reference;
}

/** A mail as a person reads it: with ordinary spaces. */
const read = (text = '') => text.replaceAll(/[\u00a0\u202f]/g, ' ');

const remindersOf = (s: Scenario, reference: string) =>
  s.mails(reference).filter(({ template }) => template === 'condition_reminder');

describe('A health body without an impact assessment', () => {
  test(
    'reads in each mail about its place what the decision depends on, until it has declared it',
    inScenario(async (s) => {
      const ahead = 'À lever avant la décision de bascule, sans quoi elle est en principe défavorable';
      const mailOf = (reference: string, template: string) =>
        read(s.mails(reference).find((mail) => mail.template === template)?.text);
      const open = await answered(s, healthBody);
      await s.confirm(open);
      for (const template of ['wave_held', 'wave_confirmed']) {
        expect(mailOf(open, template)).toContain(ahead);
        expect(mailOf(open, template)).toContain(
          '– Analyse d’impact (AIPD) à réaliser : au plus tard le 30 mars 2027 (responsable : ',
        );
        expect(mailOf(open, template)).not.toContain('rien à faire');
      }
      const declared = await answered(s, healthBody);
      await dpiaDone(s, declared);
      await s.confirm(declared);
      expect(mailOf(declared, 'wave_confirmed')).toContain('rien à faire d’ici la première étape');
      expect(mailOf(declared, 'wave_confirmed')).not.toContain(ahead);
    }),
  );

  test(
    'is reminded, declares it on its page, becomes ready and is handed over',
    inScenario(async (s) => {
      const reference = await answered(s, healthBody);
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_HELD',
        tier: 'CONDITIONAL',
        conditions: ['DPIA_MISSING'],
        conditionsDue: '2027-03-30',
        blockingDue: '2027-03-30',
        // The first whose T-28 is on or after the due date.
        wave: 'paris-2027-05-04',
      });
      await s.confirm(reference);
      await s.jumpTo('2027-03-15');
      expect(remindersOf(s, reference)).toEqual([]);
      for (const [day, count] of [
        ['2027-03-16', 1],
        ['2027-03-22', 1],
        ['2027-03-23', 2],
        ['2027-03-30', 3],
        ['2027-04-20', 3],
      ] as const) {
        await s.jumpTo(day, '15:00');
        expect(remindersOf(s, reference), `reminders up to ${day}`).toHaveLength(count);
      }
      const [reminder] = remindersOf(s, reference);
      expect(reminder?.text).toContain('DPO');
      expect(read(reminder?.text)).toContain('30 mars 2027');

      await dpiaDone(s, reference);
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_CONFIRMED',
        tier: 'READY',
        conditions: [],
        wave: 'paris-2027-05-04',
      });
      expect((await s.state(reference)).conditionsDue).toBeUndefined();
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'go');
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
    }),
  );

  test(
    'keeps the answers it submitted, with the declaration beside them',
    inScenario(async (s) => {
      const reference = await answered(s, healthBody);
      await dpiaDone(s, reference);
      const submission = await s.runtime.store.dossiers.submission(reference);
      expect(submission?.answers.B11).toBe('not_done');
      expect(submission?.declarations).toMatchObject([
        { condition: 'DPIA_MISSING', answers: { B11: 'done' } },
      ]);
      expect(await s.happened(reference)).toContain('CONDITION_DECLARED');
    }),
  );

  test(
    'changes nothing by declaring it twice',
    inScenario(async (s) => {
      const reference = await answered(s, healthBody);
      await dpiaDone(s, reference);
      const once = await s.state(reference);
      await dpiaDone(s, reference);
      expect(await s.state(reference)).toEqual(once);
    }),
  );

  test(
    'stays conditional with an answer that does not clear the condition, or a question it is not asked',
    inScenario(async (s) => {
      const reference = await answered(s, healthBody);
      const refused = [{ B11: 'not_done' }, { B11: 'unknown' }, {}, { B11: 'done', B10: 'no' }] as const;
      for (const answers of refused) {
        await expect(declare(s, reference, 'DPIA_MISSING', answers)).rejects.toThrow('to correct');
      }
      await expect(declare(s, reference, 'DR_PATH', { B2: 'no' })).rejects.toThrow('no such open condition');
      expect((await s.state(reference)).tier).toBe('CONDITIONAL');
    }),
  );

  test(
    'is reminded by the date that an operator has moved, and told the former one and why',
    inScenario(async (s) => {
      const reference = await answered(s, healthBody);
      const move = { due: '2027-03-08', reason: 'the committee meets earlier' };
      await moveDueDate(s.runtime, reference, 'DPIA_MISSING', move, operator);
      await s.settle();
      const told = s.mails(reference).find(({ template }) => template === 'condition_due_moved');
      expect(read(told?.text)).toContain('8 mars 2027 au lieu du 30 mars 2027');
      expect(told?.text).toContain('the committee meets earlier');
      await moveDueDate(s.runtime, reference, 'DPIA_MISSING', move, operator);
      await s.settle();
      expect((await s.happened(reference)).filter((type) => type === 'CONDITION_DUE_MOVED')).toHaveLength(1);
      await s.jumpTo('2027-02-22', '15:00');
      expect(remindersOf(s, reference)).toHaveLength(1);
      expect((await s.state(reference)).conditionsDue).toBe('2027-03-08');
    }),
  );

  test(
    'becomes ready as well when an operator clears it with evidence',
    inScenario(async (s) => {
      const reference = await answered(s, healthBody);
      await clearCondition(s.runtime, reference, 'DPIA_MISSING', evidence, operator);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'READY' });
      const cleared = (await s.runtime.store.onboardings.events(reference)).at(-1);
      expect(cleared?.reason).toBe('Minutes of the meeting – PV-2026-42 – 2026-11-20 – Security office');
      await s.jumpTo('2027-03-30');
      expect(remindersOf(s, reference)).toEqual([]);
    }),
  );
});

describe('A customer whose declaration makes its result worse', () => {
  for (const [name, comeTo, stage] of [
    ['a confirmed place', async (s: Scenario, reference: string) => s.confirm(reference), 'WAVE_CONFIRMED'],
    ['a held place', async () => undefined, 'WAVE_HELD'],
  ] as const) {
    test(
      `keeps ${name} during the review and after it`,
      inScenario(async (s) => {
        const reference = await answered(s, unclear);
        await comeTo(s, reference);
        const { booking, state } = await s.now(reference);
        expect(state).toMatchObject({ stage, conditions: ['CLARIFICATION_NEEDED'] });

        await declare(s, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' });
        expect(await s.state(reference)).toMatchObject({
          stage: 'IN_REVIEW',
          reviewKind: 'readiness',
          run: { number: 2, status: 'running' },
          eligibility: 'MANUAL_REVIEW',
        });
        const ownerTold = s.mails(reference).findLast(({ template }) => template === 'owner_stuck');
        expect(ownerTold?.text).toContain('attend une décision de l’équipe d’exploitation');
        const kept = (await s.now(reference)).booking;
        expect([kept?.wave, kept?.status]).toEqual([booking?.wave, booking?.status]);
        // Nobody is asked for an answer, and nothing is given back, while it cannot be given.
        expect(kept?.holdUntil).toBeUndefined();
        await s.jumpDays(12);
        expect((await s.now(reference)).booking).toEqual(kept);
        expect(s.mailed(reference)).not.toContain('place_reminder');

        await expect(s.review(reference, 'go_no_go', 'go')).rejects.toThrow('not possible');
        expect(await s.executionStatus(reference, 1)).toBe('SUCCEEDED');

        await s.review(reference, 'readiness', 'accept');
        const after = await s.now(reference);
        expect(after.state).toMatchObject({ stage, wave: state.wave, cutover: state.cutover });
        expect(after.booking).toMatchObject({ wave: booking?.wave, status: booking?.status });
        if (stage === 'WAVE_HELD') await s.confirm(reference);
        await s.until(reference, 'GO_NO_GO');
        await s.review(reference, 'go_no_go', 'go');
        expect((await s.state(reference)).stage).toBe('HANDED_OVER');
      }),
    );
  }

  /** In a review that keeps its confirmed place, and asked about an answer. */
  async function askedWithPlace(s: Scenario, questions: readonly string[]): Promise<string> {
    const reference = await answered(s, unclear);
    await s.confirm(reference);
    await declare(s, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' });
    await s.review(reference, 'readiness', 'ask_customer', { questions, message: 'Précisez ce point.' });
    return reference;
  }

  test(
    'keeps its place while it is asked again, and after it has answered',
    inScenario(async (s) => {
      const reference = await askedWithPlace(s, ['A7']);
      const { state, booking } = await s.now(reference);
      expect(state).toMatchObject({ stage: 'INVITED', questionsAsked: ['A7'], wave: booking?.wave });
      expect(booking?.status).toBe('CONFIRMED');
      expect(read(s.mails(reference).findLast(({ template }) => template === 'invitation')?.text)).toContain(
        'Votre place dans la vague du',
      );
      // What it has declared before is no new answer.
      await expect(s.submit(reference, { ...unclear, A7: 'yes' })).rejects.toThrow(InvalidInputError);
      await s.submit(reference, { A7: 'no' });
      const after = await s.now(reference);
      expect(after.state).toMatchObject({ stage: 'WAVE_CONFIRMED', submission: 2, wave: state.wave });
      expect(after.booking).toMatchObject({ wave: booking?.wave, status: 'CONFIRMED' });
      expect(await s.runtime.store.dossiers.submission(reference)).not.toHaveProperty('declarations');
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'go');
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
    }),
  );

  test(
    'is placed elsewhere when it answers anew that the date of its place does not suit',
    inScenario(async (s) => {
      const reference = await askedWithPlace(s, ['A7', 'E2']);
      const { wave = '', cutover = '' } = await s.state(reference);
      await s.submit(reference, { A7: 'no', E2: [{ from: cutover, to: cutover }] });
      const { state, booking } = await s.now(reference);
      expect(state).toMatchObject({ stage: 'WAVE_HELD', confirmationTimeouts: 0 });
      expect(booking?.wave).not.toBe(wave);
      expect((await s.wave(wave)).booked.customers).toBe(0);
      expect(s.mailed(reference)).toContain('wave_moved');
      expect(s.mailed(reference)).not.toContain('place_lost');
    }),
  );

  test(
    'leaves the waiting list for the review, and comes back to it',
    inScenario(async (s) => {
      const reference = await answered(s, { ...unclear, E2: [{ from: '2027-01-01', to: '2028-12-31' }] });
      expect((await s.state(reference)).stage).toBe('WAITING_LIST');
      await declare(s, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' });
      expect((await s.state(reference)).stage).toBe('IN_REVIEW');
      expect((await s.runtime.store.waitingList.page({ limit: 10 })).items).toEqual([]);
      await s.review(reference, 'readiness', 'accept');
      expect((await s.state(reference)).stage).toBe('WAITING_LIST');
    }),
  );

  test(
    'gives its place back when the review sends it to prepare',
    inScenario(async (s) => {
      const reference = await answered(s, unclear);
      await s.confirm(reference);
      await declare(s, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' });
      await s.review(reference, 'readiness', 'set_tier', { tier: 'NOT_READY' });
      const { state, booking } = await s.now(reference);
      expect(state.stage).toBe('PREPARING');
      expect([state.wave, state.cutover, booking]).toEqual([undefined, undefined, undefined]);
    }),
  );

  test(
    'is placed elsewhere when its wave is cancelled during the review',
    inScenario(async (s) => {
      const reference = await answered(s, unclear);
      await s.confirm(reference);
      const { wave = '' } = await s.state(reference);
      await declare(s, reference, 'CLARIFICATION_NEEDED', { A7: 'yes' });
      await s.changeWave(wave, { transition: 'cancel', moveBooked: true });
      await s.review(reference, 'readiness', 'accept');
      const { state } = await s.now(reference);
      expect(state.stage).toBe('WAVE_HELD');
      expect(state.wave).not.toBe(wave);
    }),
  );

  test(
    'clarifies the rest later, and better answers open no review',
    inScenario(async (s) => {
      const reference = await answered(s, unclear);
      await declare(s, reference, 'CLARIFICATION_NEEDED', { A7: 'no' });
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_HELD',
        conditions: ['CLARIFICATION_NEEDED'],
      });
      await declare(s, reference, 'CLARIFICATION_NEEDED', { A5: 'out_of_scope' });
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', conditions: [] });
    }),
  );
});

describe('A customer that waits for a service', () => {
  test(
    'becomes ready by itself on the day the service opens',
    inScenario(
      async (s) => {
        const reference = await answered(s, { C1: ['azure_iaas', 'azure_ai'] });
        expect(await s.state(reference)).toMatchObject({ tier: 'CONDITIONAL' });
        await s.jumpTo('2027-05-31');
        expect((await s.state(reference)).tier).toBe('CONDITIONAL');
        await s.jumpTo('2027-06-01');
        expect(await s.state(reference)).toMatchObject({ tier: 'READY', conditions: [] });
        expect(await s.happened(reference)).toContain('CONDITION_CLEARED');
      },
      { platform: { ...platform, sites: [{ code: 'paris', label: { fr: 'Paris', en: 'Paris' } }] } },
    ),
  );
});

describe('A customer with a blocking condition overdue before its cutover', () => {
  async function overdue(s: Scenario): Promise<string> {
    const reference = await answered(s, healthBody);
    await s.confirm(reference);
    await s.jumpTo('2027-04-06');
    return reference;
  }

  test(
    'is on the list of operators from four weeks before until one keeps its place, once',
    inScenario(async (s) => {
      const reference = await overdue(s);
      const blocked = async () => isBlockedInWave(await s.state(reference), '2027-04-06');
      expect(isWithinLastWeeks('2027-05-04', '2027-04-05')).toBe(false);
      expect(isWithinLastWeeks('2027-05-04', '2027-04-06')).toBe(true);
      expect(isWithinLastWeeks('2027-05-04', '2027-05-04')).toBe(false);
      expect(hasOverdueCondition(await s.state(reference), '2027-03-30')).toBe(false);
      expect(hasOverdueCondition(await s.state(reference), '2027-03-31')).toBe(true);
      expect(await blocked()).toBe(true);
      await keepDespiteCondition(s.runtime, reference, 'it is promised for May', operator);
      await keepDespiteCondition(s.runtime, reference, 'it is promised for May', operator);
      expect(await blocked()).toBe(false);
      const kept = (await s.happened(reference)).filter((type) => type === 'PLACE_KEPT_DESPITE_CONDITION');
      expect(kept).toHaveLength(1);
      await dpiaDone(s, reference);
      expect((await s.state(reference)).tier).toBe('READY');
    }),
  );

  test(
    'is not kept when nothing is overdue',
    inScenario(async (s) => {
      const reference = await answered(s, healthBody);
      await expect(keepDespiteCondition(s.runtime, reference, 'why not', operator)).rejects.toThrow(
        'Nothing to decide',
      );
    }),
  );

  test(
    'reads after a no-go that the condition was open, and that the next place follows',
    inScenario(async (s) => {
      const reference = await overdue(s);
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'no_go');
      const told = s.mails(reference).find(({ template }) => template === 'no_go_for_condition');
      expect(read(told?.text)).toContain('Analyse d’impact (AIPD)');
      expect(read(told?.text)).toContain('Une nouvelle place est recherchée en priorité');
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
      const ownerTold = s.mails(reference).findLast(({ template }) => template === 'owner_stuck');
      expect(ownerTold?.text).toContain('Une autre date est recherchée en priorité');
    }),
  );

  test(
    'reads, when no other place is left, that its own condition cost it the one it had',
    inScenario(
      async (s) => {
        const reference = await overdue(s);
        await s.until(reference, 'GO_NO_GO');
        await s.review(reference, 'go_no_go', 'no_go');
        const told = s.mails(reference).findLast(({ template }) => template === 'place_lost');
        expect(read(told?.text)).toContain('une condition bloquante de votre dossier n’était pas levée');
        expect(told?.text).not.toContain('vient de nous');
      },
      { calendar: [waveWith({ cutover: '2027-05-04' })] },
    ),
  );
});
