import type { Text } from '../../domain/text.ts';
import { type LinkTo, publicPages } from '../shared/layout/footer-links.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { newLinkTitle } from '../shared/layout/new-link-button.ts';
import { mainPages, type Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { proofTitle } from './proof-words.ts';

function listOf(view: View, pages: readonly LinkTo[]): Html {
  return html`<ul>${pages.map(({ path, label }) => html`<li><a href="${view.href(path)}">${view.t(label)}</a></li>`)}</ul>`;
}

/** Where someone with a session goes first; without one, how they get in. */
function ownPages(view: View): Html {
  const own = mainPages(view);
  const way: Text = {
    fr: 'Vos pages s’ouvrent par le lien personnel de nos courriels.',
    en: 'Your pages open with the personal link in our emails.',
  };
  const signIn: LinkTo = {
    path: '/sign-in',
    label: { fr: 'Personnel de la plateforme : se connecter', en: 'Platform staff: sign in' },
  };
  return html`<h2>${view.t({ fr: 'Votre espace', en: 'Your pages' })}</h2>
${own.length === 0 ? html`<p>${view.t(way)}</p>${listOf(view, [signIn])}` : listOf(view, own)}`;
}

/** Pages open to everyone that only some pages lead to. */
const otherPages: readonly LinkTo[] = [
  { path: '/new-link', label: newLinkTitle },
  { path: '/proof', label: proofTitle },
];

/** The pages of the site by the words that lead to them, for whoever would rather choose from a list. */
export function siteMapPage(view: View): Page {
  const title: Text = { fr: 'Plan du site', en: 'Site map' };
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
${ownPages(view)}
<h2>${view.t({ fr: 'Pages ouvertes à tous', en: 'Pages open to everyone' })}</h2>
${listOf(view, [...publicPages.filter(({ path }) => path !== '/site-map'), ...otherPages])}`,
  };
}
