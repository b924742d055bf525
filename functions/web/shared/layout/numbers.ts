import { formatNumber } from '../../../domain/text.ts';
import type { View } from './view.ts';

/** A number as the language of the page groups its digits, to one decimal. */
export function numberText({ language }: View, value: number): string {
  return formatNumber(value, language);
}
