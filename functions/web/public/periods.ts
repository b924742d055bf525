import type { Text } from '../../domain/text.ts';
import { day, hour, minute } from '../../domain/time.ts';

const units = [
  { length: 365 * day, fr: ['an', 'ans'], en: ['year', 'years'] },
  { length: day, fr: ['jour', 'jours'], en: ['day', 'days'] },
  { length: hour, fr: ['heure', 'heures'], en: ['hour', 'hours'] },
  { length: minute, fr: ['minute', 'minutes'], en: ['minute', 'minutes'] },
] as const;

/** A length of time in its largest whole unit: `3 ans`, `90 jours`, `21 heures`. */
export function periodOf(milliseconds: number): Text {
  const unit = units.find(({ length }) => milliseconds >= length && milliseconds % length === 0) ?? units[3];
  const count = milliseconds / unit.length;
  const form = count > 1 ? 1 : 0;
  return { fr: `${count} ${unit.fr[form]}`, en: `${count} ${unit.en[form]}` };
}
