import type { Text } from '../text.ts';

export interface Option {
  readonly code: string;
  readonly label: Text;
}

export interface ChoiceInput {
  readonly kind: 'one';
  readonly options: readonly Option[];
}

/** A calendar date, or "I don't know" where that is an answer. */
export interface DateInput {
  readonly kind: 'date';
  readonly orUnknown?: boolean;
}

/** A number as well as the customer knows it: exact, as one of the bands, or "I don't know" where that is an answer. */
export interface FigureInput {
  readonly kind: 'figure';
  readonly orUnknown: boolean;
}

/** The input of one field on a page. `site` takes a site code of the platform, or `any`. */
export type FieldInput = ChoiceInput | DateInput | FigureInput | { readonly kind: 'integer' | 'site' };

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
