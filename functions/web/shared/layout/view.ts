import type { Language, Text } from '../../../domain/text.ts';

/** Who looks at a page, as far as the page's frame says so. */
export type Viewer =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'customer'; readonly organisation: string; readonly reference: string }
  | { readonly kind: 'staff'; readonly name: string; readonly roles: readonly string[] };

/** What every template needs to know of the request it answers. */
export interface View {
  readonly language: Language;
  /** The sentence in the language of the page. */
  readonly t: (text: Text) => string;
  /** The address of a page of ours, given without the prefix it is published under. */
  readonly href: (path: string) => string;
  /** Path and query of the page itself, without the prefix: the language switch stays on it. */
  readonly path: string;
  /** True when the page answers a form that was sent. */
  readonly sent: boolean;
  readonly platform: string;
  readonly viewer: Viewer;
  /** Whom to ask: a mail address. */
  readonly contact: string;
  /** Proof that a form comes from a page of this session; absent without a session. */
  readonly csrf: string | undefined;
  /** Code of what was just done, carried over a redirect. */
  readonly flash: string | undefined;
}
