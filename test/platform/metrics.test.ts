import { expect, it } from 'vitest';
import * as z from 'zod';
import {
  countEvent,
  emfMetrics,
  funnelSteps,
  type SweepFault,
  sweepFaults,
} from '../../functions/platform/metrics.ts';

/**
 * The members that the specification requires:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const document = z.looseObject({
  _aws: z.strictObject({
    Timestamp: z.int().positive(),
    CloudWatchMetrics: z
      .array(
        z.strictObject({
          Namespace: z.string().min(1).max(1024),
          Dimensions: z.array(z.array(z.string().min(1).max(250)).min(1).max(30)).min(1),
          Metrics: z
            .array(z.strictObject({ Name: z.string().min(1).max(1024), Unit: z.literal('Count') }))
            .min(1)
            .max(100),
        }),
      )
      .length(1),
  }),
});

const at = new Date('2026-11-23T08:00:00.000Z');

function written(act: (metrics: ReturnType<typeof emfMetrics>) => void) {
  const lines: string[] = [];
  act(emfMetrics((line) => lines.push(line), { now: () => at }));
  return lines.map((line) => {
    expect(line.endsWith('\n')).toBe(true);
    expect(line.trimEnd()).not.toContain('\n');
    const parsed = document.parse(JSON.parse(line));
    const [directive] = parsed._aws.CloudWatchMetrics;
    for (const name of directive?.Dimensions.flat() ?? []) expect(parsed[name], name).toBeTypeOf('string');
    for (const { Name } of directive?.Metrics ?? []) expect(parsed[Name], Name).toBeTypeOf('number');
    return parsed;
  });
}

const counts = (given: Partial<Record<SweepFault, number>> = {}): Record<SweepFault, number> => ({
  ...{ WaitOverdue: 0, ExecutionWithoutOnboarding: 0, ExecutionSuperseded: 0, ExecutionAfterEnd: 0 },
  ...{ ExecutionOfFailed: 0, ExecutionEndedEarly: 0, ExecutionMissing: 0, FailureUnrecorded: 0 },
  ...{ WakeLost: 0, OutboxStale: 0, PlaceInEndedWave: 0, ItemUnreadable: 0, ...given },
});

it('writes a funnel step in the exact format of CloudWatch', () => {
  expect(written((metrics) => metrics.funnel('Closed', { tier: 'READY', outcome: 'HANDED_OVER' }))).toEqual([
    {
      _aws: {
        Timestamp: at.getTime(),
        CloudWatchMetrics: [
          {
            Namespace: 'Onboarding',
            Dimensions: [['Service'], ['Service', 'Outcome']],
            Metrics: [{ Name: 'Closed', Unit: 'Count' }],
          },
        ],
      },
      Service: 'onboarding',
      Outcome: 'HANDED_OVER',
      Closed: 1,
    },
  ]);
});

it.each(funnelSteps)('writes the step %s with all required members', (step) => {
  expect(written((metrics) => metrics.funnel(step, {}))).toHaveLength(1);
});

it('maps values outside the closed lists of tiers and outcomes, such as names, to OTHER', () => {
  const lines = written((metrics) => {
    for (const step of funnelSteps) metrics.funnel(step, { tier: 'Ada Martin', outcome: 'a@b.example' });
  });
  expect(lines.find((line) => line['Tiered'])).toMatchObject({ Tier: 'OTHER' });
  expect(lines.find((line) => line['Closed'])).toMatchObject({ Outcome: 'OTHER' });
  expect(JSON.stringify(lines)).not.toMatch(/Ada|example/);
});

it.each([
  ['OnboardingStarted', { siren: '999000102', team: 'state' }, { submission: 0 }, ['Started']],
  ['OnboardingInvited', {}, { submission: 0 }, ['Invited', 'Qualified']],
  ['OnboardingInvited', {}, { submission: 1, tier: 'READY' }, ['Invited']],
  ['OnboardingAnswered', { submission: 1 }, { submission: 1 }, ['Answered']],
  ['OnboardingTiered', { tier: 'READY' }, { submission: 1, tier: 'NOT_READY' }, ['Tiered']],
  ['OnboardingBooked', { wave: 'w' }, { submission: 1, tier: 'READY' }, ['Booked']],
  ['OnboardingHandedOver', {}, { submission: 1, tier: 'READY' }, ['HandedOver']],
  ['OnboardingClosed', { outcome: 'DECLINED' }, { submission: 0 }, ['Closed']],
  ['OnboardingFailed', {}, { submission: 0 }, []],
  ['OnboardingReviewOverdue', {}, { submission: 0 }, []],
] as const)('counts %s %o of %o as %o', (type, data, subject, steps) => {
  const lines = written((metrics) => countEvent(metrics, type, data, subject));
  expect(lines.map((line) => funnelSteps.filter((step) => line[step] === 1))).toEqual(
    steps.map((step) => [step]),
  );
  expect(JSON.stringify(lines)).not.toContain('999000102');
});

it('prefers the tier of the event to the current tier of the onboarding', () => {
  const lines = written((metrics) =>
    countEvent(metrics, 'OnboardingTiered', { tier: 'READY' }, { submission: 1, tier: 'NOT_READY' }),
  );
  expect(lines).toEqual([expect.objectContaining({ Tier: 'READY' })]);
});

it('writes what a sweep found only when it occurred, because each metric is billed by the hour', () => {
  expect(written((metrics) => metrics.sweep(counts(), counts(), 0))).toEqual([]);
  const lines = written((metrics) =>
    metrics.sweep(
      counts({ WakeLost: 2, WaitOverdue: 1, ExecutionSuperseded: 4 }),
      counts({ WakeLost: 2 }),
      3,
    ),
  );
  expect(lines[0]).toMatchObject({ SweepMended: 2, SweepLeft: 1, SweepFailed: 3 });
  expect(lines.slice(1).map((line) => [line['Fault'], line['FaultFound']])).toEqual([
    ['WaitOverdue', 1],
    ['ExecutionSuperseded', 4],
    ['WakeLost', 2],
  ]);
  expect(sweepFaults).toHaveLength(Object.keys(counts()).length);
});

it('writes maintenance counts, and nothing when there are none', () => {
  expect(written((metrics) => metrics.upkeep({ Erased: 2 }))).toEqual([
    expect.objectContaining({ Erased: 2 }),
  ]);
  expect(written((metrics) => metrics.upkeep({}))).toEqual([]);
});
