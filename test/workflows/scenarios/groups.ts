import { describe, expect, test } from 'vitest';
import { DecisionRefusedError } from '../../../functions/domain/errors.ts';
import { waveWith } from '../../domain/waves/fixtures.ts';
import { inScenario, type Scenario } from '../../support/scenario.ts';

const threeDates = ['2027-03-09', '2027-04-06', '2027-05-04'].map((cutover) => waveWith({ cutover }));
const cancel = { transition: 'cancel', moveBooked: true } as const;

/** A parent in March and its member in April, both held. */
async function parentAndMember(s: Scenario): Promise<{ parent: string; member: string }> {
  const parent = await s.start({ group: 'holding' });
  await s.submit(parent);
  const { siren } = await s.state(parent);
  const member = await s.start({ group: 'holding', parentSiren: siren });
  await s.submit(member);
  expect(await s.state(parent)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-03-09' });
  expect(await s.state(member)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-04-06' });
  return { parent, member };
}

/** The parent goes from March to April, past its member. */
async function movePast(s: Scenario, parent: string): Promise<void> {
  await s.answerWave(parent, 'another_date');
  expect(await s.state(parent)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-04-06' });
}

describe('A member of a group whose parent moves past it', () => {
  test(
    'keeps a place that it has not confirmed until an operator agrees to move it',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await movePast(s, parent);
        expect(await s.state(member)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-04-06' });
        expect((await s.now(member)).approval).toMatchObject({
          status: 'waiting',
          wave: 'paris-2027-05-04',
          group: { set: `${parent}-2027-04-06`, after: '2027-04-06' },
        });
        const mails = s.mailed(member);
        expect(mails.filter((mail) => mail === 'review_approval_requested')).toHaveLength(1);
        expect(mails).not.toContain('wave_moved');
        await s.answerMoves('approve');
        expect(await s.state(member)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-05-04' });
        expect((await s.now(member)).booking?.movedFrom).toMatchObject({
          cutover: '2027-04-06',
          reason: expect.stringContaining('6 avril 2027'),
        });
        expect(await s.state(member)).toMatchObject({ anotherDates: 0 });
        expect(s.mailed(member).at(-1)).toBe('wave_moved');
      },
      { calendar: threeDates },
    ),
  );

  test(
    'goes to a later wave when no operator agrees, and it has not confirmed its own',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await movePast(s, parent);
        await s.answerMoves('decline');
        expect(await s.state(member)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-05-04' });
        expect(await s.state(member)).toMatchObject({ anotherDates: 0 });
        expect(await s.happened(member)).toContain('PARENT_MOVED');
        expect(s.mailed(member).at(-1)).toBe('wave_moved');
      },
      { calendar: threeDates },
    ),
  );

  test(
    'has the move proposed for the place that it confirms meanwhile',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await movePast(s, parent);
        const { approval: before } = await s.now(member);
        await s.confirm(member);
        const { approval, booking } = await s.now(member);
        expect(booking).toMatchObject({ status: 'CONFIRMED', cutover: '2027-04-06' });
        expect(approval).toMatchObject({ status: 'waiting', group: before?.group });
        // Operators answer the request that they have read.
        expect(approval?.id).toBe(before?.id);
        await s.answerMoves('approve');
        expect(await s.state(member)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-05-04' });
      },
      { calendar: threeDates },
    ),
  );

  test(
    'keeps the wave it has confirmed until an operator moves it, or decides',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await s.confirm(member);
        await movePast(s, parent);
        expect((await s.state(member)).stage).toBe('WAVE_CONFIRMED');
        await s.answerMoves('decline');
        expect(await s.state(member)).toMatchObject({
          stage: 'GO_NO_GO',
          cause: 'PARENT_NOT_BEFORE',
          cutover: '2027-04-06',
        });
        expect((await s.now(member)).booking?.status).toBe('CONFIRMED');
        expect(s.mailed(member)).toContain('review_requested');
        await expect(s.review(member, 'go_no_go', 'go')).rejects.toThrow(DecisionRefusedError);
        await s.review(member, 'go_no_go', 'no_go');
        const moved = await s.state(member);
        expect(moved).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-05-04' });
        expect(moved.cause).toBeUndefined();
      },
      { calendar: threeDates },
    ),
  );

  test(
    'comes to an operator when no one answers the proposal within five working days',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await s.confirm(member);
        await movePast(s, parent);
        await s.jumpDays(8);
        expect(await s.happened(member)).toContain('APPROVAL_LAPSED');
        expect(await s.state(member)).toMatchObject({ stage: 'GO_NO_GO', cause: 'PARENT_NOT_BEFORE' });
      },
      { calendar: threeDates },
    ),
  );

  test(
    'is asked about no more when the parent comes back before it',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await s.confirm(member);
        await movePast(s, parent);
        expect((await s.now(member)).approval?.status).toBe('waiting');
        await s.runtime.store.waves.create(waveWith({ site: 'sud', cutover: '2027-03-16' }));
        await s.answerWave(parent, 'another_date');
        expect((await s.state(parent)).cutover).toBe('2027-03-16');
        expect((await s.now(member)).approval?.status).toBe('lapsed');
        expect(await s.state(member)).toMatchObject({ stage: 'WAVE_CONFIRMED', cutover: '2027-04-06' });
      },
      { calendar: threeDates },
    ),
  );

  test(
    'keeps its wave when the parent comes back before it, though no operator agreed to move it',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await s.confirm(member);
        await movePast(s, parent);
        await s.answerMoves('decline');
        expect((await s.state(member)).stage).toBe('GO_NO_GO');
        await s.runtime.store.waves.create(waveWith({ site: 'sud', cutover: '2027-03-16' }));
        await s.answerWave(parent, 'another_date');
        expect((await s.state(parent)).cutover).toBe('2027-03-16');
        const kept = await s.state(member);
        expect(kept).toMatchObject({ stage: 'WAVE_CONFIRMED', cutover: '2027-04-06' });
        expect(kept.cause).toBeUndefined();
        await s.confirm(parent);
        await s.until(parent, 'GO_NO_GO');
        await s.review(parent, 'go_no_go', 'go');
        await s.until(member, 'GO_NO_GO');
        await s.review(member, 'go_no_go', 'go');
        expect((await s.state(member)).stage).toBe('HANDED_OVER');
      },
      { calendar: threeDates },
    ),
  );

  test(
    'is looked at again when the parent withdraws: nobody is left to follow',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await s.confirm(member);
        await movePast(s, parent);
        await s.answerMoves('decline');
        expect((await s.state(member)).stage).toBe('GO_NO_GO');
        await s.withdraw(parent);
        expect((await s.state(member)).stage).toBe('WAVE_CONFIRMED');
      },
      { calendar: threeDates },
    ),
  );

  test(
    'is moved with those that follow it, as one set, each after the one before',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        const { siren } = await s.state(member);
        const last = await s.start({ group: 'holding', parentSiren: siren });
        await s.submit(last);
        await s.confirm(last);
        expect((await s.state(last)).cutover).toBe('2027-05-04');
        await s.runtime.store.waves.create(waveWith({ cutover: '2027-06-01' }));
        await movePast(s, parent);
        const asked = await Promise.all([member, last].map((each) => s.now(each)));
        expect(asked.map(({ approval }) => approval)).toMatchObject([
          { wave: 'paris-2027-05-04', group: { set: `${parent}-2027-04-06`, after: '2027-04-06' } },
          { wave: 'paris-2027-06-01', group: { set: `${parent}-2027-04-06`, after: '2027-05-04' } },
        ]);
        expect(s.mailed(last)).not.toContain('review_approval_requested');
        await s.answerMoves('approve');
        const moved = await Promise.all([member, last].map((each) => s.state(each)));
        expect(moved).toMatchObject([
          { stage: 'WAVE_HELD', cutover: '2027-05-04' },
          { stage: 'WAVE_HELD', cutover: '2027-06-01' },
        ]);
      },
      { calendar: threeDates },
    ),
  );

  test(
    'leaves the wave by silence on the day of the go/no-go, when no operator has decided',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await s.confirm(member);
        await movePast(s, parent);
        await s.confirm(parent);
        await s.jumpTo('2027-04-05', '19:00');
        expect(await s.happened(member)).not.toContain('HANDED_OVER');
        expect((await s.now(member)).booking?.wave).not.toBe('paris-2027-04-06');
      },
      { calendar: threeDates },
    ),
  );

  test(
    'waits when no wave comes after its parent’s',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await s.changeWave('paris-2027-03-09', cancel);
        expect(await s.state(parent)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-05-04' });
        expect(await s.state(member)).toMatchObject({
          stage: 'WAITING_LIST',
          cause: 'NO_WAVE_IN_CALENDAR',
        });
        expect((await s.wave('paris-2027-04-06')).booked.customers).toBe(0);
      },
      {
        calendar: [
          waveWith({ cutover: '2027-03-09' }),
          waveWith({ cutover: '2027-04-06', capacity: { customers: 1, points: 60, complex: 1 } }),
          waveWith({ cutover: '2027-05-04' }),
        ],
      },
    ),
  );

  test(
    'gives its place up to a parent that has lost its date, and waits for the next one',
    inScenario(
      async (s) => {
        const { parent, member } = await parentAndMember(s);
        await s.changeWave('paris-2027-03-09', cancel);
        expect(await s.state(member)).toMatchObject({ stage: 'WAITING_LIST', cause: 'PARENT_NOT_BOOKED' });
        expect(await s.state(parent)).toMatchObject({ stage: 'WAITING_LIST', wave: 'paris-2027-04-06' });
      },
      {
        calendar: [
          waveWith({ cutover: '2027-03-09' }),
          waveWith({ cutover: '2027-04-06', capacity: { customers: 1, points: 60, complex: 1 } }),
        ],
      },
    ),
  );

  test(
    'loses an offer that would come before its parent',
    inScenario(
      async (s) => {
        const holder = await s.start();
        await s.submit(holder, { E1: { earliest: '2027-04-01', reason: 'none' } });
        await s.confirm(holder);
        const parent = await s.start({ group: 'holding' });
        await s.submit(parent);
        const { siren } = await s.state(parent);
        const member = await s.start({ group: 'holding', parentSiren: siren });
        await s.submit(member);
        expect((await s.state(member)).stage).toBe('WAITING_LIST');
        await s.withdraw(holder);
        expect(await s.state(member)).toMatchObject({ stage: 'WAITING_LIST', wave: 'paris-2027-04-06' });
        await s.changeWave('paris-2027-04-06', { capacity: { customers: 2, points: 60, complex: 1 } });
        await movePast(s, parent);
        const back = await s.state(member);
        expect(back.wave).toBeUndefined();
        expect(back.avoid ?? []).not.toContain('paris-2027-04-06');
      },
      {
        calendar: [
          waveWith({ cutover: '2027-03-09' }),
          waveWith({ cutover: '2027-04-06', capacity: { customers: 1, points: 60, complex: 1 } }),
        ],
      },
    ),
  );
});
