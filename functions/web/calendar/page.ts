import { type CalendarFeed, feedDays, nextGeneration } from '../../store/calendar-feeds.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { type Button, form } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { requireRole, staffOf } from '../shared/session/access.ts';
import { calendarPath, calendarTitle } from './feed-path.ts';

const flashes = {
  'calendar-started': {
    fr: 'Votre nouvelle adresse est ci-dessous.',
    en: 'Your new address is below.',
  },
  'calendar-ended': {
    fr: 'L’adresse est supprimée : elle ne donne plus rien.',
    en: 'The address has been removed: it gives nothing any more.',
  },
} as const;

/** An act on the address that the page has shown, and on no other. */
function seen(feed: CalendarFeed | undefined): string {
  return feed === undefined ? '0' : `${feed.generation}${feed.endedAt === undefined ? '' : '-ended'}`;
}

function actsForm(view: View, feed: CalendarFeed | undefined, buttons: readonly Button[]): Html {
  return form(view, {
    action: calendarPath,
    content: html`<input type="hidden" name="seen" value="${seen(feed)}">`,
    buttons: buttons.map((each) => ({ ...each, name: 'act' })),
  });
}

function withoutAddress(view: View, feed: CalendarFeed | undefined): Html {
  return actsForm(view, feed, [
    { label: { fr: 'Créer mon adresse', en: 'Create my address' }, value: 'start' },
  ]);
}

function withAddress(view: View, feed: CalendarFeed, address: string): Html {
  return html`<p>${view.t({
    fr: 'Dans votre logiciel d’agenda, abonnez-vous à cette adresse :',
    en: 'In your calendar program, subscribe to this address:',
  })}</p>
<p><code>${address}</code></p>
<p class="soft">${view.t({ fr: 'Créée le', en: 'Created on' })} ${instantText(view, feed.startedAt)}.</p>
${actsForm(view, feed, [
  { label: { fr: 'Remplacer l’adresse', en: 'Replace the address' }, value: 'start' },
  { label: { fr: 'Supprimer l’adresse', en: 'Remove the address' }, value: 'end', look: 'second' },
])}`;
}

async function showCalendarPage(c: WebContext, { store, links, site }: WebDependencies): Promise<Response> {
  const view = c.get('view');
  const { subject } = staffOf(c);
  const feed = await store.calendarFeeds.of(subject);
  const address =
    feed === undefined || feed.endedAt !== undefined
      ? withoutAddress(view, feed)
      : withAddress(view, feed, site.url(`/calendar/${await links.calendar(subject, feed.generation)}.ics`));
  return answerPage(c, {
    title: calendarTitle,
    flashes,
    back: { path: '/operations', label: { fr: 'À traiter', en: 'To do' } },
    body: html`<h1>${view.t(calendarTitle)}</h1>
<p>${view.t({
      fr: 'Les vagues et leurs jalons, avec le nombre de clients, de 30 jours en arrière à 400 jours en avant ; aucun nom de client. Votre logiciel d’agenda les relit de lui-même.',
      en: 'The waves and their gates, with the number of customers, from 30 days back to 400 days ahead; no customer is named. Your calendar program reads them again by itself.',
    })}</p>
<p>${view.t({
      fr: `Quiconque a l’adresse les lit : gardez-la pour vous. Elle ne donne plus rien dès que vous la remplacez ou la supprimez, ni quand vous ne vous êtes pas connecté depuis ${feedDays} jours ; elle reprend à votre prochaine connexion.`,
      en: `Whoever has the address reads them: keep it to yourself. It gives nothing once you replace or remove it, nor while you have not signed in for ${feedDays} days; it resumes when you sign in again.`,
    })}</p>
${address}`,
  });
}

/** Carries out what the form asks, unless the address is another one by now: a form that is sent twice acts once. */
async function changeAddress(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { store, links, clock, site } = deps;
  const { subject } = staffOf(c);
  const fields = formOf(c);
  const feed = await store.calendarFeeds.of(subject);
  if (fields.get('seen') !== seen(feed)) return leadTo(c, site, calendarPath);
  const now = clock.now();
  if (fields.get('act') === 'end') {
    const ended = feed?.endedAt === undefined && feed !== undefined;
    const done = ended && (await store.calendarFeeds.end(subject, feed, now));
    return leadTo(c, site, calendarPath, done ? 'calendar-ended' : undefined);
  }
  const generation = nextGeneration(feed, now);
  const token = await links.calendar(subject, generation);
  const { language } = c.get('view');
  const done = await store.calendarFeeds.start(subject, { token, generation, language }, feed, now);
  return leadTo(c, site, calendarPath, done ? 'calendar-started' : undefined);
}

/** The page on which operators find, replace and remove the address of the waves for their calendar program. */
export function registerCalendarPage(app: WebApp, deps: WebDependencies): void {
  const operators = requireRole(deps, 'operator');
  app.get(calendarPath, operators, (c) => showCalendarPage(c, deps));
  app.post(calendarPath, operators, (c) => changeAddress(c, deps));
}
