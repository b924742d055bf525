import { type Language, languages, type Text } from '../../../domain/text.ts';
import { banner, enterButton, keptForm } from './components.ts';
import { errorSummary, type Problem } from './error-summary.ts';
import { footerLinks, type LinkTo } from './footer-links.ts';
import { type Html, html, nothing } from './html.ts';
import { mailLink } from './mail-link.ts';
import { assets } from './stylesheet.ts';
import type { View } from './view.ts';

/** One page within the common frame. */
export interface Page {
  /** Unique among the pages; the platform's name follows it. */
  readonly title: Text;
  readonly body: Html;
  /**
   * Problems of the form on the page; absent when the page has no form that is shown again. The language switch sends that
   * form, from the start, so that nothing typed is lost.
   */
  readonly problems?: readonly Problem[];
  /** Confirmations, by the code that the redirect carried. */
  readonly flashes?: Readonly<Record<string, Text>>;
  readonly back?: { readonly path: string; readonly label?: Text };
  /** A script, where scripts run, keeps the page when it could not be sent, and offers to send it again. */
  readonly retries?: boolean;
}

/** In the address to which the language switch sends a form that was not refused: it comes back without problems. */
export const unsentQuery = 'unsent';

const languageNames: Readonly<Record<Language, string>> = { fr: 'Français', en: 'English' };

const staffMenu = [
  { role: 'sales', path: '/sales', label: { fr: 'Mes dossiers', en: 'My onboardings' } },
  { role: 'operator', path: '/operations', label: { fr: 'Exploitation', en: 'Operations' } },
  { role: 'operator', path: '/waves', label: { fr: 'Vagues', en: 'Waves' } },
] as const;

/** The address of a page in a language, to which its form can be sent: the page comes back, and nothing is stored. */
export function withLanguage(path: string, language: Language, unsent: boolean): string {
  const url = new URL(path, 'http://page.invalid');
  url.searchParams.set('lang', language);
  if (unsent) url.searchParams.set(unsentQuery, 'yes');
  return `${url.pathname}${url.search}`;
}

/** Links, or, on a page with a form that is shown again, buttons that show it again in the other language. */
function languageSwitch(view: View, problems: readonly Problem[] | undefined): Html {
  const asButtons = problems !== undefined;
  const unsent = problems?.length === 0;
  const one = (language: Language): Html => {
    const path = view.href(withLanguage(view.path, language, unsent));
    const current = language === view.language ? html` aria-current="true"` : nothing;
    const name = languageNames[language];
    return asButtons
      ? html`<button type="submit" class="plain" form="${keptForm}" formaction="${path}" lang="${language}"${current}>${name}</button>`
      : html`<a href="${path}" lang="${language}" hreflang="${language}"${current}>${name}</a>`;
  };
  return html`<nav aria-label="${view.t({ fr: 'Langue', en: 'Language' })}">${asButtons ? enterButton(view) : nothing}<ul class="menu">${languages.map((language) => html`<li>${one(language)}</li>`)}</ul></nav>`;
}

const customerMenu = [
  { path: '/status', label: { fr: 'Suivi', en: 'Status' } },
  { path: '/questionnaire', label: { fr: 'Questionnaire', en: 'Questionnaire' } },
] as const;

/** The main pages of whoever has a session, as the menu and the site map name them. */
export function mainPages({ viewer }: Pick<View, 'viewer'>): readonly LinkTo[] {
  if (viewer.kind === 'customer') return customerMenu;
  return viewer.kind === 'staff' ? staffMenu.filter(({ role }) => viewer.roles.includes(role)) : [];
}

function menu(view: View): Html {
  const here = (path: string) => view.path === path || /^[/?]/.test(view.path.slice(path.length));
  return html`<nav aria-label="${view.t({ fr: 'Menu principal', en: 'Main menu' })}"><ul class="menu">${mainPages(
    view,
  ).map(
    ({ path, label }) =>
      html`<li><a href="${view.href(path)}"${view.path.startsWith(path) && here(path) ? html` aria-current="page"` : nothing}>${view.t(label)}</a></li>`,
  )}</ul></nav>`;
}

/** Whose page it is, with the way to other pages and out; nothing for whoever has no session. */
function bar(view: View): Html {
  const { viewer } = view;
  if (viewer.kind === 'anonymous') return nothing;
  const name =
    viewer.kind === 'staff'
      ? viewer.name
      : html`${viewer.organisation} – <span class="code">${viewer.reference}</span>`;
  return html`<div class="bar"><div class="wide">
${menu(view)}
<span>${name}</span><form method="post" action="${view.href('/sign-out')}"><input type="hidden" name="_csrf" value="${view.csrf ?? ''}"><button type="submit" class="plain">${view.t({ fr: 'Se déconnecter', en: 'Sign out' })}</button></form>
</div></div>`;
}

/** A cloud within a shield; drawn in the page, so that it takes its colours in print and in forced colours. */
const mark = html`<svg viewBox="0 0 40 40" aria-hidden="true" focusable="false"><path d="M20 2 36 7v12c0 9.5-6.5 16-16 19C10.5 35 4 28.5 4 19V7z" fill="none" stroke="currentColor" stroke-width="2.5"/><path d="M14 26a5 5 0 0 1 .6-9.9 7 7 0 0 1 13 1.6A4.3 4.3 0 0 1 27 26z" fill="currentColor"/></svg>`;

function homeOf({ viewer }: View): string {
  if (viewer.kind === 'customer') return '/status';
  if (viewer.kind === 'staff') return viewer.roles.includes('operator') ? '/operations' : '/sales';
  return '/';
}

function help(view: View): Html {
  const { contact } = view;
  const reference = view.viewer.kind === 'customer' ? view.viewer.reference : undefined;
  return html`<h2>${view.t({ fr: 'Besoin d’aide ?', en: 'Need help?' })}</h2>
<p>${view.t({ fr: 'Écrivez à', en: 'Email' })} ${mailLink(contact)}${
    reference === undefined
      ? '.'
      : html`${view.t({ fr: ' en rappelant votre référence', en: ' and quote your reference' })} <span class="code">${reference}</span>.`
  } ${view.t({ fr: 'N’envoyez pas de données sensibles par courriel.', en: 'Do not send sensitive data by email.' })}</p>`;
}

/** The whole document. */
export function renderPage(view: View, page: Page): Html {
  const { t, href, language, platform } = view;
  const { flashes = {}, back } = page;
  const shown = page.problems === undefined || !view.unsent ? page.problems : [];
  const problems = shown ?? [];
  const error = problems.length === 0 ? '' : t({ fr: 'Erreur : ', en: 'Error: ' });
  const done =
    view.flash !== undefined && Object.hasOwn(flashes, view.flash) ? flashes[view.flash] : undefined;
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${error}${t(page.title)} – ${platform}</title>
<link rel="stylesheet" href="${href(assets.stylesheet.path)}">
<link rel="icon" href="${href(assets.icon.path)}" type="image/svg+xml">
${page.retries === true ? html`<script src="${href(assets.retry.path)}" defer></script>` : nothing}
</head>
<body>
<a class="skip" href="#main">${t({ fr: 'Aller au contenu', en: 'Skip to main content' })}</a>
<header class="top"><div class="wide">
<div class="masthead">${mark}<div><a class="brand" href="${href(homeOf(view))}">${platform}</a><span class="service">${t({ fr: 'Accueil des clients', en: 'Customer onboarding' })}</span></div></div>
${languageSwitch(view, shown)}
</div>
${bar(view)}
</header>
<main id="main" class="wide" tabindex="-1">
${back === undefined ? nothing : html`<a class="back" href="${href(back.path)}">${t(back.label ?? { fr: 'Retour', en: 'Back' })}</a>`}
${done === undefined ? nothing : banner(view, t(done), 'good')}
${errorSummary(view, problems)}
${page.body}
</main>
<footer><div class="wide">
${help(view)}
${footerLinks(view)}
</div></footer>
</body>
</html>`;
}
