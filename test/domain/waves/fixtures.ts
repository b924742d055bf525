import type { PlatformConfiguration } from '../../../functions/domain/platform-configuration.ts';
import { noCapacity } from '../../../functions/domain/waves/capacity.ts';
import type { Demand, SchedulingContext } from '../../../functions/domain/waves/demand.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { type Wave, waveId } from '../../../functions/domain/waves/wave.ts';

/** The day the sample system starts on. */
export const sampleContext: SchedulingContext = { asOf: '2026-11-23', platform: samplePlatform };

/** A platform before its entry into service: customers prepare a year before anything can move. */
export const seedPlatform: PlatformConfiguration = {
  ...samplePlatform,
  version: 'seed',
  preparationOpens: '2022-12-01',
  services: samplePlatform.services.map((service) => ({ ...service, opens: '2024-01-01' })),
  freezes: [],
};

/** A small ready customer without any particular wish. */
export function demandWith(changes: Partial<Demand> = {}): Demand {
  return {
    reference: 'K7F4-M3XJ',
    tier: 'READY',
    points: 5,
    complex: false,
    wantedServices: ['exchange'],
    hardDeadlines: [],
    freezes: [],
    site: 'any',
    twoSites: false,
    acceptsPilot: false,
    conditionsDueDates: [],
    ...changes,
  };
}

/** An open, empty migration wave in Paris, with the id of its date. */
export function waveWith(changes: Partial<Wave> = {}): Wave {
  const wave: Wave = {
    id: '',
    site: 'paris',
    kind: 'MIGRATION',
    state: 'OPEN',
    cutover: '2027-03-09',
    capacity: { customers: 3, points: 60, complex: 1 },
    booked: noCapacity,
    ...changes,
  };
  return { ...wave, id: waveId(wave) };
}

/** The wave with nothing left. */
export function full(wave: Wave): Wave {
  return { ...wave, booked: wave.capacity };
}
