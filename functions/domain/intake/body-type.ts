import type { BodyType } from '../questionnaire/option-codes.ts';

/** First match wins, so exceptions come before their family. Source: INSEE, legal categories (level III). */
const byLegalCategory: readonly (readonly [RegExp, BodyType])[] = [
  [/^71/, 'state_administration'],
  [/^736[45]/, 'health_body'],
  [/^738/, 'other_public'],
  [/^7[23]/, 'local_authority'],
  [/^7410/, 'gip'],
  [/^41[1-6]0/, 'other_public'],
  [/^5/, 'company'],
];

/**
 * The organisation type that a legal category of the register suggests; undefined when it suggests none. The customer
 * always confirms it. National establishments and EPIC may be State operators, which only the customer knows.
 */
export function suggestBodyType(legalCategory: string): BodyType | undefined {
  return byLegalCategory.find(([pattern]) => pattern.test(legalCategory))?.[1];
}
