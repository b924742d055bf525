import { addDays, type CalendarDate, formatDate } from '../calendar-date.ts';
import type { FieldProblem } from '../input/field-problem.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import { knowsHolidaysOn, publicHolidayOn } from '../working-days.ts';
import { type CapacityVector, componentLabels } from './capacity.ts';
import { bookableUntil, leadTimeInDays } from './date-constraints.ts';
import type { Wave } from './wave.ts';

/** Whether a cutover may be on a day: neither in a freeze of the platform nor on a public holiday (constraint C3). */
export function admitsCutover(
  day: CalendarDate,
  { freezes }: Pick<PlatformConfiguration, 'freezes'>,
): boolean {
  const isFrozen = freezes.some(({ from, to }) => from <= day && day <= to);
  return !isFrozen && knowsHolidaysOn(day) && publicHolidayOn(day) === undefined;
}

/** Where no day is found within a year, the calendar itself has to change. */
const mostDaysAhead = 366;

/** The first day of a cutover for which a customer placed today would have its 35 days (constraint C2). */
export function firstBookableDay(
  today: CalendarDate,
  platform: Pick<PlatformConfiguration, 'freezes'>,
): CalendarDate {
  const first = addDays(today, leadTimeInDays);
  for (let days = 0; days < mostDaysAhead; days += 1) {
    const day = addDays(first, days);
    if (admitsCutover(day, platform)) return day;
  }
  return first;
}

/** The components of which an open wave has none, so that it can hold no one. */
export function emptyProblems(wave: Pick<Wave, 'kind' | 'state' | 'capacity'>): readonly FieldProblem[] {
  if (wave.state !== 'OPEN') return [];
  const needed: readonly (keyof CapacityVector)[] =
    wave.kind === 'PREPARATION' ? ['customers'] : ['customers', 'points'];
  return needed
    .filter((component) => wave.capacity[component] === 0)
    .map((component) => {
      const { fr, en } = componentLabels[component];
      return {
        field: `capacity.${component}`,
        code: 'empty_wave',
        message: {
          fr: `${fr} : avec zéro, cette vague ne peut accueillir personne ; indiquez 1 ou plus.`,
          en: `${en}: with zero, this wave can hold no one; enter 1 or more.`,
        },
      };
    });
}

interface OnADay {
  readonly platform: Pick<PlatformConfiguration, 'freezes'>;
  readonly today: CalendarDate;
}

/** Why no one could be placed in a wave that is open on a day; none for a wave that is not open. */
export function bookingProblems(
  wave: Pick<Wave, 'kind' | 'state' | 'capacity' | 'cutover'>,
  { platform, today }: OnADay,
): readonly FieldProblem[] {
  if (wave.state !== 'OPEN') return [];
  const empty = emptyProblems(wave);
  if (today <= bookableUntil(wave)) return empty;
  const first = firstBookableDay(today, platform);
  const [fr, en] = [formatDate(first, 'fr'), formatDate(first, 'en')];
  const message = {
    fr: `Cette date est à moins de ${leadTimeInDays} jours : plus aucun client ne pourrait être placé dans cette vague. Choisissez le ${fr} ou un jour suivant, ou gardez la vague « Prévue ».`,
    en: `This date is less than ${leadTimeInDays} days away: no customer could be placed in this wave any more. Choose ${en} or a later day, or keep the wave “Planned”.`,
  };
  return [{ field: 'cutover', code: 'too_near', message }, ...empty];
}
