import { describe, expect, it } from 'vitest';
import { addDays } from '../../../functions/domain/calendar-date.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import {
  gatesOf,
  transitionsOn,
  WaveTransitionError,
  type WaveTransitionName,
  waveId,
  waveKindLabels,
  waveKinds,
  waveLabel,
  waveStateAfter,
  waveStateLabels,
  waveStates,
  waveTransitionNames,
  waveTransitions,
} from '../../../functions/domain/waves/wave.ts';
import { isWorkingDay } from '../../../functions/domain/working-days.ts';
import { waveWith } from './fixtures.ts';

const transitions: [WaveTransitionName, string[], string][] = [
  ['open', ['PLANNED'], 'OPEN'],
  ['freeze', ['OPEN'], 'FROZEN'],
  ['reopen', ['FROZEN'], 'OPEN'],
  ['start', ['OPEN', 'FROZEN'], 'RUNNING'],
  ['finish', ['RUNNING'], 'DONE'],
  ['cancel', ['PLANNED', 'OPEN', 'FROZEN'], 'CANCELLED'],
];

describe('a wave', () => {
  it.each(transitions)('can %s only from %j', (name, from, to) => {
    for (const state of waveStates) {
      if (from.includes(state)) expect(waveStateAfter(name, state)).toBe(to);
      else expect(() => waveStateAfter(name, state)).toThrow(WaveTransitionError);
    }
  });

  it('has every transition tested above', () => {
    expect(transitions.map(([name]) => name)).toEqual(Object.keys(waveTransitions));
    expect(waveTransitionNames).toEqual(Object.keys(waveTransitions));
  });

  it.each([
    ['OPEN', '2027-03-08', ['freeze', 'cancel']],
    ['OPEN', '2027-03-09', ['freeze', 'start', 'cancel']],
    ['FROZEN', '2027-03-08', ['reopen', 'cancel']],
    ['FROZEN', '2027-03-09', ['reopen', 'start', 'cancel']],
    ['FROZEN', '2027-03-10', ['start', 'cancel']],
    ['PLANNED', '2027-03-09', ['open', 'cancel']],
    ['PLANNED', '2027-03-10', ['cancel']],
    ['RUNNING', '2027-03-09', ['finish']],
  ] as const)('of 9 March that is %s allows on %s only %j', (state, today, allowed) => {
    expect(transitionsOn(waveWith({ state }), today)).toEqual(allowed);
  });

  it('has names in both languages for every kind, state and transition', () => {
    const labels = [
      ...waveKinds.map((kind) => waveKindLabels[kind]),
      ...waveStates.map((state) => waveStateLabels[state]),
      ...Object.values(waveTransitions).map((transition) => transition.label),
    ];
    expect(labels.every((label) => label.fr !== '' && label.en !== '')).toBe(true);
  });

  it('has an id that says what it is', () => {
    expect(waveId({ kind: 'MIGRATION', site: 'paris', cutover: '2027-03-09' })).toBe('paris-2027-03-09');
    expect(waveId({ kind: 'PREPARATION', site: 'paris', cutover: '2027-01-11' })).toBe(
      'prep-paris-2027-01-11',
    );
  });

  it('is told apart from one that was given the id of its day', () => {
    const given = [waveWith({ cutover: '2027-03-09' }), { ...waveWith(), id: 'paris-2027-03-09-2' }];
    expect(waveId(waveWith(), given)).toBe('paris-2027-03-09-3');
    expect(waveId(waveWith({ site: 'sud' }), given)).toBe('sud-2027-03-09');
  });

  it('is spoken of by its date and site', () => {
    expect(waveLabel(waveWith({ site: 'sud' }), samplePlatform)).toEqual({
      fr: 'vague du 9 mars 2027 (Sud)',
      en: 'wave of 9 March 2027 (South)',
    });
    expect(waveLabel(waveWith({ kind: 'PREPARATION', site: 'nord' }), samplePlatform).fr).toBe(
      'vague de préparation du 9 mars 2027 (nord)',
    );
  });

  it('has dated gates from T-35 to the end of hypercare, across the change of the clocks', () => {
    expect(gatesOf(waveWith({ cutover: '2027-04-06' })).map(({ code, date }) => [code, date])).toEqual([
      ['SCHEDULE', '2027-03-02'],
      ['FIRST_MEETING', '2027-03-09'],
      ['FIRST_NOTICE', '2027-03-16'],
      ['SECOND_MEETING', '2027-03-23'],
      ['SECOND_NOTICE', '2027-03-30'],
      ['GO_NO_GO', '2027-04-05'],
      ['CUTOVER', '2027-04-06'],
      ['HYPERCARE_END', '2027-04-13'],
    ]);
  });

  it.each([
    { what: 'a Monday', cutover: '2027-03-08', goNoGo: '2027-03-05' },
    { what: 'a Sunday', cutover: '2027-03-07', goNoGo: '2027-03-05' },
    { what: 'the day after Easter Monday', cutover: '2027-03-30', goNoGo: '2027-03-26' },
    { what: 'the day after Ascension', cutover: '2027-05-07', goNoGo: '2027-05-05' },
    { what: 'a Wednesday', cutover: '2027-03-10', goNoGo: '2027-03-09' },
  ])('before $what has its go/no-go on the last working day, $goNoGo', ({ cutover, goNoGo }) => {
    const gates = gatesOf(waveWith({ cutover }));
    expect(gates.find(({ code }) => code === 'GO_NO_GO')?.date).toBe(goNoGo);
    const before = gates.filter(({ offset }) => offset < 0);
    expect(before.filter(({ date }) => !isWorkingDay(date))).toEqual([]);
    expect(gates.find(({ code }) => code === 'CUTOVER')?.date).toBe(cutover);
    expect(gates.find(({ code }) => code === 'HYPERCARE_END')?.date).toBe(addDays(cutover, 7));
  });

  it('of preparation has no gates, having no cutover', () => {
    expect(gatesOf(waveWith({ kind: 'PREPARATION' }))).toEqual([]);
  });
});
