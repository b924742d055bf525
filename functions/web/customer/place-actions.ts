import { type CalendarDate, calendarDateOf } from '../../domain/calendar-date.ts';
import { awaitsChoice } from '../../domain/onboarding/another-date.ts';
import { placeToAnswer } from '../../domain/onboarding/place-due.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { CustomerDate } from '../../domain/waves/dates.ts';
import { linkButton } from '../shared/layout/components.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { datesLink, heldDateActions } from './date-choice.ts';
import { statusPath } from './status-path.ts';

interface Place {
  readonly now: Snapshot;
  /** The dates of a held place. */
  readonly dates: readonly CustomerDate[];
  readonly platform: PlatformConfiguration;
  readonly at: Date;
}

/** What a customer may do about its place; undefined while it has none to answer for or to change. */
export function placeActions(view: View, { now, dates, platform, at }: Place): Html | undefined {
  const today: CalendarDate = calendarDateOf(at);
  const place = placeToAnswer(now, at);
  if (place === 'wave') return heldDateActions(view, now, dates, { platform, today });
  const root = statusPath(now.state);
  if (place === 'offer') {
    return html`<div class="actions">${linkButton(view, `${root}/offer/accept`, { fr: 'Accepter cette place', en: 'Accept this place' })}${linkButton(view, `${root}/offer/refuse`, { fr: 'Refuser', en: 'Refuse' }, 'second')}</div>${datesLink(view, now, today)}`;
  }
  return awaitsChoice(now, at) ? datesLink(view, now, today) : undefined;
}
