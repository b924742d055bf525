import { formatDate, instantAt } from '../../../domain/calendar-date.ts';
import { goNoGoHours } from '../../../domain/onboarding/deadline.ts';
import { silenceAboutPlace } from '../../../domain/onboarding/silence.ts';
import { formatHour, formatLimit } from '../../../domain/paris-time.ts';
import { midSentence } from '../../../domain/text.ts';
import type { MailContext } from './mail-context.ts';

/** The limit to answer, or a request to answer soon. */
export function byWhen({ answerBy, language, territory }: MailContext): string {
  if (answerBy === undefined) return language === 'fr' ? 'dès que possible' : 'as soon as possible';
  return formatLimit(answerBy, language, territory);
}

/** What silence about a place means, in the words of the status page; undefined once no answer is awaited. */
export function silenceLine({ answerBy, silenceEnd, language, territory }: MailContext): string | undefined {
  if (answerBy === undefined || silenceEnd === undefined) return undefined;
  return silenceAboutPlace(answerBy, silenceEnd, territory)[language];
}

/** The wave with its date and site, if known. */
export function waveName({ wave, language }: MailContext): string {
  if (language === 'fr') return wave === undefined ? 'votre vague de migration' : `la ${wave}`;
  return wave === undefined ? 'your migration wave' : `the ${wave}`;
}

/** The day of the go/no-go; the rule that gives it while the cutover is not known. */
export function goNoGoOn({ goNoGoDay, language }: MailContext): string {
  if (goNoGoDay === undefined) {
    return language === 'fr'
      ? 'le dernier jour ouvré avant la bascule'
      : 'on the last working day before the cutover';
  }
  const date = formatDate(goNoGoDay, language);
  return language === 'fr' ? `le ${date}` : `on ${date}`;
}

/** The last hour for the go/no-go. */
export function gateHour({ goNoGoDay, language, territory }: MailContext): string {
  if (goNoGoDay !== undefined) {
    return formatHour(instantAt(goNoGoDay, goNoGoHours.silenceIsNoGo), language, territory);
  }
  return language === 'fr' ? '18 h (heure de Paris)' : '18:00 (Paris time)';
}

/** The personal link with its label. */
export function linkLine(label: string, { link }: MailContext): string | undefined {
  return link === undefined ? undefined : `${label}\n${link}`;
}

/** The personal link with the answers that a held place awaits. */
export function answerPlaceLine(context: MailContext): string | undefined {
  const french = context.language === 'fr';
  if (context.noOtherDate === true) {
    return linkLine(french ? 'Confirmer ou renoncer :' : 'Confirm or decline:', context);
  }
  const all = french
    ? 'Confirmer, voir les autres dates ou renoncer :'
    : 'Confirm, see the other dates or decline:';
  return linkLine(all, context);
}

/** The reason, on a line of its own. */
export function reasonLine({ reason, language }: MailContext): string | undefined {
  if (reason === undefined || reason.trim() === '') return undefined;
  const { fr, en } = midSentence({ fr: reason, en: reason });
  return language === 'fr' ? `Motif : ${fr}` : `Reason: ${en}`;
}
