/** The languages a customer may be served in. */
export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** A sentence or label that a person reads, in every language of the product. */
export type Text = Readonly<Record<Language, string>>;

/**
 * Sets a text as print in its language does. French keeps its high punctuation, its quotation marks and its units on the
 * line of their word: a narrow no-break space before `;`, `?` and `!`, a no-break space elsewhere (Lexique des règles
 * typographiques en usage à l'Imprimerie nationale). Texts are written with ordinary spaces; addresses, times and codes
 * have none at these places and stay as they are.
 */
export function typeset(text: string, language: Language): string {
  if (language !== 'fr') return text;
  return text.replace(/ (?=[;?!])/g, '\u202f').replace(/ (?=[:»%])|(?<=«|n°) |(?<=\d) (?=h\b)/g, '\u00a0');
}

/** What a person reads in one language. */
export function inLanguage(text: Text, language: Language): string {
  return typeset(text[language], language);
}

/** A label within a sentence: it begins with a small letter, unless it begins with an acronym. */
export function midSentence({ fr, en }: Text): Text {
  const small = (text: string) => text.replace(/^\p{Lu}(?=[\p{Ll}’ ]|$)/u, (first) => first.toLowerCase());
  return { fr: small(fr), en: small(en) };
}
