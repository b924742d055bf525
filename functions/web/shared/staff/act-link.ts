import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { Text } from '../../../domain/text.ts';
import { type Html, html } from '../layout/html.ts';
import type { View } from '../layout/view.ts';
import type { StaffFolder } from './onboarding-table.ts';

/** What the page of an onboarding shows of an act. Its form is a page of its own, whose code this one does not load. */
export interface ActLink {
  /** Last segment of the path, and the code of the flash message. */
  readonly path: string;
  /** Text of the heading and of the link. */
  readonly label: Text;
  readonly possible: (now: Snapshot) => boolean;
  /** Flash message after success. */
  readonly done: Text;
}

/** The flash messages of the acts. */
export function flashesOf(acts: readonly ActLink[]): Readonly<Record<string, Text>> {
  return Object.fromEntries(acts.map(({ path, done }) => [path, done]));
}

/** Links to the acts that are possible now. */
export function actLinks(view: View, at: StaffFolder, now: Snapshot, acts: readonly ActLink[]): Html {
  const possible = acts.filter((act) => act.possible(now));
  if (possible.length === 0) {
    return html`<p>${view.t({ fr: 'Aucune action possible sur ce dossier.', en: 'No actions available for this onboarding.' })}</p>`;
  }
  return html`<ul>${possible.map(({ path, label }) => html`<li><a href="${view.href(`${at}/${now.state.reference}/${path}`)}">${view.t(label)}</a></li>`)}</ul>`;
}
