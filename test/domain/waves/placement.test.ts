import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { release, room, take } from '../../../functions/domain/waves/capacity.ts';
import { judgeWave } from '../../../functions/domain/waves/constraints.ts';
import type { Demand } from '../../../functions/domain/waves/demand.ts';
import { effortOf, vectorOf } from '../../../functions/domain/waves/effort.ts';
import { NotReadyForMigrationError, place } from '../../../functions/domain/waves/placement.ts';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../../functions/domain/waves/wave.ts';
import { demandWith, full, sampleContext, waveWith } from './fixtures.ts';

const calendar = sampleCalendar(samplePlatform);
const contractEnd = (date: string) => [{ date, source: 'contract_end' }] as const;

function placed(changes: Partial<Demand>, waves: readonly Wave[] = calendar) {
  return place(demandWith(changes), waves, sampleContext);
}

describe('a customer is booked', () => {
  it('in the earliest wave that admits it, and told why none before', () => {
    const placement = placed({});
    expect(placement).toMatchObject({
      kind: 'booked',
      wave: { id: 'paris-2027-03-09' },
      considered: [
        { wave: 'paris-2027-02-09', refusals: [{ constraint: 'C5' }] },
        { wave: 'sud-2027-02-09', refusals: [{ constraint: 'C5' }] },
      ],
      text: { fr: 'Première date possible : vague du 9 mars 2027 (Paris).' },
    });
  });

  it('in the pilot wave when it accepts to be a pilot', () => {
    expect(placed({ acceptsPilot: true })).toMatchObject({ wave: { id: 'paris-2027-02-09' } });
  });

  it('at the next site of the same day when the first is full, then on the next day', () => {
    const fullIn = (...ids: string[]) => calendar.map((wave) => (ids.includes(wave.id) ? full(wave) : wave));
    expect(placed({}, fullIn('paris-2027-03-09'))).toMatchObject({ wave: { id: 'sud-2027-03-09' } });
    expect(placed({}, fullIn('paris-2027-03-09', 'sud-2027-03-09'))).toMatchObject({
      wave: { id: 'paris-2027-04-06' },
    });
  });

  it('by the order of sites and then of ids, whatever the order of the calendar', () => {
    const reversed = { ...samplePlatform, sites: samplePlatform.sites.toReversed() };
    const waves = [waveWith(), waveWith({ site: 'sud' })];
    expect(place(demandWith(), waves, { ...sampleContext, platform: reversed })).toMatchObject({
      wave: { id: 'sud-2027-03-09' },
    });
    const unlisted = [waveWith({ site: 'b' }), waveWith({ site: 'a' }), waveWith({ site: 'sud' })];
    expect(placed({}, unlisted)).toMatchObject({ wave: { site: 'sud' } });
    expect(placed({}, unlisted.slice(0, 2))).toMatchObject({ wave: { site: 'a' } });
  });

  it('never in a preparation wave', () => {
    expect(placed({}, [waveWith({ kind: 'PREPARATION' })])).toMatchObject({ kind: 'waiting' });
  });

  it('not on a date it has turned down', () => {
    expect(placed({ avoid: ['paris-2027-03-09', 'sud-2027-03-09'] })).toMatchObject({
      wave: { id: 'paris-2027-04-06' },
    });
  });
});

describe('a customer waits', () => {
  it('for the first full wave that would suit it', () => {
    const placement = placed({}, [full(waveWith()), full(waveWith({ cutover: '2027-04-06' }))]);
    expect(placement).toMatchObject({
      kind: 'waiting',
      reason: { code: 'WAVE_FULL', wave: 'paris-2027-03-09' },
      text: { en: 'Every wave that fits you is full, starting with the wave of 9 March 2027 (Paris).' },
    });
  });

  it('when the first wave with room comes after its deadline', () => {
    const waves = [full(waveWith()), waveWith({ cutover: '2027-04-06' })];
    expect(placed({ hardDeadlines: contractEnd('2027-03-31') }, waves)).toMatchObject({
      kind: 'waiting',
      reason: {
        code: 'NO_ROOM_BEFORE_DEADLINE',
        wave: 'paris-2027-03-09',
        text: {
          en: 'No wave has room before your deadline of 31 March 2027. You are waiting for the wave of 9 March 2027 (Paris).',
        },
      },
    });
  });

  it('for its parent to get a date', () => {
    expect(placed({ parentCutover: 'unbooked' })).toMatchObject({
      kind: 'waiting',
      reason: { code: 'PARENT_NOT_BOOKED' },
    });
  });

  it('for new dates when the calendar has none for it', () => {
    for (const waves of [[], [waveWith({ state: 'PLANNED' })], [waveWith({ cutover: '2026-12-01' })]]) {
      expect(placed({}, waves)).toMatchObject({ kind: 'waiting', reason: { code: 'NO_WAVE_IN_CALENDAR' } });
    }
  });

  it('for new dates when they can still come before its deadline', () => {
    expect(placed({ hardDeadlines: contractEnd('2028-06-30') }, [])).toMatchObject({
      kind: 'waiting',
      reason: { code: 'NO_WAVE_IN_CALENDAR' },
    });
  });
});

describe('a customer larger than every wave goes to an operator', () => {
  it('by its points', () => {
    expect(placed({ points: 240 })).toMatchObject({ kind: 'booked', wave: { cutover: '2027-11-16' } });
    expect(placed({ points: 241, complex: true })).toMatchObject({
      kind: 'too_large',
      points: 241,
      largest: 240,
    });
  });

  it('by being complex where no wave takes complex customers', () => {
    const waves = [waveWith({ capacity: { customers: 3, points: 60, complex: 0 } })];
    expect(placed({ complex: true }, waves)).toMatchObject({ kind: 'too_large', points: 5, largest: 60 });
  });

  it('compared with the waves of the site it requires', () => {
    const waves = [waveWith(), waveWith({ site: 'sud', capacity: { customers: 1, points: 10, complex: 1 } })];
    expect(placed({ points: 20, site: 'sud' }, waves)).toMatchObject({ kind: 'too_large', largest: 10 });
    expect(placed({ points: 20 }, waves)).toMatchObject({ kind: 'booked' });
  });

  it('not compared with waves that are over, nor with pilots', () => {
    const waves = [
      waveWith({ state: 'DONE' }),
      waveWith({ state: 'CANCELLED' }),
      waveWith({ kind: 'PILOT' }),
    ];
    expect(placed({ points: 900 }, waves)).toMatchObject({ kind: 'waiting' });
  });

  it('as a fictional megacity does', () => {
    const effort = effortOf({
      users: 61_000,
      mailboxesOver50GB: 0,
      servers: 4100,
      forests: 1,
      services: ['exchange', 'teams', 'azure_iaas'],
      conditions: [],
    });
    expect(effort).toMatchObject({ points: 1020, complex: true });
    const placement = placed({ ...effort, earliest: '2027-06-01' });
    expect(placement).toMatchObject({ kind: 'too_large', points: 1020, largest: 240 });
    expect(placement.text.en).toContain('1,020 effort points (complex migration)');
  });
});

describe('a customer whose deadline excludes every wave goes to an operator', () => {
  const lambda: Partial<Demand> = {
    points: 1,
    wantedServices: ['exchange', 'teams'],
    earliest: '2027-02-01',
    hardDeadlines: contractEnd('2027-02-28'),
  };

  it.each<[string, Partial<Demand>]>([
    ['ready without pilot users', {}],
    ['with a blocking condition due', { tier: 'CONDITIONAL', conditionsDueDates: ['2027-01-22'] }],
    ['conditional by its score alone', { tier: 'CONDITIONAL', acceptsPilot: true }],
  ])('as a fictional workshop does: %s', (_what, changes) => {
    expect(placed({ ...lambda, ...changes })).toMatchObject({
      kind: 'no_wave_before_deadline',
      deadline: '2027-02-28',
      text: {
        en: 'No wave fits before your deadline of 28 February 2027. An operator will look into the options with you.',
      },
    });
  });

  it('when a wanted service opens after it', () => {
    expect(placed({ wantedServices: ['azure_ai'], hardDeadlines: contractEnd('2027-05-31') })).toMatchObject({
      kind: 'no_wave_before_deadline',
    });
  });

  it('when the only waves large enough come after it', () => {
    const waves = [
      waveWith(),
      waveWith({ cutover: '2027-04-06', capacity: { customers: 1, points: 90, complex: 1 } }),
    ];
    expect(placed({ points: 80, hardDeadlines: contractEnd('2027-03-31') }, waves)).toMatchObject({
      kind: 'no_wave_before_deadline',
    });
  });

  it.each<[string, Partial<Demand>, string, string]>([
    ['the lead time', {}, '2026-12-27', '2026-12-28'],
    ['its earliest date', { earliest: '2027-03-01' }, '2027-02-28', '2027-03-01'],
    ['a service opening', { wantedServices: ['azure_ai'] }, '2027-05-31', '2027-06-01'],
    ['its parent', { parentCutover: '2027-03-09' }, '2027-03-09', '2027-03-10'],
    [
      'its conditions',
      { tier: 'CONDITIONAL', conditionsDueDates: ['2027-02-01'] },
      '2027-02-28',
      '2027-03-01',
    ],
  ])('when no wave could be put before it, because of %s', (_what, changes, hopeless, possible) => {
    const kindFor = (date: string) => placed({ ...changes, hardDeadlines: contractEnd(date) }, []).kind;
    expect(kindFor(hopeless)).toBe('no_wave_before_deadline');
    expect(kindFor(possible)).toBe('waiting');
  });
});

describe('placement', () => {
  it('is not for customers who are not ready', () => {
    expect(() => placed({ tier: 'NOT_READY' })).toThrow(NotReadyForMigrationError);
  });

  const demands: fc.Arbitrary<Demand> = fc
    .record({
      tier: fc.constantFrom<Demand['tier'][]>('READY', 'CONDITIONAL'),
      points: fc.integer({ min: 1, max: 260 }),
      complex: fc.boolean(),
      wantedServices: fc.constantFrom<Demand['wantedServices'][]>(['exchange'], ['intune', 'azure_ai']),
      hardDeadlines: fc.constantFrom<Demand['hardDeadlines'][]>([], contractEnd('2027-06-30')),
      site: fc.constantFrom('any', 'paris', 'sud'),
      acceptsPilot: fc.boolean(),
      conditionsDueDates: fc.constantFrom<Demand['conditionsDueDates'][]>([], ['2027-03-15']),
    })
    .map((changes) => demandWith(changes));

  it('books only where nothing refuses, never above capacity, and gives every slot back', () => {
    fc.assert(
      fc.property(fc.array(demands, { maxLength: 60 }), (customers) => {
        const waves = new Map(calendar.map((wave) => [wave.id, wave]));
        const bookings: [Demand, string][] = [];
        for (const demand of customers) {
          const placement = place(demand, [...waves.values()], sampleContext);
          if (placement.kind !== 'booked') continue;
          const { wave } = placement;
          expect(judgeWave(demand, wave, sampleContext)).toEqual([]);
          waves.set(wave.id, { ...wave, booked: take(vectorOf(demand), wave.capacity, wave.booked) });
          bookings.push([demand, wave.id]);
        }
        const left = [...waves.values()].flatMap((wave) => Object.values(room(wave.capacity, wave.booked)));
        expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
        for (const [demand, id] of bookings) {
          const wave = waves.get(id);
          if (wave !== undefined) waves.set(id, { ...wave, booked: release(vectorOf(demand), wave.booked) });
        }
        expect([...waves.values()]).toEqual(calendar);
      }),
      { seed: 9, numRuns: 60 },
    );
  });

  it('puts on the waiting list only those whom some wave could take when empty', () => {
    fc.assert(
      fc.property(demands, (demand) => {
        const placement = place(demand, calendar.map(full), sampleContext);
        expect(placement.kind).not.toBe('booked');
        const whenEmpty = place(demand, calendar, sampleContext);
        expect(placement.kind === 'waiting').toBe(whenEmpty.kind === 'booked');
      }),
      { seed: 10, numRuns: 200 },
    );
  });
});
