/** The languages a customer may be served in. */
export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** A sentence or label that a person reads, in every language of the product. */
export type Text = Readonly<Record<Language, string>>;
