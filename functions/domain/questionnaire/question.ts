import type { LegalReference } from './legal-references.ts';
import type { Text } from '../text.ts';
import type { QuestionId } from './answers.ts';

export type SectionId = 'A' | 'B' | 'C' | 'D' | 'E';

/** Who in the customer's organisation knows the answer best. */
export type QuestionOwner = 'respondent' | 'ciso' | 'dpo' | 'cio';

export interface Option {
  readonly code: string;
  readonly label: Text;
}

export interface ChoiceInput {
  readonly kind: 'one';
  readonly options: readonly Option[];
}

/** What one field on a page takes. `site` takes a site code of the platform, or `any`. */
export type FieldInput = ChoiceInput | { readonly kind: 'integer' | 'date' | 'site' };

/**
 * When a part of a grouped question is given: always; exactly when another part has this code (and refused
 * otherwise); or always except when another part has this code (and then optional).
 */
export type Presence =
  | { readonly kind: 'always' }
  | { readonly kind: 'exactly_if' | 'optional_if'; readonly part: string; readonly is: string };

export interface Part {
  readonly name: string;
  readonly label: Text;
  readonly input: FieldInput;
  readonly presence: Presence;
}

export interface GroupInput {
  readonly kind: 'group';
  readonly parts: readonly Part[];
  /** The first part may not exceed the second. */
  readonly order?: { readonly first: string; readonly second: string };
}

export interface ManyInput {
  readonly kind: 'many';
  readonly options: readonly Option[];
  /** Codes that exclude every other choice. */
  readonly standsAlone: readonly string[];
}

export interface ContactsInput {
  readonly kind: 'contacts';
  readonly roles: readonly { readonly code: string; readonly label: Text; readonly required: boolean }[];
}

export type Input =
  | FieldInput
  | ManyInput
  | GroupInput
  | ContactsInput
  | { readonly kind: 'scale'; readonly options: readonly Option[] }
  | { readonly kind: 'ranges' | 'attestation' };

/** The question shows only if the answer to another holds one of these codes. */
export interface Visibility {
  readonly question: 'A3' | 'A6' | 'B9';
  readonly holdsAnyOf: readonly string[];
}

export interface Question {
  readonly id: QuestionId;
  readonly section: SectionId;
  readonly owner: QuestionOwner;
  readonly label: Text;
  /** Why the question is asked, and what its terms mean. */
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
export const yesNoUnknown = { yes, no, unknown };
