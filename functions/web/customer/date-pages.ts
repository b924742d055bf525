import { chooseDate } from '../../application/choose-date.ts';
import { hasDates, readDates } from '../../application/read-dates.ts';
import { addDays, type CalendarDate, calendarDateOf } from '../../domain/calendar-date.ts';
import { DateNotPossibleError } from '../../domain/errors.ts';
import { awaitsChoice, choiceRefusal } from '../../domain/onboarding/another-date.ts';
import { changesLeft } from '../../domain/onboarding/changes-of-date.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import { leadTimeInDays } from '../../domain/waves/date-constraints.ts';
import type { CustomerDate } from '../../domain/waves/dates.ts';
import { inEach } from '../../domain/waves/refusal.ts';
import { siteLabel, waveLabel } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, summaryList } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { roomLabels } from '../shared/layout/room-labels.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { dateLinks, datePath, datesPath, dateText, noneOfThese } from './date-choice.ts';
import { actOrExplain, refusalPage } from './refusal.ts';
import { statusPath, statusRoots } from './status-path.ts';
import { ifNoGo, meantPlace } from './wave-answers.ts';

const title: Text = { fr: 'Choisir ma date', en: 'Choose my date' };

const noDates: Text = {
  fr: 'Il n’y a pas de date à choisir à cette étape de votre dossier.',
  en: 'There is no date to choose at this stage of your onboarding.',
};
const notNow: Text = {
  fr: 'À cette étape, vous ne pouvez pas choisir de date vous-même : la liste est donnée à titre d’information.',
  en: 'At this stage you cannot choose a date yourself: the list is for information.',
};
const emptyCalendar: Text = {
  fr: 'Le calendrier n’a aucune vague à venir pour le moment.',
  en: 'The calendar has no coming wave at the moment.',
};

/** The place that the customer has, in a sentence. */
function ownPlace(view: View, { booking }: Snapshot, platform: PlatformConfiguration): Html {
  if (booking === undefined || booking.status === 'TO_MOVE') return nothing;
  const words = {
    HELD: { fr: 'Place réservée pour vous, à confirmer :', en: 'Place held for you, to be confirmed:' },
    OFFERED: { fr: 'Place proposée, à accepter :', en: 'Place offered to you, to be accepted:' },
    CONFIRMED: { fr: 'Votre date confirmée :', en: 'Your confirmed date:' },
  } as const;
  return html`<p>${view.t(words[booking.status])} <strong>${dayText(view, booking.cutover)}, ${view.t(siteLabel(platform, booking.site))}</strong></p>`;
}

/** How often, and until when, a date that is chosen now may be changed again. */
function changesAfter({ state }: Snapshot, cutover: CalendarDate): Text {
  const left = changesLeft(state) - 1;
  if (left === 0) {
    return {
      fr: 'Ce sera votre dernier changement : ensuite, seule l’équipe d’exploitation pourra vous déplacer.',
      en: 'This will be your last change: after it, only the operations team can move you.',
    };
  }
  const times = {
    fr: left === 1 ? 'une fois' : `${left} fois`,
    en: left === 1 ? 'once more' : `${left} more times`,
  };
  return inEach(
    {
      fr: (date) => `Vous pourrez encore changer de date ${times.fr}, jusqu’au ${date}.`,
      en: (date) => `You can change your date ${times.en}, until ${date}.`,
    },
    addDays(cutover, -leadTimeInDays),
  );
}

function consequencesOf(
  now: Snapshot,
  { wave }: CustomerDate,
  platform: PlatformConfiguration,
): readonly Text[] {
  const { booking } = now;
  const own = siteLabel(platform, booking?.site ?? '');
  const given =
    booking === undefined
      ? { fr: 'Vous quittez la liste d’attente.', en: 'You leave the waiting list.' }
      : inEach(
          {
            fr: (date) =>
              `Vous quittez votre place du ${date} (${own.fr}) : elle peut être donnée à d’autres aussitôt.`,
            en: (date) => `You leave your place of ${date} (${own.en}): it may be given to others at once.`,
          },
          booking.cutover,
        );
  return [
    {
      fr: 'La place à cette date est confirmée dès que vous validez.',
      en: 'The place on this date is confirmed as soon as you submit.',
    },
    given,
    changesAfter(now, wave.cutover),
    ifNoGo,
  ];
}

/** The pages on which a customer sees every date, and chooses one. */
export function registerDatePages(app: WebApp, deps: WebDependencies): void {
  const { site, clock, platform } = deps;

  /** Why no date can be chosen now; undefined when one can. */
  function notChoosable(now: Snapshot): Text | undefined {
    const at = clock.now();
    return awaitsChoice(now, at) ? choiceRefusal(now, calendarDateOf(at)) : notNow;
  }

  /** Each reason once, with the dates that it excludes. */
  function impossibleDates(view: View, dates: readonly CustomerDate[]): Html {
    const byReason = Map.groupBy(dates, ({ reason }) => (reason === undefined ? '' : view.t(reason.text)));
    return html`<ul>${[...byReason].map(
      ([reason, excluded]) =>
        html`<li>${reason}<br><span class="soft">${excluded.map((date, index) => html`${index === 0 ? nothing : view.t({ fr: ' ; ', en: '; ' })}${dateText(view, date, platform)}`)}</span></li>`,
    )}</ul>`;
  }

  function lists(view: View, now: Snapshot, dates: readonly CustomerDate[]): Html {
    const refusal = notChoosable(now);
    const own = now.booking?.wave;
    const possible = dates.filter(({ admissible, wave }) => admissible && wave.id !== own);
    const impossible = dates.filter(({ admissible }) => !admissible);
    const none = html`<p>${view.t({ fr: 'Aucune pour le moment.', en: 'None at the moment.' })}</p>`;
    const free =
      refusal === undefined
        ? dateLinks(view, now, possible, platform)
        : html`<ul>${possible.map((date) => html`<li>${dateText(view, date, platform)}</li>`)}</ul>`;
    return html`${refusal === undefined ? nothing : html`<p>${view.t(refusal)}</p>`}
${ownPlace(view, now, platform)}
<h2>${view.t({ fr: 'Dates possibles', en: 'Possible dates' })}</h2>
${possible.length === 0 ? none : free}
${impossible.length === 0 ? nothing : html`<h2>${view.t({ fr: 'Dates impossibles pour vous', en: 'Dates not possible for you' })}</h2>${impossibleDates(view, impossible)}`}`;
  }

  for (const root of statusRoots) register(`${root}/dates`);

  function register(pattern: string): void {
    app.get(pattern, requireCustomer, async (c) => {
      const view = c.get('view');
      const { now } = customerOf(c);
      if (!hasDates(now.state)) return refusalPage(c, title, [noDates]);
      const dates = await readDates(deps, now);
      const none = awaitsChoice(now, clock.now()) && now.state.stage === 'WAVE_HELD';
      return answerPage(c, {
        title,
        back: { path: statusPath(now.state) },
        body: html`<h1>${view.t(title)}</h1>
${dates.length === 0 ? html`<p>${view.t(emptyCalendar)}</p>` : lists(view, now, dates)}
${none ? noneOfThese(view, now) : nothing}`,
      });
    });

    /** Says why a date cannot be chosen, with those that can. */
    function notPossible(c: WebContext, reason: Text, now: Snapshot, dates: readonly CustomerDate[]) {
      return refusalPage(c, title, [reason], lists(c.get('view'), now, dates));
    }

    app.get(`${pattern}/:wave`, requireCustomer, async (c) => {
      const view = c.get('view');
      const { now } = customerOf(c);
      const { booking } = now;
      const refusal = notChoosable(now);
      if (!hasDates(now.state) || refusal !== undefined) return refusalPage(c, title, [refusal ?? noDates]);
      const dates = await readDates(deps, now);
      const date = dates.find(({ wave }) => wave.id === String(c.req.param('wave')));
      // The place that it has is confirmed or accepted on the page of that.
      if (date === undefined || date.wave.id === booking?.wave)
        return c.redirect(site.href(datesPath(now)), 303);
      if (!date.admissible) {
        return notPossible(c, new DateNotPossibleError(date, dates, booking !== undefined).text, now, dates);
      }
      const named = waveLabel(date.wave, platform);
      const chosen: Text = { fr: `Choisir la ${named.fr}`, en: `Choose the ${named.en}` };
      return answerPage(c, {
        title: chosen,
        back: { path: datesPath(now) },
        body: html`<h1>${view.t(chosen)}</h1>
${summaryList(view, [
  { key: { fr: 'Bascule', en: 'Cutover' }, value: dateText(view, date, platform) },
  { key: { fr: 'Places', en: 'Room' }, value: view.t(roomLabels[date.room]) },
])}
<h2>${view.t({ fr: 'Ce que cela entraîne', en: 'What this means' })}</h2>
${consequencesOf(now, date, platform).map((consequence) => html`<p>${view.t(consequence)}</p>`)}
${form(view, {
  action: datePath(now, date),
  content: html`<input type="hidden" name="wave" value="${booking?.wave ?? ''}"><input type="hidden" name="held" value="${String(now.state.episode)}"><input type="hidden" name="cutover" value="${date.wave.cutover}">`,
  buttons: [{ label: { fr: 'Choisir cette date', en: 'Choose this date' } }],
})}`,
      });
    });

    app.post(`${pattern}/:wave`, requireCustomer, async (c) => {
      const { reference, who, now } = customerOf(c);
      const fields = formOf(c);
      const { wave, heldAt } = meantPlace(fields);
      const meant = { heldAt, wave: wave === '' ? undefined : wave, cutover: fields.get('cutover') };
      return actOrExplain(c, title, async () => {
        try {
          await chooseDate(deps, reference, { ...meant, to: String(c.req.param('wave')) }, who);
        } catch (error) {
          if (!(error instanceof DateNotPossibleError)) throw error;
          return notPossible(c, error.text, await deps.store.onboardings.now(reference), error.dates);
        }
        return leadTo(c, site, statusPath(now.state), 'date-chosen');
      });
    });
  }
}
