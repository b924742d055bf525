import { describe, expect, it } from 'vitest';
import { operatorWork, stateWork } from '../../../functions/domain/onboarding/operator-work.ts';
import { firstRun } from '../../../functions/domain/onboarding/run.ts';
import type { Approval, OnboardingState } from '../../../functions/domain/onboarding/state.ts';
import { stateOf } from '../../store/bench.ts';

const since = '2026-11-27T10:00:00.000Z';
const failedAt = '2026-11-30T07:00:00.000Z';
const placed = { wave: 'paris-2027-03-09', cutover: '2027-03-09', stageSince: since } as const;
const lapsed = {
  ...placed,
  by: { kind: 'operator', id: 'ada' },
  at: since,
  conditions: [],
  lapsed: 'condition',
} as const;

const cases: readonly (readonly [string, Partial<OnboardingState>, ReturnType<typeof stateWork>])[] = [
  ['waits for its customer', { stage: 'INVITED' }, undefined],
  [
    'has a failed run, whatever its stage',
    { stage: 'IN_REVIEW', run: { ...firstRun(since), status: 'failed', failedAt } },
    { kind: 'failed_run', due: failedAt },
  ],
  [
    'is in review: five working days, at 18:00 in Paris',
    { stage: 'IN_REVIEW', stageSince: since },
    { kind: 'review', due: '2026-12-04T17:00:00.000Z' },
  ],
  [
    'is in review with a place: before its gate',
    { stage: 'IN_REVIEW', stageSince: '2027-03-05T10:00:00.000Z', cutover: '2027-03-09' },
    { kind: 'review', due: '2027-03-08T17:00:00.000Z' },
  ],
  [
    'is in review with a place that it has to leave: the gate of that place is none of its own',
    {
      ...placed,
      stage: 'IN_REVIEW',
      stageSince: '2027-03-05T10:00:00.000Z',
      avoid: ['paris-2027-03-09'],
    },
    { kind: 'review', due: '2027-03-12T17:00:00.000Z' },
  ],
  [
    'is at its go/no-go',
    { ...placed, stage: 'GO_NO_GO' },
    { kind: 'go_no_go', due: '2027-03-08T17:00:00.000Z' },
  ],
  [
    'is handed over: from the day of the cutover, by the end of the next working day',
    { ...placed, stage: 'HANDED_OVER' },
    { kind: 'cutover', from: '2027-03-08T23:00:00.000Z', due: '2027-03-10T17:00:00.000Z' },
  ],
  ['has its cutover recorded', { ...placed, stage: 'CUT_OVER', cutoverResult: 'done' }, undefined],
  [
    'has a go that has lapsed: before the gate opens',
    { ...placed, stage: 'WAVE_CONFIRMED', goInAdvance: lapsed },
    { kind: 'lapsed_go', due: '2027-03-08T07:00:00.000Z' },
  ],
  [
    'has a blocking condition due early: from four weeks before the cutover',
    { ...placed, stage: 'WAVE_CONFIRMED', blockingDue: '2027-01-04' },
    { kind: 'blocked', from: '2027-02-08T23:00:00.000Z', due: '2027-03-08T07:00:00.000Z' },
  ],
  [
    'has a blocking condition due late: from the day after',
    { ...placed, stage: 'WAVE_HELD', blockingDue: '2027-02-15' },
    { kind: 'blocked', from: '2027-02-15T23:00:00.000Z', due: '2027-03-08T07:00:00.000Z' },
  ],
  [
    'is kept despite its condition',
    { ...placed, stage: 'WAVE_CONFIRMED', blockingDue: '2027-01-04', keptDespite: 'paris-2027-03-09' },
    undefined,
  ],
  [
    'was kept in another wave',
    { ...placed, stage: 'WAVE_CONFIRMED', blockingDue: '2027-01-04', keptDespite: 'paris-2027-02-02' },
    { kind: 'blocked', from: '2027-02-08T23:00:00.000Z', due: '2027-03-08T07:00:00.000Z' },
  ],
  [
    'is closed, with a run that had failed',
    { stage: 'CLOSED', run: { ...firstRun(since), failedAt } },
    undefined,
  ],
];

it.each(cases)('an onboarding that %s', (_, state, expected) => {
  expect(stateWork(stateOf(1, state))).toEqual(expected);
});

describe('all that operators have to do about an onboarding', () => {
  const approval = {
    status: 'waiting',
    until: '2026-12-02T17:00:00.000Z',
  } as const satisfies Partial<Approval>;
  const asked = (status: Approval['status']): Approval => ({
    ...approval,
    ...({ id: 'REF00001-2', kind: 'override', review: 'confirmation', decision: 'override' } as const),
    ...{ conditions: [], by: lapsed.by, askedAt: since, facts: '', status },
  });
  const inReview = stateOf(1, { stage: 'IN_REVIEW', stageSince: since });
  const kindsAt = (now: string, found: Parameters<typeof operatorWork>[0]) =>
    operatorWork(found, new Date(now)).map(({ kind }) => kind);

  it('has what is due first at its head', () => {
    const kinds = kindsAt(failedAt, { state: inReview, approval: asked('waiting') });
    expect(kinds).toEqual(['approval', 'review']);
  });

  it('leaves out a request that is settled, or that no one may answer any more', () => {
    expect(kindsAt(failedAt, { state: inReview, approval: asked('given') })).toEqual(['review']);
    expect(kindsAt(approval.until, { state: inReview, approval: asked('waiting') })).toEqual(['review']);
  });

  it('leaves out what is not theirs yet', () => {
    const state = stateOf(1, { ...placed, stage: 'HANDED_OVER' });
    expect(kindsAt('2027-03-08T22:59:59.999Z', { state })).toEqual([]);
    expect(kindsAt('2027-03-08T23:00:00.000Z', { state })).toEqual(['cutover']);
  });

  it('has an erasure that is asked for after the end, until it is granted', () => {
    const request = {
      status: 'waiting',
      askedAt: since,
      until: '2026-12-27T10:00:00.000Z',
      by: lapsed.by,
    } as const;
    const state = stateOf(1, { stage: 'CLOSED' });
    expect(kindsAt(failedAt, { state, erasureRequest: request })).toEqual(['erasure']);
    const erasure = { askedAt: failedAt, reason: 'asked_by_person' } as const;
    expect(kindsAt(failedAt, { state: { ...state, erasure }, erasureRequest: request })).toEqual([]);
  });
});
