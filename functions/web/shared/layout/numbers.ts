import type { View } from './view.ts';

/** Made once: a format takes longer to make than a page. */
const formats = {
  fr: new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
} as const;

/** A number as the language groups its digits, to one decimal. */
export function numberText({ language }: View, value: number): string {
  return formats[language].format(value);
}
