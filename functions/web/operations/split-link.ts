import type { Snapshot } from '../../domain/onboarding/state.ts';
import { undecidedReview } from '../../domain/onboarding/undecided-review.ts';
import type { Text } from '../../domain/text.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

export const splitTitle: Text = { fr: 'Diviser en parties', en: 'Split into parts' };

export function splitPath(reference: string): string {
  return `/operations/${reference}/split`;
}

/** True while an operator may split an onboarding: its placement is reviewed, and it is no part itself. */
export function maySplit(now: Snapshot, at: Date): boolean {
  return now.state.part === undefined && undecidedReview(now, at) === 'placement';
}

/** To the page on which an operator splits an onboarding. */
export function splitLink(view: View, now: Snapshot, at: Date): Html {
  if (!maySplit(now, at)) return nothing;
  return html`<p><a href="${view.href(splitPath(now.state.reference))}">${view.t(splitTitle)}</a></p>`;
}
