import type { LawToday } from '../../../domain/law-status.ts';
import type { Language, Text } from '../../../domain/text.ts';

/** Whose page it is, for the frame of the page. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'customer';
      readonly organisation: string;
      readonly reference: string;
      /** Code of the overseas territory that the organisation is in: its hours are said as well. */
      readonly territory: string | undefined;
    }
  | { readonly kind: 'staff'; readonly name: string; readonly roles: readonly string[] };

/** The facts of a request that every template needs. */
export interface View {
  readonly language: Language;
  /** The sentence in the language of the page. */
  readonly t: (text: Text) => string;
  /** The address of a page, given without the prefix it is published under. */
  readonly href: (path: string) => string;
  /** Path and query of the page itself, without the prefix: the language switch stays on it. */
  readonly path: string;
  /** True for a form that the language switch has sent before anyone did: it is shown again without its problems. */
  readonly unsent: boolean;
  /** Where the pages of the form are: a customer's own, or those of an interview. */
  readonly formRoot: string;
  readonly platform: string;
  /** The laws whose status the pages say, as they stand today. */
  readonly laws: readonly LawToday[];
  readonly viewer: Viewer;
  /** Mail address for questions. */
  readonly contact: string;
  /** CSRF proof of this session's forms; absent without a session. */
  readonly csrf: string | undefined;
  /** Code of the confirmation to show after a redirect. */
  readonly flash: string | undefined;
}
