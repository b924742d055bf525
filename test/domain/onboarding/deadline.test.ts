import { expect, it } from 'vitest';
import { deadlineOf } from '../../../functions/domain/onboarding/deadline.ts';
import { type Stage, stages } from '../../../functions/domain/onboarding/lifecycle.ts';

const since = '2027-02-01T09:00:00.000Z';
const awaited = { openedAt: since, activeAt: since, cutover: '2027-05-16' };

const deadlines: Readonly<Partial<Record<Stage, string>>> = {
  INVITED: '2027-04-12T09:00:00.000Z',
  ANSWERING: '2027-04-12T09:00:00.000Z',
  PREPARING: '2027-07-31T09:00:00.000Z',
  IN_REVIEW: '2027-02-08T17:00:00.000Z',
  WAVE_CONFIRMED: '2027-05-14T06:00:00.000Z',
  GO_NO_GO: '2027-05-14T16:00:00.000Z',
};

it.each(stages)('in %s runs until what ends it, or for no set time', (stage) => {
  expect(deadlineOf({ ...awaited, stage })).toBe(deadlines[stage]);
});

it('of a place that is held or offered is the end of the hold', () => {
  const holdUntil = '2027-02-11T09:00:00.000Z';
  expect(deadlineOf({ ...awaited, stage: 'WAVE_HELD', holdUntil })).toBe(holdUntil);
  expect(deadlineOf({ ...awaited, stage: 'WAITING_LIST', holdUntil })).toBe(holdUntil);
});
