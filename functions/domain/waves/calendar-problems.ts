import type { PlatformConfiguration } from '../platform-configuration.ts';
import type { Text } from '../text.ts';
import { areHolidaysKnown, publicHolidayOn } from '../working-days.ts';
import { componentsAbove } from './capacity.ts';
import { inCalendarOrder, type Wave, waveLabel } from './wave.ts';

/** What is wrong with a calendar as an operator drew it up. */
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
  readonly text: Text;
}

const sentences: Readonly<Record<CalendarProblem['code'], Text>> = {
  DUPLICATE_ID: { fr: 'existe déjà à cette date', en: 'already exists on that date' },
  UNKNOWN_SITE: { fr: 'site inconnu de la plateforme', en: 'site unknown to the platform' },
  CUTOVER_IN_FREEZE: {
    fr: 'bascule pendant un gel de la plateforme',
    en: 'cutover inside a platform freeze',
  },
  CUTOVER_ON_HOLIDAY: { fr: 'bascule un jour férié', en: 'cutover on a public holiday' },
  HOLIDAYS_UNKNOWN: {
    fr: 'date pour laquelle les jours fériés ne sont pas encore connus',
    en: 'date for which public holidays are not known yet',
  },
  FIRST_WAVE_NOT_PILOT: {
    fr: 'première vague du site, doit être une vague pilote',
    en: 'first wave of the site, must be a pilot wave',
  },
  BOOKED_ABOVE_CAPACITY: {
    fr: 'réservations supérieures à la capacité',
    en: 'bookings exceed the capacity',
  },
};

/**
 * Checks a calendar against what no single booking can see: unique ids, known sites, no cutover in a freeze or
 * on a holiday or where holidays are not known, a pilot as each site's first wave (constraint C5), nothing booked above capacity. Cancelled
 * waves are left out. None means the calendar is sound.
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
      const sentence = sentences[code];
      const text = { fr: `${label.fr} : ${sentence.fr}`, en: `${label.en}: ${sentence.en}` };
      return { wave: wave.id, code, text };
    });
  });
}

function problemsAlone(wave: Wave, platform: PlatformConfiguration): CalendarProblem['code'][] {
  const codes: CalendarProblem['code'][] = [];
  if (!platform.sites.some((site) => site.code === wave.site)) codes.push('UNKNOWN_SITE');
  if (componentsAbove(wave.booked, wave.capacity).length > 0) codes.push('BOOKED_ABOVE_CAPACITY');
  if (wave.kind === 'PREPARATION') return codes;
  const inFreeze = platform.freezes.some(({ from, to }) => from <= wave.cutover && wave.cutover <= to);
  if (inFreeze) codes.push('CUTOVER_IN_FREEZE');
  if (!areHolidaysKnown(wave.cutover)) codes.push('HOLIDAYS_UNKNOWN');
  else if (publicHolidayOn(wave.cutover) !== undefined) codes.push('CUTOVER_ON_HOLIDAY');
  return codes;
}
