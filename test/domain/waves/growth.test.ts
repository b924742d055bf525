import { describe, expect, it } from 'vitest';
import { exitCriteriaOf, exitStatusOf, tallyOf } from '../../../functions/domain/onboarding/exit-criteria.ts';
import { noCapacity } from '../../../functions/domain/waves/capacity.ts';
import { excessiveGrowth, growthText, mayGrow } from '../../../functions/domain/waves/growth.ts';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';

function wave(cutover: string, points: number, changes: Partial<Wave> = {}): Wave {
  return {
    ...{ id: `paris-${cutover}`, site: 'paris', kind: 'MIGRATION', state: 'OPEN', cutover },
    ...{ capacity: { customers: 3, points, complex: 1 }, booked: noCapacity },
    ...changes,
  };
}

const february = wave('2027-02-09', 40, { kind: 'PILOT' });
const march = (points: number) => wave('2027-03-09', points);

describe('the growth of a wave', () => {
  it.each([
    [60, undefined],
    [61, 60],
  ])('to %d points after 40 admits at most %s', (points, most) => {
    expect(excessiveGrowth(march(points), [february])?.most).toBe(most);
  });

  it('is rounded down: 67 points after 45, not 68', () => {
    const before = wave('2027-02-09', 45);
    expect([67, 68].map((points) => excessiveGrowth(march(points), [before])?.most)).toEqual([undefined, 67]);
  });

  it.each([
    ['another site', { site: 'sud' }],
    ['a preparation wave', { kind: 'PREPARATION' }],
    ['a cancelled wave', { state: 'CANCELLED' }],
    ['a later wave', { cutover: '2027-03-10' }],
    ['a wave of the same day', { cutover: '2027-03-09' }],
    ['a wave without points', { capacity: noCapacity }],
    ['the wave itself', { id: 'paris-2027-03-09' }],
  ] as const)('does not count %s as the one before', (_, changes) => {
    expect(excessiveGrowth(march(500), [{ ...february, ...changes }])).toBeUndefined();
  });

  it('is measured against the last wave before it, whether that one is over or not', () => {
    const between = wave('2027-02-23', 90, { state: 'PLANNED' });
    expect(excessiveGrowth(march(130), [between, february])).toBeUndefined();
    expect(excessiveGrowth(march(136), [between, february])?.before).toBe(between);
  });

  it('is not asked of a preparation wave', () => {
    expect(excessiveGrowth({ ...march(500), kind: 'PREPARATION' }, [february])).toBeUndefined();
  });

  it('is asked where a wave is added, opened, enlarged or moved, not where it shrinks or is frozen', () => {
    const planned = wave('2027-03-09', 60, { state: 'PLANNED' });
    expect(mayGrow(undefined, planned)).toBe(true);
    expect(mayGrow(planned, { ...planned, state: 'OPEN' })).toBe(true);
    expect(mayGrow(march(60), march(61))).toBe(true);
    expect(mayGrow(march(60), wave('2027-03-16', 60))).toBe(true);
    expect(mayGrow(march(60), march(59))).toBe(false);
    expect(mayGrow(march(60), { ...march(60), state: 'FROZEN' })).toBe(false);
    expect(mayGrow({ ...march(60), state: 'FROZEN' }, march(60))).toBe(false);
  });

  it('of the sample calendar is within bounds', () => {
    const calendar = sampleCalendar(samplePlatform);
    expect(calendar.flatMap((each) => excessiveGrowth(each, calendar) ?? [])).toEqual([]);
  });

  it('is said with its numbers and the date it is compared with', () => {
    const growth = excessiveGrowth(march(61), [february]);
    expect(growth && growthText(growth)).toEqual({
      fr: '61 points d’effort, alors que la vague précédente du site (9 février 2027) en compte 40 : au plus 60, soit 50 % de plus, tant qu’elle n’a pas rempli ses critères de sortie, ou que cela n’a pas pu être vérifié',
      en: '61 effort points, while the wave before it at this site (9 February 2027) has 40: at most 60, which is 50% more, as long as that wave has not met its exit criteria, or this could not be checked',
    });
  });
});

describe('the exit criteria of a wave', () => {
  const place = { id: 'paris-2027-02-09', cutover: '2027-02-09' };
  const statusOn = (today: string, state: Parameters<typeof exitStatusOf>[0]) =>
    exitStatusOf(state, place, today);

  it.each([
    ['a customer not yet handed over', '2027-02-10', { stage: 'WAVE_CONFIRMED' }, 'to_record'],
    ['a cutover that is not recorded', '2027-02-10', { stage: 'HANDED_OVER' }, 'to_record'],
    ['a cutover that is done', '2027-02-16', { stage: 'CUT_OVER', cutoverResult: 'done' }, 'done'],
    [
      'hypercare after the wave’s own',
      '2027-02-17',
      { stage: 'CUT_OVER', cutoverResult: 'done' },
      'hypercare_overdue',
    ],
    ['hypercare that is over', '2027-03-17', { stage: 'CLOSED', cutoverResult: 'done' }, 'done'],
    [
      'a failure that an earlier release left there',
      '2027-02-17',
      { stage: 'HANDED_OVER', cutoverResult: 'postponed' },
      'failed',
    ],
    [
      'a customer on its way to another wave',
      '2027-02-10',
      { stage: 'SUBMITTED', cutoverResult: 'rolled_back', avoid: ['paris-2027-02-09'] },
      'leaving',
    ],
    [
      'a customer whose earlier cutover, in another wave, failed',
      '2027-02-01',
      { stage: 'WAVE_HELD', cutoverResult: 'rolled_back', avoid: ['paris-2027-01-12'] },
      'to_record',
    ],
  ] as const)('count %s', (_, today, state, status) => {
    expect(statusOn(today, state)).toBe(status);
  });

  const criteria = (
    done: number,
    failed: number,
    more: readonly ('to_record' | 'hypercare_overdue')[] = [],
  ) =>
    exitCriteriaOf(
      tallyOf([...more, ...Array.from({ length: done }, () => 'done' as const)], { failedCutovers: failed }),
    );

  it('ask for every record, for nine cutovers of ten done, and for no hypercare overdue', () => {
    const all = { recorded: true, done: true, hypercare: true };
    expect(criteria(9, 1)).toEqual(all);
    expect(criteria(8, 1)).toEqual({ ...all, done: false });
    expect(criteria(9, 1, ['to_record'])).toEqual({ ...all, recorded: false });
    expect(criteria(8, 1, ['hypercare_overdue'])).toEqual({ ...all, hypercare: false });
  });

  it('are not met by a wave without a cutover, which has shown nothing', () => {
    expect(criteria(0, 0)).toEqual({ recorded: true, done: false, hypercare: true });
  });
});
