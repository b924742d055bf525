import type { CalendarDate } from '../../domain/calendar-date.ts';
import { choiceRefusal } from '../../domain/onboarding/another-date.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import type { CustomerDate } from '../../domain/waves/dates.ts';
import { siteLabel } from '../../domain/waves/wave.ts';
import { linkButton } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { roomLabels } from '../shared/layout/room-labels.ts';
import type { View } from '../shared/layout/view.ts';
import { declineTitle } from './decline-words.ts';
import { statusPath } from './status-path.ts';

export function datesPath({ state }: Snapshot): string {
  return `${statusPath(state)}/dates`;
}

export function datePath(now: Snapshot, { wave }: Pick<CustomerDate, 'wave'>): string {
  return `${datesPath(now)}/${wave.id}`;
}

/** The first admissible date is the recommended one. */
const recommended: Text = { fr: 'recommandée : la première possible', en: 'recommended: the first possible' };

/** The dates shown on the status page; every other one is a link away. */
const shownOnStatus = 3;

/** Day and site of a date. */
export function dateText(view: View, { wave }: CustomerDate, platform: PlatformConfiguration): Html {
  return html`${dayText(view, wave.cutover)}, ${view.t(siteLabel(platform, wave.site))}`;
}

/** The dates that a customer may choose, each a link to what that entails. */
export function dateLinks(
  view: View,
  now: Snapshot,
  dates: readonly CustomerDate[],
  platform: PlatformConfiguration,
): Html {
  return html`<ul>${dates.map((date) => {
    const about = [roomLabels[date.room], ...(date.recommended ? [recommended] : [])];
    return html`<li><a href="${view.href(datePath(now, date))}">${dateText(view, date, platform)}</a> <span class="soft">(${about.map((text) => view.t(text)).join(view.t({ fr: ' ; ', en: '; ' }))})</span></li>`;
  })}</ul>`;
}

/** For whoever no date suits: a word to the contact comes before declining, which ends everything. */
export function noneOfThese(view: View, { state }: Snapshot): Html {
  const word: Text = {
    fr: 'Aucune de ces dates ne vous convient ? Écrivez à votre interlocuteur avant la fin de votre réservation.',
    en: 'None of these dates suits you? Write to your contact before your hold ends.',
  };
  return html`<p>${view.t(word)}</p>
<div class="actions">${linkButton(view, `${statusPath(state)}/wave/decline`, declineTitle(state), 'second')}</div>`;
}

/** A held place: to confirm it, to choose another date, or none. */
export function heldDateActions(
  view: View,
  now: Snapshot,
  dates: readonly CustomerDate[],
  { platform, today }: { readonly platform: PlatformConfiguration; readonly today: CalendarDate },
): Html {
  const own = dates.find(({ wave }) => wave.id === now.booking?.wave);
  const others = dates.filter((date) => date.admissible && date !== own);
  const refusal = choiceRefusal(now, today);
  const shown = others.slice(0, shownOnStatus);
  const list =
    refusal === undefined && shown.length > 0
      ? dateLinks(view, now, shown, platform)
      : html`<p>${view.t(refusal ?? { fr: 'Aucune autre date n’est possible pour le moment.', en: 'No other date is possible at the moment.' })}</p>`;
  return html`<div class="actions">${linkButton(view, `${statusPath(now.state)}/wave/confirm`, { fr: 'Confirmer cette date', en: 'Confirm this date' })}</div>
${own?.recommended === true ? html`<p class="soft">${view.t({ fr: `Date ${recommended.fr}.`, en: `Date ${recommended.en}.` })}</p>` : nothing}
<h3>${view.t({ fr: 'Choisir une autre date', en: 'Choose another date' })}</h3>
${list}
<p><a href="${view.href(datesPath(now))}">${view.t({ fr: 'Toutes les dates, et pourquoi certaines sont impossibles', en: 'All dates, and why some are not possible' })}</a></p>
${noneOfThese(view, now)}`;
}

/** To the dates, for a customer that may choose one beside what is asked of it. */
export function datesLink(view: View, now: Snapshot, today: CalendarDate): Html {
  if (choiceRefusal(now, today) !== undefined) return nothing;
  const label: Text =
    now.state.stage === 'WAITING_LIST'
      ? {
          fr: 'Toutes les dates, possibles ou non, et pourquoi',
          en: 'All dates, possible or not, and why',
        }
      : { fr: 'Changer de date', en: 'Change the date' };
  return html`<p><a href="${view.href(datesPath(now))}">${view.t(label)}</a></p>`;
}
