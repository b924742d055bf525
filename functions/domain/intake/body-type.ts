import type { BodyType } from '../questionnaire/option-codes.ts';

/** First match wins, so exceptions stand above their family. Source: INSEE, legal categories (level III). */
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
 * The kind of body that a legal category of the register suggests; nothing when it suggests none. The person always
 * confirms it. National establishments and EPIC are candidates for State operator, which only the person can say.
 */
export function suggestBodyType(legalCategory: string): BodyType | undefined {
  return byLegalCategory.find(([pattern]) => pattern.test(legalCategory))?.[1];
}
