import { type Language, languages } from '../../domain/text.ts';

interface Wish {
  readonly language: string;
  readonly weight: number;
}

function wishOf(range: string): Wish {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { language: tag.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 };
}

/**
 * The language an `Accept-Language` header (RFC 9110, section 12.5.4) likes best among ours; French when it likes
 * none of them or says nothing. Regions do not matter: `en-GB` is English.
 */
export function languageFrom(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map(wishOf)
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { language } of wishes) {
    const known = languages.find((offered) => offered === language);
    if (known !== undefined) return known;
    if (language === '*') return 'fr';
  }
  return 'fr';
}
