import { expect, it } from 'vitest';
import { taskStateOf, wavesWithTasks } from '../../../functions/domain/waves/gate-tasks.ts';
import { gatesOf, type WaveState } from '../../../functions/domain/waves/wave.ts';
import { waveOf } from '../../store/bench.ts';

const capacity = { customers: 3, points: 60, complex: 1 };
const wave = waveOf('2027-03-09', capacity);

/** The states of the eight tasks of a wave on a day. */
function statesOf(
  state: WaveState,
  today: string,
  { isTicked = false, cutovers = 'some_missing' as 'all' | 'some_missing' | 'unknown' } = {},
) {
  return gatesOf(wave).map((gate) => taskStateOf(gate, { state }, { isTicked, cutovers, today }));
}

it.each([
  ['PLANNED', '2027-02-02', {}, 'open open open open open by_customer open open'],
  ['OPEN', '2027-02-03', {}, 'overdue open open open open by_customer open open'],
  ['FROZEN', '2027-03-09', {}, 'overdue overdue overdue overdue overdue by_customer open open'],
  ['FROZEN', '2027-03-10', { isTicked: true }, 'done done done done done by_customer overdue open'],
  ['RUNNING', '2027-03-09', { isTicked: true }, 'done done done done done done open open'],
  [
    'RUNNING',
    '2027-03-12',
    { isTicked: true, cutovers: 'unknown' },
    'done done done done done done by_customer open',
  ],
  [
    'RUNNING',
    '2027-03-17',
    { isTicked: true, cutovers: 'all' },
    'done done done done done done done overdue',
  ],
  ['DONE', '2027-03-17', {}, 'not_done not_done not_done not_done not_done done done done'],
  ['CANCELLED', '2027-03-17', { isTicked: true }, 'done done done done done not_done not_done not_done'],
] as const)('the tasks of a wave that is %s on %s, %o', (state, today, facts, expected) => {
  expect(statesOf(state, today, facts).join(' ')).toBe(expected);
});

it('a wave has tasks to look at from a week before its first gate until it ends', () => {
  const shown = (today: string, changes: Partial<typeof wave> = {}) =>
    wavesWithTasks([{ ...wave, ...changes }], today).length === 1;
  expect([shown('2027-01-25'), shown('2027-01-26'), shown('2027-03-16'), shown('2027-03-17')]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(shown('2027-06-01', { state: 'RUNNING' })).toBe(true);
  for (const changes of [{ state: 'DONE' }, { state: 'CANCELLED' }, { kind: 'PREPARATION' }] as const) {
    expect(shown('2027-03-09', changes)).toBe(false);
  }
});
