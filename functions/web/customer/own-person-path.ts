import type { Person } from '../../domain/onboarding/people.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

/** What is held on whoever opens it. */
export const ownPersonPath = '/status/me';

/** The way there, for those who were named; the contact sees what is held in the data of the onboarding. */
export function ownPersonLine(view: View, person: Person | undefined): Html {
  if (person === undefined) return nothing;
  return html`<p><a href="${view.href(ownPersonPath)}">${view.t({ fr: 'Vos données personnelles : les voir, corriger ou effacer', en: 'Your personal data: see, correct or erase it' })}</a></p>`;
}
