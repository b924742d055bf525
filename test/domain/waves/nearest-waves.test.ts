import { describe, expect, it } from 'vitest';
import { nearestWaves } from '../../../functions/domain/waves/nearest-waves.ts';
import { refusalCodes } from '../../../functions/domain/waves/refusal.ts';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { demandWith, full, sampleContext, waveWith } from './fixtures.ts';

function shown(demand: Parameters<typeof nearestWaves>[0], waves: Parameters<typeof nearestWaves>[1]) {
  return nearestWaves(demand, waves, sampleContext).map(({ wave, lacks }) => [
    wave.id,
    ...lacks.map(({ code, room }) => (room === undefined ? code : `${code} ${room.component}`)),
  ]);
}

describe('the waves that nearly fit', () => {
  it('are, for a customer larger than all, those that miss the fewest points', () => {
    const found = nearestWaves(
      demandWith({ points: 300, complex: true }),
      sampleCalendar(samplePlatform),
      sampleContext,
    );
    expect(found.map(({ wave }) => wave.id)).toEqual([
      'paris-2027-11-16',
      'sud-2027-11-16',
      'paris-2027-09-21',
      'sud-2027-09-21',
      'paris-2027-10-19',
    ]);
    expect(found[0]?.lacks).toEqual([
      {
        constraint: 'C1',
        code: 'LARGER_THAN_WAVE',
        room: { component: 'points', needed: 300, available: 240 },
        text: {
          fr: 'Points d’effort : 300 à placer, 240 en tout',
          en: 'Effort points: 300 to place, 240 in all',
        },
      },
    ]);
  });

  it('come by what they lack: nothing, one rule, then several', () => {
    const late = waveWith({ cutover: '2027-05-04' });
    const pilot = waveWith({ cutover: '2027-04-06', kind: 'PILOT' });
    const lateAndFull = full(waveWith({ cutover: '2027-06-01' }));
    const now = waveWith({ cutover: '2027-03-30' });
    const demand = demandWith({ hardDeadlines: [{ date: '2027-04-30', source: 'contract_end' }] });
    expect(shown(demand, [lateAndFull, late, pilot, now])).toEqual([
      [now.id],
      [pilot.id, 'PILOT_NOT_ACCEPTED'],
      [late.id, 'AFTER_DEADLINE'],
      [lateAndFull.id, 'NO_ROOM customers', 'NO_ROOM points', 'AFTER_DEADLINE'],
    ]);
  });

  it('say what is left of each component that is short, never less than nothing', () => {
    const wave = waveWith({
      capacity: { customers: 3, points: 10, complex: 1 },
      booked: { customers: 1, points: 14, complex: 1 },
    });
    const [near] = nearestWaves(demandWith({ points: 8, complex: true }), [wave], sampleContext);
    expect(near?.lacks.map(({ room }) => room)).toEqual([
      { component: 'points', needed: 8, available: 0 },
      { component: 'complex', needed: 1, available: 0 },
    ]);
  });

  it('leave out preparation waves, those that have passed, started, ended or are cancelled', () => {
    const waves = [
      waveWith({ kind: 'PREPARATION', cutover: '2027-01-11' }),
      waveWith({ cutover: sampleContext.asOf }),
      ...(['RUNNING', 'DONE', 'CANCELLED'] as const).map((state) => waveWith({ state })),
    ];
    expect(shown(demandWith(), waves)).toEqual([]);
    expect(shown(demandWith(), [waveWith({ state: 'FROZEN' })])).toEqual([
      ['paris-2027-03-09', 'WAVE_NOT_OPEN'],
    ]);
  });

  it('speak of the customer, not to it', () => {
    const demand = demandWith({
      tier: 'NOT_READY',
      site: 'sud',
      wantedServices: ['azure_ai'],
      freezes: [{ from: '2027-03-01', to: '2027-03-20' }],
      parentCutover: 'unbooked',
      hardDeadlines: [{ date: '2026-12-01', source: 'derogation' }],
      avoidDates: ['2027-03-09'],
    });
    const [near] = nearestWaves(demand, [waveWith()], sampleContext);
    const texts = near?.lacks.flatMap(({ text }) => [text.fr, text.en]) ?? [];
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.join(' ')).not.toMatch(/\b(?:vous|votre|vos|you|your)\b/i);
    expect(refusalCodes).toEqual(expect.arrayContaining(near?.lacks.map(({ code }) => code) ?? []));
  });
});
