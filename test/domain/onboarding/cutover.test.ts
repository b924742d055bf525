import { describe, expect, it } from 'vitest';
import {
  cutoverResultsOn,
  hypercareProblem,
  usualHypercareEnd,
} from '../../../functions/domain/onboarding/cutover.ts';

const cutover = '2027-03-09';

describe('a cutover', () => {
  it.each([
    ['2027-03-08', ['postponed']],
    ['2027-03-09', ['done', 'rolled_back', 'postponed']],
    ['2027-05-01', ['done', 'rolled_back', 'postponed']],
  ])('of 9 March is recorded on %s as one of %j', (today, results) => {
    expect(cutoverResultsOn({ cutover, today })).toEqual(results);
  });

  it.each([
    ['on its day', '2027-03-09', undefined, '2027-03-16'],
    ['late', '2027-03-12', undefined, '2027-03-16'],
    ['after it was put off', '2027-04-01', 'postponed', '2027-04-08'],
    ['after it was undone', '2027-04-01', 'rolled_back', '2027-04-08'],
  ] as const)('recorded %s is watched for a week', (_what, today, recorded, end) => {
    expect(usualHypercareEnd({ cutover, today, recorded })).toBe(end);
  });

  it.each([
    ['2027-03-08', 'out_of_bounds'],
    ['2027-03-09', undefined],
    ['2027-06-08', undefined],
    ['2027-06-09', 'out_of_bounds'],
    ['9999-12-31', 'out_of_bounds'],
  ])('may be watched until %s: %s', (end, code) => {
    expect(hypercareProblem({ cutover, today: '2027-03-10' }, 'done', end)?.code).toBe(code);
  });

  it('that is not done is not watched', () => {
    const known = { cutover, today: '2027-03-10' };
    expect(hypercareProblem(known, 'rolled_back', '2027-03-16')?.code).toBe('not_with_this_result');
  });
});
