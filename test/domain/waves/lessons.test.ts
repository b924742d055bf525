import { expect, it } from 'vitest';
import { wavesBeforeIt } from '../../../functions/domain/waves/lessons.ts';
import { waveOf } from '../../store/bench.ts';

const capacity = { customers: 3, points: 60, complex: 1 };

it('the waves before one are the last two of its site that had or have a cutover', () => {
  const [first, second, third, later] = ['2027-02-09', '2027-03-09', '2027-04-06', '2027-06-01'].map((day) =>
    waveOf(day, capacity),
  );
  const wave = waveOf('2027-05-04', capacity);
  const others = [
    { ...waveOf('2027-04-20', capacity), state: 'CANCELLED' },
    { ...waveOf('2027-04-21', capacity), kind: 'PREPARATION' },
    waveOf('2027-04-22', capacity, 'sud'),
  ] as const;
  const calendar = [first, second, third, later, wave, ...others].flatMap((each) =>
    each === undefined ? [] : [each],
  );
  expect(wavesBeforeIt(wave, calendar)).toEqual([third, second]);
});
