import { formatMinute } from '../calendar-date.ts';
import type { Language } from '../text.ts';
import { day, minute } from '../time.ts';
import { MailedTooOftenError, secondsUntil } from '../too-often.ts';

/** The most mails with the link that people may have sent for one onboarding in 24 hours. */
export const linkMailsADay = 10;

/**
 * The link was mailed too often: a mail every few seconds is a nuisance to the customer, and mail providers take it for
 * spam.
 */
export class LinkMailedTooOftenError extends MailedTooOftenError {
  constructor(due: number, at: Date, limit: 'minute' | 'day') {
    const retryAfter = secondsUntil(due, at);
    // Said to the minute, so never before it is true.
    const from = new Date(Math.ceil(due / minute) * minute);
    const moment = (language: Language) => formatMinute(from, language);
    super(
      retryAfter,
      limit === 'minute'
        ? {
            fr: `Le lien vient d’être envoyé ; il peut l’être une fois par minute. Attendez ${retryAfter} s, puis recommencez.`,
            en: `The link has just been sent; it can be sent once a minute. Wait ${retryAfter} s, then try again.`,
          }
        : {
            fr: `Le lien a déjà été envoyé ${linkMailsADay} fois en 24 heures ; c’est le maximum. Recommencez à partir du ${moment('fr')}, ou vérifiez l’adresse avec le client.`,
            en: `The link has already been sent ${linkMailsADay} times in 24 hours, which is the maximum. Try again from ${moment('en')}, or check the address with the customer.`,
          },
    );
  }
}

/** True for an instant less than a period before another. */
function isWithin(period: number, at: Date): (instant: string) => boolean {
  return (instant) => Date.parse(instant) > at.getTime() - period;
}

function refuseTooMany(sent: readonly string[], at: Date): void {
  const [oldest] = sent.slice(-linkMailsADay);
  if (sent.length < linkMailsADay || oldest === undefined) return;
  throw new LinkMailedTooOftenError(Date.parse(oldest) + day, at, 'day');
}

/**
 * Counts another mail with the link that a person asks for, to be stored in the same transaction: of two requests at
 * once, the second counts the first.
 *
 * @param sent when the link was mailed on request before, oldest first
 * @returns the mails of the last 24 hours, this one included
 * @throws LinkMailedTooOftenError for the eleventh in 24 hours.
 */
export function countLinkMail(sent: readonly string[] | undefined, at: Date): readonly string[] {
  const recent = (sent ?? []).filter(isWithin(day, at));
  refuseTooMany(recent, at);
  return [...recent, at.toISOString()];
}

/**
 * As {@link countLinkMail}, for the same link to the same address: nothing has changed since the last mail.
 *
 * @throws LinkMailedTooOftenError also within a minute of the last one.
 */
export function countLinkSentAgain(sent: readonly string[] | undefined, at: Date): readonly string[] {
  const counted = countLinkMail(sent, at);
  const last = counted.at(-2);
  if (last !== undefined && isWithin(minute, at)(last)) {
    throw new LinkMailedTooOftenError(Date.parse(last) + minute, at, 'minute');
  }
  return counted;
}
