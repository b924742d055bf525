import { describe, expect, it } from 'vitest';
import { judgeWave } from '../../../functions/domain/waves/constraints.ts';
import type { Demand, SchedulingContext } from '../../../functions/domain/waves/demand.ts';
import { ServiceNotInCatalogueError } from '../../../functions/domain/waves/platform-phase.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { type Wave, waveStates } from '../../../functions/domain/waves/wave.ts';
import { demandWith, sampleContext, waveWith } from './fixtures.ts';

interface Side {
  readonly what: string;
  readonly demand?: Partial<Demand>;
  readonly wave?: Partial<Wave>;
  readonly context?: Partial<SchedulingContext>;
  /** Constraint and code expected; none when the wave admits the customer. */
  readonly refused?: string;
}

const oneSite = { ...samplePlatform, sites: samplePlatform.sites.slice(0, 1) };
const unbounded = { ...samplePlatform, freezes: [] };

const sides: Side[] = [
  { what: 'C1: the last customer', wave: { booked: { customers: 2, points: 55, complex: 1 } } },
  {
    what: 'C1: one customer too many',
    wave: { booked: { customers: 3, points: 0, complex: 0 } },
    refused: 'C1 NO_ROOM',
  },
  {
    what: 'C1: one point too many',
    wave: { booked: { customers: 0, points: 56, complex: 0 } },
    refused: 'C1 NO_ROOM',
  },
  {
    what: 'C1: one complex customer too many',
    demand: { complex: true },
    wave: { booked: { customers: 1, points: 5, complex: 1 } },
    refused: 'C1 NO_ROOM',
  },
  { what: 'C1: as large as the wave', demand: { points: 60 } },
  { what: 'C1: larger than the wave', demand: { points: 61 }, refused: 'C1 LARGER_THAN_WAVE' },
  {
    what: 'C1: complex where no complex customer is taken',
    demand: { complex: true },
    wave: { capacity: { customers: 3, points: 60, complex: 0 } },
    refused: 'C1 LARGER_THAN_WAVE',
  },
  { what: 'C2: 35 days before', context: { asOf: '2027-02-02' } },
  { what: 'C2: 34 days before', context: { asOf: '2027-02-03' }, refused: 'C2 LEAD_TIME_TOO_SHORT' },
  { what: 'C3: the day before a platform freeze', wave: { cutover: '2027-07-09' } },
  {
    what: 'C3: its first day',
    wave: { cutover: '2027-07-10' },
    refused: 'C3 PLATFORM_FREEZE',
  },
  { what: 'C3: its last day', wave: { cutover: '2027-08-31' }, refused: 'C3 PLATFORM_FREEZE' },
  { what: 'C3: the day after', wave: { cutover: '2027-09-01' } },
  {
    what: 'C3: the day before a customer freeze',
    demand: { freezes: [{ from: '2027-03-10', to: '2027-03-20' }] },
  },
  {
    what: 'C3: the one day of a customer freeze',
    demand: { freezes: [{ from: '2027-03-09', to: '2027-03-09' }] },
    refused: 'C3 CUSTOMER_FREEZE',
  },
  { what: 'C3: the day after a holiday', wave: { cutover: '2027-03-30' } },
  { what: 'C3: Easter Monday', wave: { cutover: '2027-03-29' }, refused: 'C3 PUBLIC_HOLIDAY' },
  { what: 'C4: the day after the parent', demand: { parentCutover: '2027-03-08' } },
  {
    what: 'C4: the same day as the parent',
    demand: { parentCutover: '2027-03-09' },
    refused: 'C4 NOT_AFTER_PARENT',
  },
  {
    what: 'C4: a parent without a date',
    demand: { parentCutover: 'unbooked' },
    refused: 'C4 PARENT_NOT_BOOKED',
  },
  { what: 'C5: a ready customer who accepts', demand: { acceptsPilot: true }, wave: { kind: 'PILOT' } },
  {
    what: 'C5: a ready customer who does not',
    wave: { kind: 'PILOT' },
    refused: 'C5 PILOT_NOT_ACCEPTED',
  },
  {
    what: 'C5: a conditional customer who accepts',
    demand: { tier: 'CONDITIONAL', acceptsPilot: true },
    wave: { kind: 'PILOT' },
    refused: 'C5 PILOT_NEEDS_READY',
  },
  {
    what: 'C6: the opening day of the last service',
    demand: { wantedServices: ['exchange', 'azure_ai'] },
    wave: { cutover: '2027-06-01' },
  },
  {
    what: 'C6: the day before',
    demand: { wantedServices: ['exchange', 'azure_ai'] },
    wave: { cutover: '2027-05-31' },
    refused: 'C6 SERVICE_NOT_OPEN',
  },
  { what: 'C6: on the earliest date', demand: { earliest: '2027-03-09' } },
  { what: 'C6: before it', demand: { earliest: '2027-03-10' }, refused: 'C6 BEFORE_EARLIEST_DATE' },
  {
    what: 'C7: on the deadline',
    demand: { hardDeadlines: [{ date: '2027-03-09', source: 'derogation' }] },
  },
  {
    what: 'C7: after the first of two deadlines',
    demand: {
      hardDeadlines: [
        { date: '2027-12-31', source: 'contract_end' },
        { date: '2027-03-08', source: 'derogation' },
      ],
    },
    refused: 'C7 AFTER_DEADLINE',
  },
  {
    what: 'C8: conditions due on T-28',
    demand: { tier: 'CONDITIONAL', conditionsDueDates: ['2027-02-09', '2027-01-15'] },
  },
  {
    what: 'C8: the last condition due on T-27',
    demand: { tier: 'CONDITIONAL', conditionsDueDates: ['2027-02-10', '2027-01-15'] },
    refused: 'C8 CONDITIONS_DUE_TOO_LATE',
  },
  { what: 'C8: conditional by score, nothing due', demand: { tier: 'CONDITIONAL' } },
  { what: 'C8: due dates of a ready customer', demand: { conditionsDueDates: ['2027-03-09'] } },
  { what: 'C8: a customer not ready', demand: { tier: 'NOT_READY' }, refused: 'C8 NOT_READY' },
  { what: 'C9: the site required', demand: { site: 'paris' } },
  { what: 'C9: another site', demand: { site: 'sud' }, refused: 'C9 OTHER_SITE' },
  { what: 'C9: two sites where there are two', demand: { site: 'paris', twoSites: true } },
  {
    what: 'C9: two sites where there is one',
    demand: { twoSites: true },
    context: { platform: oneSite },
    refused: 'C9 NO_SECOND_SITE',
  },
  {
    what: 'choice: a date turned down',
    demand: { avoid: ['paris-2027-03-09'] },
    refused: 'CHOICE TURNED_DOWN',
  },
  { what: 'choice: another date turned down', demand: { avoid: ['paris-2027-04-06'] } },
  {
    what: 'choice: its day turned down, at whatever site',
    demand: { avoidDates: ['2027-03-09'] },
    refused: 'CHOICE TURNED_DOWN',
  },
];

describe('a wave admits or refuses', () => {
  it.each(sides)('$what', ({ demand, wave, context, refused }) => {
    const refusals = judgeWave(demandWith(demand), waveWith(wave), { ...sampleContext, ...context });
    expect(refusals.map((refusal) => `${refusal.constraint} ${refusal.code}`)).toEqual(
      refused === undefined ? [] : [refused],
    );
  });

  it('everybody unless it is open', () => {
    const admitting = waveStates.filter(
      (state) => judgeWave(demandWith(), waveWith({ state }), sampleContext).length === 0,
    );
    expect(admitting).toEqual(['OPEN']);
  });

  it('with every reason at once, in words of both languages', () => {
    const demand = demandWith({
      points: 900,
      tier: 'CONDITIONAL',
      wantedServices: ['azure_ai'],
      conditionsDueDates: ['2027-04-01'],
      parentCutover: '2027-05-01',
      hardDeadlines: [{ date: '2027-01-31', source: 'end_of_support' }],
      site: 'sud',
    });
    const wave = waveWith({ kind: 'PILOT', cutover: '2027-02-09' });
    const refusals = judgeWave(demand, wave, { asOf: '2027-02-01', platform: unbounded });
    expect(refusals.map((refusal) => refusal.constraint)).toEqual([
      'C1',
      'C2',
      'C4',
      'C5',
      'C6',
      'C7',
      'C8',
      'C9',
    ]);
    expect(refusals.map((refusal) => refusal.text.fr)).toContain(
      'La bascule aurait lieu après votre date limite du 31 janvier 2027 (fin de support).',
    );
    expect(refusals.map((refusal) => refusal.text.en)).toContain(
      'Service not open yet on that date: Artificial intelligence (Azure) (opens on 1 June 2027).',
    );
  });

  it('nobody who wants a service the platform does not offer', () => {
    const platform = { ...samplePlatform, services: [] };
    expect(() => judgeWave(demandWith(), waveWith(), { ...sampleContext, platform })).toThrow(
      ServiceNotInCatalogueError,
    );
  });
});
