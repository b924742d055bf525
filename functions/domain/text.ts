/** The languages a customer may be served in. */
export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** A sentence or label that a person reads, in every language of the product. */
export type Text = Readonly<Record<Language, string>>;

const narrow = '\u202f';
const wide = '\u00a0';

/**
 * Spaces at which French allows no line break. The rules look at the characters around a space and accept every kind of
 * space there, so that a typeset text stays as it is.
 */
const narrowSpaces = [
  // High punctuation.
  / (?=[;:?!])/g,
  // Groups of three digits: `12 000`, `999 000 102`. Only the group before is looked at: a text may have thousands.
  /(?<=(?<!\d)\d{1,3}) (?=\d{3}(?!\d))/g,
];
const wideSpaces = [
  / (?=[»%])|(?<=«) /g,
  // `n° 2026-272`, `art. 31`, `L. 1111-8`, `NIS 2`, `+ 5`.
  /(?<=(?:n°|\bart\.|\bchap\.|§|\b[LR]\.|\bNIS|\+)) (?=\d)|(?<=\bart\.) (?=[LR]\.)/g,
  // A number and what it counts: `15 points`, `9 mars`, `18 h`; not a year, and not `de 1 à 10`.
  /(?<=(?<![\p{L}\d])(?!(?:19|20|21)\d{2}(?!\d))\d+(?:,\d+)?(?:er|e)?) (?=\p{L})(?!(?:à|au|d[eu]|e[nt]|est|ou|par|si|sur)(?!\p{L}))/gu,
  // `9 h 13`.
  /(?<=\d[ \u00a0\u202f]h) (?=\d)/g,
  // `partie B`.
  /(?<=\bpartie) (?=[A-E]\b)/gi,
  // The answer « Je ne sais pas ».
  /(?<=\bje) (?=ne[ \u00a0]sais[ \u00a0]pas\b)|(?<=\bje[ \u00a0]ne) (?=sais[ \u00a0]pas\b)|(?<=\bje[ \u00a0]ne[ \u00a0]sais) (?=pas\b)/gi,
];

/**
 * Sets a text as print in its language does. French takes a narrow no-break space before high punctuation and in
 * numbers, and a no-break space within quotation marks and between a number and its unit. Texts are written with
 * ordinary spaces; pages, mails and answers of the API set them here, once. Addresses and codes hold no spaces.
 */
export function typeset(text: string, language: Language): string {
  if (language !== 'fr') return text;
  const set = (written: string, rules: readonly RegExp[], space: string) =>
    rules.reduce((done, rule) => done.replace(rule, space), written);
  return set(set(text, narrowSpaces, narrow), wideSpaces, wide);
}

/** A text in one language, typeset for reading. */
export function inLanguage(text: Text, language: Language): string {
  return typeset(text[language], language);
}

/** Made once: a format takes longer to make than a page. */
const numberFormats: Readonly<Record<Language, Intl.NumberFormat>> = {
  fr: new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
};

/** A number as the language groups its digits, to one decimal. */
export function formatNumber(value: number, language: Language): string {
  return numberFormats[language].format(value);
}

/** A label within a sentence: it begins with a small letter, unless it begins with an acronym. */
export function midSentence({ fr, en }: Text): Text {
  const small = (text: string) => text.replace(/^\p{Lu}(?=[\p{Ll}’ ]|$)/u, (first) => first.toLowerCase());
  return { fr: small(fr), en: small(en) };
}

/** A text that people have written, on one line: characters that would break one become a space. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

/** Ligatures that Unicode does not take apart, as French names have them. */
const ligatures: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae' };

/** Lower case, without accents, ligatures and punctuation, as names are searched and compared. */
export function searchableName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[œæ]/g, (letter) => ligatures[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
