import { randomBytes } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import type { Text } from '../../../domain/text.ts';
import { keptForm } from '../layout/components.ts';
import { type Html, html } from '../layout/html.ts';
import { withLanguage } from '../layout/page.ts';
import { csrfProof, isCsrfProof } from './csrf-proof.ts';
import { csrfField, type FormFields, ownerField } from './form-fields.ts';
import { onlyAsksForLanguage } from './language.ts';
import type { Site } from './site.ts';
import { answerPage, type WebContext } from './web-app.ts';

export const resumeCookie = 'resume';
/** As long as a customer's session: whoever comes back later types anew. */
export const resumeSeconds = 24 * 3_600;

const secretByteCount = 32;

/** Why a form was not carried out although nothing is wrong with it. */
export type Interruption = 'expired' | 'replaced' | 'other_onboarding' | 'not_kept';

const keptHere: Text = {
  fr: 'Votre saisie n’est pas enregistrée, et pas perdue : elle est dans cette page, et nulle part ailleurs. Ne fermez pas cet onglet.',
  en: 'What you typed is not saved, and not lost: it is in this page, and nowhere else. Do not close this tab.',
};

const words: Readonly<Record<Interruption, { readonly title: Text; readonly next: Text }>> = {
  expired: {
    title: { fr: 'Votre session a expiré', en: 'Your session has expired' },
    next: {
      fr: 'Ouvrez votre lien personnel dans un autre onglet, depuis notre dernier courriel. Revenez ensuite ici, et appuyez sur « Reprendre ».',
      en: 'Open your personal link in another tab, from our latest email. Then come back here and press “Resume”.',
    },
  },
  replaced: {
    title: {
      fr: 'Votre lien a été ouvert de nouveau depuis cette page',
      en: 'Your link has been opened again since this page',
    },
    next: { fr: 'Appuyez sur « Reprendre » pour l’envoyer.', en: 'Press “Resume” to send it.' },
  },
  not_kept: {
    title: { fr: 'Confirmez d’abord qui vous êtes', en: 'First confirm who you are' },
    next: {
      fr: 'Cette page est trop longue, ou trop de pages attendent déjà, pour que nous la gardions. Ouvrez dans un autre onglet la page ci-dessous. Revenez ensuite ici, et appuyez sur « Reprendre ».',
      en: 'This page is too long, or too many pages are waiting already, for us to keep it. Open the page below in another tab. Then come back here and press “Resume”.',
    },
  },
  other_onboarding: {
    title: {
      fr: 'Cette page appartient à un autre dossier',
      en: 'This page belongs to another onboarding',
    },
    next: {
      fr: 'Le lien d’un autre dossier a été ouvert depuis. Ouvrez dans un autre onglet le lien personnel du dossier de cette page. Revenez ensuite ici, et appuyez sur « Reprendre ».',
      en: 'The link of another onboarding has been opened since. Open the personal link of this page’s onboarding in another tab. Then come back here and press “Resume”.',
    },
  },
};

/** True for a form that a resume page of this browser has sent for this onboarding. */
export function isResumed(
  c: WebContext,
  { cookie }: Pick<Site, 'cookie'>,
  form: FormFields,
  reference: string,
): boolean {
  const secret = getCookie(c, cookie.name(resumeCookie));
  return (
    secret !== undefined && isCsrfProof(form.get(csrfField), secret) && form.get(ownerField) === reference
  );
}

/** The beginning of its name: it keeps the secret as long as pages wait for an onboarding's account owner. */
export const waitingCookie = 'waiting-';

/** One secret for all interrupted pages of a browser: another tab may hold one already, or a page that waits longer. */
export function resumeSecret(c: WebContext, { cookie }: Pick<Site, 'cookie'>): string {
  const name = cookie.name(resumeCookie);
  const cookies = Object.entries(getCookie(c));
  const [, waiting] = cookies.find(([each]) => each.startsWith(cookie.name(waitingCookie))) ?? [];
  const secret = getCookie(c, name) ?? waiting ?? randomBytes(secretByteCount).toString('base64url');
  setCookie(c, name, secret, { ...cookie.options, maxAge: resumeSeconds });
  return secret;
}

function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/**
 * The page for a customer's form that came without its session: it carries what was typed and stores nothing of it. Its
 * button sends the form again; the cookie that goes with it proves that it is from here.
 */
export function resumePage(
  c: WebContext,
  site: Site,
  form: FormFields,
  why: Interruption,
): Response | Promise<Response> {
  const view = c.get('view');
  const { title, next } = words[why];
  const typed = form.names().flatMap((name) => form.all(name).map((value) => hidden(name, value)));
  // Only the language was asked for: whoever resumes is not to find that something was done.
  const to = onlyAsksForLanguage(c) ? withLanguage(view.path, view.language, view.unsent) : view.path;
  const body = html`<h1>${view.t(title)}</h1>
<p>${view.t(keptHere)}</p>
<p>${view.t(next)}</p>${why === 'not_kept' ? html`<p><a href="${view.href('/identity')}" target="_blank" rel="noopener">${view.t(title)}</a></p>` : ''}
<form id="${keptForm}" method="post" action="${view.href(to)}">${hidden(csrfField, csrfProof(resumeSecret(c, site)))}${hidden(ownerField, form.get(ownerField) ?? '')}${typed}
<div class="actions"><button type="submit" class="button">${view.t({ fr: 'Reprendre', en: 'Resume' })}</button></div>
</form>`;
  return answerPage(c, { title, problems: [], body }, why === 'expired' ? 401 : 409);
}
