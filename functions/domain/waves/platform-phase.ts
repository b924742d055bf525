import type { CalendarDate } from '../calendar-date.ts';
import type { PlatformConfiguration, Service, ServiceCode } from '../platform-configuration.ts';

/**
 * What the platform is open for. `qualification`: only qualification and the questionnaire; `preparation`:
 * preparation waves too, but nothing can cut over yet; `service`: at least one service is open.
 */
export type PlatformPhase = 'qualification' | 'preparation' | 'service';

/** A wanted service that the platform's catalogue does not list. */
export class ServiceNotInCatalogueError extends Error {
  override readonly name = 'ServiceNotInCatalogueError';

  constructor(code: ServiceCode) {
    super(`The platform's catalogue does not list the service ${code}`);
  }
}

/** The platform's phase on a day; openings count from their day on. */
export function platformPhase(platform: PlatformConfiguration, asOf: CalendarDate): PlatformPhase {
  if (asOf < platform.preparationOpens) return 'qualification';
  return platform.services.some((service) => service.opens <= asOf) ? 'service' : 'preparation';
}

/**
 * Wanted services that are not open yet on a day, in the order asked for.
 * @throws ServiceNotInCatalogueError for a service the platform does not offer.
 */
export function servicesNotOpen(
  platform: PlatformConfiguration,
  wanted: readonly ServiceCode[],
  on: CalendarDate,
): readonly Service[] {
  return wanted
    .map((code) => {
      const service = platform.services.find((entry) => entry.code === code);
      if (service === undefined) throw new ServiceNotInCatalogueError(code);
      return service;
    })
    .filter((service) => on < service.opens);
}

/** The latest opening among services; undefined when there is none. */
export function latestOpening(services: readonly Service[]): CalendarDate | undefined {
  return services.map((service) => service.opens).reduce(later, undefined);
}

function later(a: CalendarDate | undefined, b: CalendarDate): CalendarDate {
  return a === undefined || a < b ? b : a;
}

/** True when every wanted service is open on the day: no cutover may happen before. */
export function mayCutOver(
  platform: PlatformConfiguration,
  wanted: readonly ServiceCode[],
  on: CalendarDate,
): boolean {
  return servicesNotOpen(platform, wanted, on).length === 0;
}
