import {
  type CalendarDate,
  calendarDateOf,
  formatDate,
  formatTime,
  isCalendarDate,
} from './calendar-date.ts';
import { territoryOf } from './overseas.ts';
import type { Language } from './text.ts';

/** Made on first use, and kept: few readers are overseas, and each takes a while to make. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const numbers = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...numbers });
  clocks.set(zone, clock);
  return clock;
}

/** What clocks in a zone show at an instant. */
function shownIn(zone: string, instant: Date): { readonly day: CalendarDate; readonly time: string } {
  const parts = new Map(
    clockIn(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: (['year', 'month', 'day'] as const).map((part) => parts.get(part)).join('-'),
    time: `${parts.get('hour')}:${parts.get('minute')}`,
  };
}

/** The same instant where the reader is: `14 h en Guadeloupe`, with the day where it is another one. */
function localHour(instant: Date, language: Language, code: string | undefined): string | undefined {
  const territory = territoryOf(code);
  if (territory === undefined) return undefined;
  const { day, time } = shownIn(territory.zone, instant);
  const on = language === 'fr' ? ' le ' : ' on ';
  const date = day === calendarDateOf(instant) ? '' : `${on}${formatDate(day, language)}`;
  return `${formatTime(time, language)}${date} ${territory.place[language]}`;
}

/**
 * An hour as customers read it: `18 h (heure de Paris)`, `18:00 (Paris time; 13:00 in Guadeloupe)`.
 *
 * @param territory code of the overseas territory that the reader's organisation is in; undefined for staff, too
 */
export function formatHour(instant: Date, language: Language, territory: string | undefined): string {
  const { time } = shownIn('Europe/Paris', instant);
  const local = localHour(instant, language, territory);
  const paris = language === 'fr' ? 'heure de Paris' : 'Paris time';
  const semicolon = language === 'fr' ? ' ; ' : '; ';
  return `${formatTime(time, language)} (${paris}${local === undefined ? '' : `${semicolon}${local}`})`;
}

/** An instant as customers read it: `9 février 2027 à 14 h 02 (heure de Paris)`. */
export function formatInstant(instant: Date, language: Language, territory: string | undefined): string {
  const date = formatDate(calendarDateOf(instant), language);
  return `${date}${language === 'fr' ? ' à ' : ' at '}${formatHour(instant, language, territory)}`;
}

/**
 * A limit, the same on page and in mail: `au plus tard le 3 décembre 2026 à 18 h (heure de Paris)`, or the day where the
 * hour does not count.
 */
export function formatLimit(moment: string, language: Language, territory: string | undefined): string {
  const written = isCalendarDate(moment)
    ? formatDate(moment, language)
    : formatInstant(new Date(moment), language, territory);
  return language === 'fr' ? `au plus tard le ${written}` : `by ${written}`;
}
