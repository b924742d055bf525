import { invitedDate } from '../../domain/onboarding/invited-date.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { statusPath } from './status-path.ts';

/** The dates of an onboarding as a calendar file, below the address of its status. */
export const invitationFile = 'invitation.ics';

/** The way to the calendar file, beside the date; nothing while there is none. */
export function calendarLink(view: View, now: Snapshot, at: Date): Html {
  if (invitedDate(now, at) === undefined) return nothing;
  return html`<p><a href="${view.href(`${statusPath(now.state)}/${invitationFile}`)}">${view.t({ fr: 'Ajouter à mon agenda', en: 'Add to my calendar' })}</a></p>`;
}
