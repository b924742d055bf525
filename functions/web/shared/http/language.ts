import type { Context } from 'hono';
import { type Language, languages } from '../../../domain/text.ts';
import { unsentQuery } from '../layout/page.ts';

export const languageCookie = 'lang';
/** A year: the language asked for is remembered. */
export const languageSeconds = 31_536_000;

/** Longest `Accept-Language` that is read, in characters. */
const longestHeader = 500;

function known(value: string | undefined): Language | undefined {
  return languages.find((language) => language === value);
}

function wishOf(range: string): { readonly language: string; readonly weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { language: tag.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 };
}

/** The language an `Accept-Language` header (RFC 9110, section 12.5.4) likes best among ours; regions do not matter. */
function preferred(header = ''): Language | undefined {
  const wishes = header
    .slice(0, longestHeader)
    .split(',')
    .map(wishOf)
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  const liked = wishes.find(({ language }) => language === '*' || known(language) !== undefined);
  return known(liked?.language);
}

/** The language chosen on the page, else chosen before, else preferred by the browser; else French. */
export function chooseLanguage(wishes: {
  readonly query?: string | undefined;
  readonly cookie?: string | undefined;
  readonly accepted?: string | undefined;
}): Language {
  return known(wishes.query) ?? known(wishes.cookie) ?? preferred(wishes.accepted) ?? 'fr';
}

/**
 * True for a form that the language switch sent: its page is redisplayed in that language with its entries, and nothing
 * is stored. Every handler of a form that changes something checks this first.
 */
export function onlyAsksForLanguage({ req }: Pick<Context, 'req'>): boolean {
  return req.method === 'POST' && known(req.query('lang')) !== undefined;
}

/** True for a form that the language switch has sent before anyone did: it is shown again without its problems. */
export function isUnsent(c: Pick<Context, 'req'>): boolean {
  return onlyAsksForLanguage(c) && c.req.query(unsentQuery) !== undefined;
}
