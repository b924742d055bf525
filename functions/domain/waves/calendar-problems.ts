import { holidayYears } from '../holidays.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import type { Text } from '../text.ts';
import { knowsHolidaysOn, publicHolidayOn } from '../working-days.ts';
import { componentsAbove } from './capacity.ts';
import { inCalendarOrder, type Wave, waveLabel } from './wave.ts';

/** A fault in a calendar drawn up by an operator. */
export interface CalendarProblem {
  readonly wave: string;
  readonly code:
    | 'DUPLICATE_ID'
    | 'UNKNOWN_SITE'
    | 'CUTOVER_IN_FREEZE'
    | 'CUTOVER_ON_HOLIDAY'
    | 'HOLIDAYS_UNKNOWN'
    | 'FIRST_WAVE_NOT_PILOT'
    | 'BOOKED_ABOVE_CAPACITY';
  /** The field of the wave to change. */
  readonly field: keyof Pick<Wave, 'id' | 'site' | 'kind' | 'cutover' | 'capacity'>;
  /** The error and its fix. */
  readonly text: Text;
}

interface Sentence extends Text {
  readonly field: CalendarProblem['field'];
  readonly way: Text;
}

const anotherDay: Text = { fr: 'choisissez un autre jour', en: 'choose another day' };

const sentences: Readonly<Record<CalendarProblem['code'], Sentence>> = {
  DUPLICATE_ID: {
    field: 'id',
    fr: 'existe déjà',
    en: 'already exists',
    way: { fr: 'gardez-en une', en: 'keep one of them' },
  },
  UNKNOWN_SITE: {
    field: 'site',
    fr: 'site inconnu de la plateforme',
    en: 'site unknown to the platform',
    way: { fr: 'choisissez un de ses sites', en: 'choose one of its sites' },
  },
  CUTOVER_IN_FREEZE: {
    field: 'cutover',
    fr: 'bascule pendant un gel de la plateforme',
    en: 'cutover during a platform freeze',
    way: anotherDay,
  },
  CUTOVER_ON_HOLIDAY: {
    field: 'cutover',
    fr: 'bascule un jour férié',
    en: 'cutover on a public holiday',
    way: anotherDay,
  },
  HOLIDAYS_UNKNOWN: {
    field: 'cutover',
    fr: `jours fériés connus de ${holidayYears.first} à ${holidayYears.last} seulement`,
    en: `public holidays known from ${holidayYears.first} to ${holidayYears.last} only`,
    way: { fr: 'choisissez un jour de ces années', en: 'choose a day in those years' },
  },
  FIRST_WAVE_NOT_PILOT: {
    field: 'kind',
    fr: 'la première vague d’un site doit être une vague pilote',
    en: 'the first wave of a site must be a pilot wave',
    way: {
      fr: 'choisissez le type pilote, ou ajoutez d’abord une vague pilote à une date antérieure',
      en: 'choose the type pilot, or first add an earlier pilot wave',
    },
  },
  BOOKED_ABOVE_CAPACITY: {
    field: 'capacity',
    fr: 'réservations supérieures à la capacité',
    en: 'bookings exceed the capacity',
    way: { fr: 'augmentez la capacité', en: 'increase the capacity' },
  },
};

/**
 * Checks a calendar for faults that no single booking reveals: unique ids, known sites, no cutover in a freeze, on a
 * holiday or in a year whose holidays are unknown, a pilot as each site's first wave (constraint C5), nothing booked above capacity. Cancelled
 * waves are left out. An empty list means that the calendar is sound.
 */
export function calendarProblems(
  waves: readonly Wave[],
  platform: PlatformConfiguration,
): readonly CalendarProblem[] {
  const seen = new Set<string>();
  const sitesStarted = new Set<string>();
  const live = waves.filter((wave) => wave.state !== 'CANCELLED');
  return inCalendarOrder(live, platform).flatMap((wave) => {
    const codes = [...problemsAlone(wave, platform)];
    if (seen.has(wave.id)) codes.push('DUPLICATE_ID');
    seen.add(wave.id);
    if (wave.kind === 'MIGRATION' && !sitesStarted.has(wave.site)) codes.push('FIRST_WAVE_NOT_PILOT');
    if (wave.kind !== 'PREPARATION') sitesStarted.add(wave.site);
    const label = waveLabel(wave, platform);
    return codes.map((code) => {
      const { field, fr, en, way } = sentences[code];
      const text = {
        fr: `${label.fr} : ${fr} ; ${way.fr}.`,
        en: `${label.en}: ${en}; ${way.en}.`,
      };
      return { wave: wave.id, code, field, text };
    });
  });
}

function problemsAlone(wave: Wave, platform: PlatformConfiguration): CalendarProblem['code'][] {
  const codes: CalendarProblem['code'][] = [];
  if (!platform.sites.some((site) => site.code === wave.site)) codes.push('UNKNOWN_SITE');
  if (componentsAbove(wave.booked, wave.capacity).length > 0) codes.push('BOOKED_ABOVE_CAPACITY');
  if (!knowsHolidaysOn(wave.cutover)) return [...codes, 'HOLIDAYS_UNKNOWN'];
  if (wave.kind === 'PREPARATION') return codes;
  const inFreeze = platform.freezes.some(({ from, to }) => from <= wave.cutover && wave.cutover <= to);
  if (inFreeze) codes.push('CUTOVER_IN_FREEZE');
  if (publicHolidayOn(wave.cutover) !== undefined) codes.push('CUTOVER_ON_HOLIDAY');
  return codes;
}
