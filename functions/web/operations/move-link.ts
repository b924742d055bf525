import type { Snapshot } from '../../domain/onboarding/state.ts';
import { mayBeMoved } from '../../domain/onboarding/transitions/move-place.ts';
import { undecidedReview } from '../../domain/onboarding/undecided-review.ts';
import type { Text } from '../../domain/text.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

export const moveTitle: Text = { fr: 'Déplacer dans une vague choisie', en: 'Move to a chosen wave' };

export function movePath(reference: string): string {
  return `/operations/${reference}/move`;
}

/** True while operators may choose the wave of an onboarding: it is placed, waits for a place, or none was found. */
export function mayChooseWave(now: Snapshot, at: Date): boolean {
  return mayBeMoved(now) || undecidedReview(now, at) === 'placement';
}

/** To the page on which an operator chooses the wave of an onboarding. */
export function moveLink(view: View, now: Snapshot, at: Date): Html {
  if (!mayChooseWave(now, at)) return nothing;
  return html`<p><a href="${view.href(movePath(now.state.reference))}">${view.t(moveTitle)}</a></p>`;
}
