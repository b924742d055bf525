import { NotExpectedNowError } from '../../domain/errors.ts';
import { invitedEntries } from '../../domain/onboarding/invitation.ts';
import { invitedDate } from '../../domain/onboarding/invited-date.ts';
import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { invitationFile } from './calendar-link.ts';
import { statusPath, statusRoots } from './status-path.ts';

/** The dates of the onboarding, for the calendar of whoever may see them: the entries that the mails keep up to date. */
export function registerCalendarFile(app: WebApp, { clock, platform, contact, site }: WebDependencies): void {
  const paths = statusRoots.map((root) => `${root}/${invitationFile}`);
  app.on('GET', paths, requireCustomer, async (c) => {
    const { now } = customerOf(c);
    const { language } = c.get('view');
    const at = clock.now();
    const date = invitedDate(now, at);
    if (date === undefined) {
      throw new NotExpectedNowError(
        { fr: 'Ajouter la date à votre agenda', en: 'Adding the date to your calendar' },
        lifecycle[now.state.stage].label,
      );
    }
    // Loaded when it is needed: it would be a part of every cold start.
    const { calendarText, calendarType } = await import('../../platform/icalendar.ts');
    const entries = invitedEntries(now, date, {
      platform,
      language,
      statusUrl: site.url(statusPath(now.state)),
    });
    const organiser = { name: platform.name, email: contact };
    const method = 'PUBLISH';
    return c.body(calendarText(entries, { method, language, stamp: at, organiser }), 200, {
      'Content-Type': calendarType(method),
      'Content-Disposition': `attachment; filename="${now.state.reference}.ics"`,
    });
  });
}
