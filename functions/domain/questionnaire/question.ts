import type { Input, Option, Presence } from '../input/input.ts';
import type { Text } from '../text.ts';
import type { QuestionId } from './answers.ts';
import type { LegalReference } from './legal-references.ts';

export type SectionId = 'A' | 'B' | 'C' | 'D' | 'E';

/** The role in the customer's organisation that knows the answer best. */
export type QuestionOwner = 'respondent' | 'ciso' | 'dpo' | 'cio';

/** The question shows only if the answer to another holds one of these codes. */
export interface Visibility {
  readonly question: 'A3' | 'A6' | 'B9';
  readonly holdsAnyOf: readonly string[];
}

export interface Question {
  readonly id: QuestionId;
  readonly section: SectionId;
  readonly owner: QuestionOwner;
  /** Names the answer in lists, summaries and problems. */
  readonly label: Text;
  /** The question itself, as the heading of its page. */
  readonly asks: Text;
  /** The purpose of the question, and the meaning of its terms. */
  readonly help: Text;
  readonly legalReference?: LegalReference;
  readonly visibleIf?: Visibility;
  readonly input: Input;
}

export interface Section {
  readonly id: SectionId;
  readonly title: Text;
  readonly owner: QuestionOwner;
  readonly questions: readonly Question[];
}

/** Pairs each code with its label; a code without a label does not compile. */
export function options<Code extends string>(
  codes: readonly Code[],
  labels: Readonly<Record<Code, Text>>,
): readonly Option[] {
  return codes.map((code) => ({ code, label: labels[code] }));
}

export const always: Presence = { kind: 'always' };

export const yes: Text = { fr: 'Oui', en: 'Yes' };
export const no: Text = { fr: 'Non', en: 'No' };
export const unknown: Text = { fr: 'Je ne sais pas', en: 'I don’t know' };
export const discussOffline: Text = {
  fr: 'Je préfère en parler de vive voix',
  en: 'I prefer to discuss this in person',
};
export const yesNoUnknown = { yes, no, unknown };
