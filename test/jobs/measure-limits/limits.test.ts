import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { noCapacity } from '../../../functions/domain/waves/capacity.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { createLimits } from '../../../functions/jobs/measure-limits/handler.ts';
import { isCapacityLow, isRedriveClosing } from '../../../functions/jobs/measure-limits/limits.ts';
import { emfMetrics } from '../../../functions/platform/metrics.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario } from '../../support/scenario.ts';

const today = '2027-01-04';

function wave(cutover: string, booked: number, more: Partial<Wave> = {}): Wave {
  return {
    id: `paris-${cutover}`,
    site: 'paris',
    kind: 'MIGRATION',
    state: 'OPEN',
    cutover,
    capacity: { customers: 10, points: 100, complex: 2 },
    booked: { ...noCapacity, customers: booked, points: booked * 10 },
    ...more,
  };
}

const calendars: readonly (readonly [what: string, low: boolean, waves: readonly Wave[]])[] = [
  ['a fifth left', false, [wave('2027-02-09', 8)]],
  ['less than a fifth left', true, [wave('2027-02-09', 9)]],
  ['a full wave before an empty one', false, [wave('2027-02-09', 10), wave('2027-03-09', 5)]],
  [
    'room in points gone',
    true,
    [wave('2027-02-09', 1, { booked: { customers: 1, points: 90, complex: 0 } })],
  ],
  ['no wave at all', true, []],
  ['an empty wave beyond 120 days', true, [wave('2027-05-05', 0)]],
  ['an empty wave on the 120th day', false, [wave('2027-05-04', 0)]],
  ['an empty wave that takes no bookings', true, [wave('2027-02-09', 0, { state: 'FROZEN' })]],
  ['an empty preparation wave', true, [wave('2027-02-09', 0, { kind: 'PREPARATION' })]],
];

describe('the room in waves', () => {
  it.each(calendars)('%s is low: %s', (_, low, waves) => {
    expect(isCapacityLow(waves, today)).toBe(low);
  });
});

describe('the time to redrive', () => {
  it.each([
    [9.9, false],
    [10, true],
    [13.9, true],
    [14, false],
  ])('after %d days is closing: %s', (days, closing) => {
    const now = new Date('2027-01-20T09:00:00Z');
    expect(isRedriveClosing(new Date(now.getTime() - days * 86_400_000).toISOString(), now)).toBe(closing);
  });
});

describe('the measure', () => {
  it(
    'counts failed runs that can soon no longer be redriven, and writes it down',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      const { store, clock, sfn, executionArnOf } = s.runtime;
      await sfn.send(new StopExecutionCommand({ executionArn: executionArnOf(reference, 1) }));
      await s.settle();
      const lines: string[] = [];
      const measure = createLimits({
        store,
        clock,
        metrics: emfMetrics((line) => lines.push(line), clock),
        platform: samplePlatform,
      });
      expect(await measure()).toEqual({ capacityLow: false, redrivesClosing: 0 });
      await s.jumpDays(11);
      expect(await measure()).toEqual({ capacityLow: false, redrivesClosing: 1 });
      expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ RedriveWindowsClosing: 1 });
    }),
  );
});
