import { describe, expect, it } from 'vitest';
import { place } from '../../../functions/domain/waves/placement.ts';
import { mayCutOver, platformPhase } from '../../../functions/domain/waves/platform-phase.ts';
import { placePreparation, preparationFor } from '../../../functions/domain/waves/preparation.ts';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { demandWith, full, sampleContext, seedPlatform, waveWith } from './fixtures.ts';

const calendar = sampleCalendar(samplePlatform);

function preparationWave(cutover: string, changes: Partial<Wave> = {}): Wave {
  const capacity = { customers: 20, points: 0, complex: 0 };
  return waveWith({ kind: 'PREPARATION', cutover, capacity, ...changes });
}

describe('a customer prepares', () => {
  it('in the first preparation wave from the day of booking on', () => {
    const on = (asOf: string) => placePreparation({}, calendar, { ...sampleContext, asOf });
    expect(on('2026-11-23')).toMatchObject({ kind: 'booked', wave: { id: 'prep-paris-2027-01-11' } });
    expect(on('2027-01-11')).toMatchObject({ wave: { id: 'prep-paris-2027-01-11' } });
    expect(on('2027-01-12')).toMatchObject({ wave: { id: 'prep-paris-2027-02-08' } });
  });

  it('in a later one when the first is full, closed or turned down', () => {
    const next = preparationWave('2027-02-08');
    for (const first of [
      full(preparationWave('2027-01-11')),
      preparationWave('2027-01-11', { state: 'FROZEN' }),
    ]) {
      expect(placePreparation({}, [first, next], sampleContext)).toMatchObject({ wave: { id: next.id } });
    }
    expect(placePreparation({ avoid: ['prep-paris-2027-01-11'] }, calendar, sampleContext)).toMatchObject({
      wave: { id: 'prep-paris-2027-02-08' },
    });
  });

  it('until the last seat is taken', () => {
    const booked = { customers: 19, points: 0, complex: 0 };
    expect(placePreparation({}, [preparationWave('2027-01-11', { booked })], sampleContext).kind).toBe(
      'booked',
    );
    expect(placePreparation({}, [full(preparationWave('2027-01-11'))], sampleContext)).toMatchObject({
      kind: 'waiting',
      reason: { code: 'NO_WAVE_IN_CALENDAR' },
    });
  });

  it('before its cutover, not after', () => {
    const startingBefore = (date: string) => placePreparation({ before: date }, calendar, sampleContext).kind;
    expect(startingBefore('2027-01-12')).toBe('booked');
    expect(startingBefore('2027-01-11')).toBe('waiting');
  });

  it.each([
    ['required', 'NOT_READY', ['exchange']],
    ['offered', 'READY', ['exchange', 'azure_ai']],
    ['offered', 'CONDITIONAL', ['intune']],
    ['none', 'READY', ['exchange', 'teams']],
  ] as const)('%s: %s wanting %j', (expected, tier, wantedServices) => {
    expect(preparationFor({ tier, wantedServices }, sampleContext)).toBe(expected);
  });
});

describe('before the platform enters service', () => {
  const waves = [
    preparationWave('2022-12-05'),
    preparationWave('2023-03-06'),
    waveWith({ kind: 'PILOT', cutover: '2023-06-06' }),
    waveWith({ cutover: '2023-12-12' }),
    waveWith({ cutover: '2024-01-09' }),
  ];
  const context = { asOf: '2023-03-01', platform: seedPlatform };

  it.each([
    ['2022-11-30', 'qualification'],
    ['2022-12-01', 'preparation'],
    ['2023-12-31', 'preparation'],
    ['2024-01-01', 'service'],
  ])('the phase on %s is %s', (date, phase) => {
    expect(platformPhase(seedPlatform, date)).toBe(phase);
  });

  it('nothing is booked until preparation opens', () => {
    const early = { ...context, asOf: '2022-11-30' };
    const expected = {
      kind: 'waiting',
      reason: { code: 'PREPARATION_NOT_OPEN' },
      text: { en: 'Preparation opens on 1 December 2022; no date can be booked before then.' },
    };
    expect(placePreparation({}, waves, early)).toMatchObject(expected);
    expect(place(demandWith(), waves, early)).toMatchObject(expected);
    expect(placePreparation({}, waves, { ...early, asOf: '2022-12-01' }).kind).toBe('booked');
  });

  it('customers prepare in 2023 and none cuts over before 2024', () => {
    const demand = demandWith({ acceptsPilot: true });
    expect(preparationFor(demand, context)).toBe('offered');
    expect(placePreparation({}, waves, context)).toMatchObject({ wave: { id: 'prep-paris-2023-03-06' } });
    expect(place(demand, waves, context)).toMatchObject({
      kind: 'booked',
      wave: { id: 'paris-2024-01-09' },
      considered: [
        { wave: 'paris-2023-06-06', refusals: [{ constraint: 'C6', data: { opens: '2024-01-01' } }] },
        { wave: 'paris-2023-12-12', refusals: [{ constraint: 'C6', data: { opens: '2024-01-01' } }] },
      ],
    });
    expect(mayCutOver(seedPlatform, ['exchange'], '2023-12-31')).toBe(false);
    expect(mayCutOver(seedPlatform, ['exchange'], '2024-01-01')).toBe(true);
  });
});
