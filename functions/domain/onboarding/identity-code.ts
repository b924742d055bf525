import { BusinessError } from '../errors.ts';
import { formatInstant } from '../paris-time.ts';
import type { Language, Text } from '../text.ts';
import { day, hour, minute } from '../time.ts';

/**
 * A code of six digits has 20 bits: what bounds its tries makes it safe (OWASP ASVS 5.0, 6.5.5 and 6.6.3). Fifty tries a
 * day find one with a probability of 1 in 20,000.
 */
export const codeRules = { life: 10 * minute, tries: 5, anHour: 5, aDay: 10 } as const;

/** The code that was mailed last to someone: it is derived from its id by the key of the links, and stored nowhere. */
export interface IdentityCode {
  /** Random: another one is another code. */
  readonly id: string;
  /** Generation of the link of whom it was sent to: another link makes it void. */
  readonly generation: number;
  /** Instant, ISO 8601, as all below. */
  readonly until: string;
  readonly tries: number;
  /** When codes were sent, in the day up to the last one. */
  readonly sent: readonly string[];
  readonly usedAt?: string | undefined;
}

/** Why a code is refused. */
export type CodeRefusal = 'wrong' | 'too_many_tries' | 'expired' | 'used' | 'none';

const again: Text = { fr: 'Demandez un autre code.', en: 'Ask for another code.' };

function refusalText(why: CodeRefusal, left: number): Text {
  switch (why) {
    case 'wrong':
      return {
        fr: `Ce code n’est pas le bon. Vérifiez le dernier courriel reçu : il reste ${left === 1 ? 'un essai' : `${left} essais`}.`,
        en: `This code is not the right one. Check the last email you received: ${left === 1 ? 'one try is' : `${left} tries are`} left.`,
      };
    case 'too_many_tries':
      return {
        fr: `Ce code a été essayé ${codeRules.tries} fois : il n’est plus valable. ${again.fr}`,
        en: `This code has been tried ${codeRules.tries} times: it is no longer valid. ${again.en}`,
      };
    case 'expired':
      return {
        fr: `Ce code a plus de 10 minutes : il n’est plus valable. ${again.fr}`,
        en: `This code is more than 10 minutes old: it is no longer valid. ${again.en}`,
      };
    case 'used':
      return {
        fr: `Ce code a déjà servi : il n’est valable qu’une fois. ${again.fr}`,
        en: `This code has been used: it is valid once only. ${again.en}`,
      };
    case 'none':
      return {
        fr: `Aucun code ne vous a été envoyé avec ce lien. ${again.fr}`,
        en: `No code has been sent to you with this link. ${again.en}`,
      };
  }
}

/** A code does not show who its sender is. */
export class CodeRefusedError extends BusinessError {
  readonly code = 'identity_code_refused';
  readonly why: CodeRefusal;

  constructor(why: CodeRefusal, left = 0) {
    super(refusalText(why, left));
    this.why = why;
  }
}

/** Codes were mailed too often: more of them could be guessed, and mails a minute are a nuisance. */
export class CodeMailedTooOftenError extends BusinessError {
  readonly code = 'identity_code_mailed_too_often';

  constructor(due: number, territory: string | undefined) {
    // Said to the minute, so never before it is true.
    const from = new Date(Math.ceil(due / minute) * minute);
    const moment = (language: Language) => formatInstant(from, language, territory);
    super({
      fr: `Trop de codes ont été envoyés : ${codeRules.anHour} par heure et ${codeRules.aDay} par jour au plus. Demandez-en un à partir du ${moment('fr')}.`,
      en: `Too many codes have been sent: at most ${codeRules.anHour} an hour and ${codeRules.aDay} a day. Ask for one from ${moment('en')}.`,
    });
  }
}

/** Why a code may not be tried, or not any more; undefined for one that may. */
export function codeRefusal(
  code: IdentityCode | undefined,
  generation: number,
  at: Date,
): CodeRefusal | undefined {
  if (code === undefined || code.generation !== generation) return 'none';
  if (code.usedAt !== undefined) return 'used';
  if (at.getTime() >= Date.parse(code.until)) return 'expired';
  return code.tries >= codeRules.tries ? 'too_many_tries' : undefined;
}

/** What to tell someone whose code was not the right one, or can no longer be. */
export function refusedCode(code: IdentityCode | undefined, generation: number, at: Date): CodeRefusedError {
  return new CodeRefusedError(
    codeRefusal(code, generation, at) ?? 'wrong',
    codeRules.tries - (code?.tries ?? 0),
  );
}

function inLastDay(sent: readonly string[], at: Date): readonly string[] {
  return sent.filter((instant) => Date.parse(instant) > at.getTime() - day);
}

/** Why no other code is mailed now; undefined when one may be. */
export function tooManyCodes(
  sent: readonly string[],
  at: Date,
  territory: string | undefined,
): CodeMailedTooOftenError | undefined {
  const recent = inLastDay(sent, at);
  const dues = [
    [codeRules.anHour, hour],
    [codeRules.aDay, day],
  ].map(([most = 0, period = 0]) => {
    const oldest = recent.at(-most);
    return oldest === undefined ? 0 : Date.parse(oldest) + period;
  });
  const due = Math.max(...dues);
  return due > at.getTime() ? new CodeMailedTooOftenError(due, territory) : undefined;
}

/**
 * Counts another code that is asked for.
 *
 * @returns when codes were sent in the last day, this one included
 * @throws CodeMailedTooOftenError
 */
export function countCode(
  sent: readonly string[],
  at: Date,
  territory: string | undefined,
): readonly string[] {
  const refusal = tooManyCodes(sent, at, territory);
  if (refusal !== undefined) throw refusal;
  return [...inLastDay(sent, at), at.toISOString()];
}

/** What a person typed as a code, without what stands between the digits; undefined if it cannot be one. */
export function codeTyped(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s\p{Cf}\p{Pd}.]/gu, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}
