import { type CalendarDate, formatDate } from '../../domain/calendar-date.ts';
import type { MailContext } from './mail-context.ts';

/** `au plus tard le 9 février 2027` and the like, or a request without a date. */
export function byWhen({ answerBy, language }: MailContext): string {
  if (answerBy === undefined) return language === 'fr' ? 'dès que possible' : 'as soon as you can';
  return language === 'fr'
    ? `au plus tard le ${formatDate(answerBy, 'fr')}`
    : `by ${formatDate(answerBy, 'en')} at the latest`;
}

function dated(date: CalendarDate | undefined, sentence: (date: string) => string, context: MailContext) {
  return date === undefined ? '' : sentence(formatDate(date, context.language));
}

/** The wave, its site and its cutover, as far as they are known. */
export function waveName(context: MailContext): string {
  const { wave, language } = context;
  if (language === 'fr') {
    if (wave === undefined) return 'votre vague de migration';
    const cutover = dated(wave.cutover, (date) => `, bascule le ${date}`, context);
    return `la vague ${wave.label} (site : ${wave.site}${cutover})`;
  }
  if (wave === undefined) return 'your migration wave';
  const cutover = dated(wave.cutover, (date) => `, cutover on ${date}`, context);
  return `wave ${wave.label} (site: ${wave.site}${cutover})`;
}

/** A line that leads to the personal link. */
export function linkLine(label: string, { link }: MailContext): string | undefined {
  return link === undefined ? undefined : `${label}\n${link}`;
}

/** Why, on a line of its own. */
export function reasonLine({ reason, language }: MailContext): string | undefined {
  if (reason === undefined || reason.trim() === '') return undefined;
  return language === 'fr' ? `Motif : ${reason}` : `Reason: ${reason}`;
}
