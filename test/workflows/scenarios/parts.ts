import { describe, expect, test } from 'vitest';
import { openPlacementReview } from '../../../functions/application/open-placement-review.ts';
import { recordCutover } from '../../../functions/application/record-cutover.ts';
import { addDays } from '../../../functions/domain/calendar-date.ts';
import type { Split } from '../../../functions/domain/onboarding/part.ts';
import { partReference } from '../../../functions/domain/onboarding/reference.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario, operator, type Scenario } from '../../support/scenario.ts';

/** 30,000 users, as many as a customer has that is larger than every wave. */
const split: Split = {
  parts: [
    { scope: 'Siège', users: 9_000, mailboxesOver50: 0, servers: 4 },
    { scope: 'Régions', users: 21_000, mailboxesOver50: 0, servers: 0 },
  ],
};

async function inParts(s: Scenario, into: Split = split) {
  const whole = await journeys.inPlacementReview(s);
  await s.review(whole, 'placement', 'split', { split: into });
  return { whole, parts: into.parts.map((_, index) => partReference(whole, index + 1)) };
}

/** A customer asks for its split: an operator opens the review. */
async function asksForSplit(s: Scenario, whole: string): Promise<void> {
  await openPlacementReview(s.runtime, whole, 'asked for', operator);
  await s.settle();
}

/** A part from its held place to the end of its hypercare. */
async function throughCutover(s: Scenario, part: string): Promise<void> {
  if ((await s.state(part)).stage === 'WAVE_HELD') await s.confirm(part);
  await s.until(part, 'GO_NO_GO');
  await s.review(part, 'go_no_go', 'go');
  const { cutover = '' } = await s.state(part);
  await s.jumpTo(cutover, '12:00');
  await recordCutover(s.runtime, part, { result: 'done' }, operator);
  await s.jumpTo(addDays(cutover, 8), '08:00');
}

describe('A customer that is split into parts', () => {
  test(
    'has each part placed by itself, with the answers and the result of the whole',
    inScenario(async (s) => {
      const { whole, parts } = await inParts(s);
      expect(await s.state(whole)).toMatchObject({ stage: 'IN_PARTS', run: { status: 'ended' } });
      const [first = '', second = ''] = parts;
      expect(await s.state(first)).toMatchObject({ stage: 'WAVE_HELD', scope: 'Siège', tier: 'READY' });
      expect(await s.state(second)).toMatchObject({ stage: 'WAVE_HELD', scope: 'Régions' });
      // 90 points for its users, and 1 for its servers.
      expect((await s.now(first)).booking?.points).toBe(91);
      expect((await s.now(second)).booking?.points).toBe(210);
      expect(s.mailed(whole)).toContain('split');
      expect(s.mailed(first)).toEqual(['wave_held']);
      expect(s.statesEntered(first)).not.toContain('Assign readiness tier');
    }),
  );

  test(
    'ends with its last part, and as that one did',
    inScenario(async (s) => {
      const { whole, parts } = await inParts(s);
      const [first = '', second = ''] = parts;
      await s.until(second, 'WAVE_HELD');
      await s.confirm(second);
      await throughCutover(s, first);
      expect(await s.state(first)).toMatchObject({ stage: 'CLOSED', outcome: 'HANDED_OVER' });
      expect((await s.state(whole)).stage).toBe('IN_PARTS');
      await throughCutover(s, second);
      expect(await s.state(whole)).toMatchObject({ stage: 'CLOSED', outcome: 'HANDED_OVER' });
      expect(s.mailed(second)).toContain('part_closed');
      expect(s.mailed(whole).filter((template) => template === 'closed')).toHaveLength(1);
    }),
  );

  test(
    'has its open parts closed when it is withdrawn, and their places given back',
    inScenario(async (s) => {
      const { whole, parts } = await inParts(s);
      await s.withdraw(whole);
      for (const part of parts) {
        expect(await s.state(part)).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
      }
      const again = await s.start({ siren: (await s.state(whole)).siren });
      expect((await s.state(again)).stage).toBe('INVITED');
    }),
  );

  test(
    'may ask for it while a place is held: that is kept until it is decided, and given back with the split',
    inScenario(async (s) => {
      const whole = await journeys.held(s);
      await asksForSplit(s, whole);
      expect(await s.state(whole)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'placement' });
      expect((await s.now(whole)).booking).toMatchObject({ status: 'HELD' });
      expect((await s.now(whole)).booking?.holdUntil).toBeUndefined();
      const halves: Split = {
        parts: [
          { scope: 'A', users: 42, mailboxesOver50: 0, servers: 4 },
          { scope: 'B', users: 41, mailboxesOver50: 0, servers: 0 },
        ],
        inOrder: true,
      };
      await s.review(whole, 'placement', 'split', { split: halves });
      expect((await s.now(whole)).booking).toBeUndefined();
      const [first, second] = [await s.now(partReference(whole, 1)), await s.now(partReference(whole, 2))];
      expect(first.booking?.cutover).toBe('2027-03-09');
      // Each part cuts over after the one before it.
      expect(second.booking?.cutover).toBe('2027-04-06');
    }),
  );

  test(
    'has the parts moved that follow one which takes a later date, once an operator agrees',
    inScenario(async (s) => {
      const whole = await journeys.held(s);
      await asksForSplit(s, whole);
      const thirds: Split = {
        parts: [
          { scope: 'A', users: 27, mailboxesOver50: 0, servers: 4 },
          { scope: 'B', users: 28, mailboxesOver50: 0, servers: 0 },
          { scope: 'C', users: 28, mailboxesOver50: 0, servers: 0 },
        ],
        inOrder: true,
      };
      await s.review(whole, 'placement', 'split', { split: thirds });
      const references = [1, 2, 3].map((number) => partReference(whole, number));
      const [one = ''] = references;
      const datesOf = async () =>
        Promise.all(references.map(async (each) => (await s.now(each)).booking?.cutover));
      const dates = await datesOf();
      expect(dates).toEqual(['2027-03-09', '2027-04-06', '2027-05-04']);
      for (const each of references) {
        const isOffered = (await s.state(each)).stage === 'WAITING_LIST';
        await (isOffered ? s.answerOffer(each, 'accept') : s.confirm(each));
      }
      await s.choose(one, 'paris-2027-05-04');
      const asked = await Promise.all(references.map(async (each) => (await s.now(each)).approval));
      const set = `${one}-2027-05-04`;
      expect(asked).toMatchObject([
        undefined,
        { wave: 'paris-2027-06-01', group: { set, after: '2027-05-04', part: true } },
        { wave: 'paris-2027-06-29', group: { set, after: '2027-06-01', part: true } },
      ]);
      expect(asked[1]?.reason).toBe(
        'La partie qui précède celle-ci bascule le 4 mai 2027 ; celle-ci doit basculer après elle',
      );
      await s.answerMoves('approve');
      expect(await datesOf()).toEqual(['2027-05-04', '2027-06-01', '2027-06-29']);
    }),
  );

  test(
    'keeps the place that it had when the review ends without a split',
    inScenario(async (s) => {
      const whole = await journeys.held(s);
      const before = (await s.now(whole)).booking;
      await asksForSplit(s, whole);
      await s.jumpDays(20);
      await s.review(whole, 'placement', 'wait');
      const { booking, state } = await s.now(whole);
      expect(state.stage).toBe('WAVE_HELD');
      expect(booking?.wave).toBe(before?.wave);
      expect(booking?.holdUntil).toBeDefined();
    }),
  );
});
