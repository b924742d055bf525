import {
  BusinessError,
  OnboardingNotFoundError,
  TaskNotFoundError,
  WaveNotFoundError,
} from '../../../domain/errors.ts';
import { formatNumber, type Text } from '../../../domain/text.ts';
import { errorName, type Logger } from '../../../platform/log.ts';
import { isUnavailable } from '../../../platform/unavailable.ts';
import { UnreadableItemError } from '../../../store/unreadable.ts';
import { linkButton } from '../layout/components.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { newLinkButton } from '../layout/new-link-button.ts';
import { mostFields } from './form-body.ts';
import { answerPage, type WebContext } from './web-app.ts';

/** An error page: the error, what happened to the entries, and the way on. */
interface ErrorPage {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 500 | 503;
  readonly title: Text;
  readonly text: readonly Text[];
  readonly more?: Html;
  readonly home?: boolean;
}

function answerErrorPage(c: WebContext, { status, title, text, more, home }: ErrorPage) {
  const view = c.get('view');
  const homeLink =
    home === false
      ? nothing
      : html`<p>${linkButton(view, '/', { fr: 'Revenir à l’accueil', en: 'Back to the home page' }, 'second')}</p>`;
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1>${text.map((line) => html`<p>${view.t(line)}</p>`)}${more ?? nothing}${homeLink}`,
    },
    status,
  );
}

const notSaved: Text = {
  fr: 'Rien de ce que vous venez de saisir n’a été enregistré. Ce qui avait été enregistré auparavant est conservé.',
  en: 'None of what you just entered was saved. Everything you saved before is intact.',
};

function entriesNotice(c: WebContext): readonly Text[] {
  return c.req.method === 'POST' ? [notSaved] : [];
}

/** The same words for a page, a file and another team's onboarding: the answer must not tell which of them exist. */
export function notFound(c: WebContext) {
  return answerErrorPage(c, {
    status: 404,
    title: { fr: 'Page introuvable', en: 'Page not found' },
    text: [
      {
        fr: 'Cette page n’existe pas, ou votre compte n’y donne pas accès. Vérifiez l’adresse ou la référence.',
        en: 'This page does not exist, or you do not have access to it. Check the address or the reference.',
      },
      ...entriesNotice(c),
    ],
  });
}

export function methodNotAllowed(c: WebContext, allowed: readonly string[]) {
  c.header('Allow', allowed.includes('GET') ? ['HEAD', ...allowed].join(', ') : allowed.join(', '));
  return answerErrorPage(c, {
    status: 405,
    title: { fr: 'Action impossible à cette adresse', en: 'Not possible at this address' },
    text: [
      {
        fr: 'Cette adresse ne permet pas cette action. Revenez à la page précédente et recommencez depuis son formulaire.',
        en: 'This address does not support that action. Go back to the previous page and start again from its form.',
      },
    ],
  });
}

export function forbidden(c: WebContext) {
  return answerErrorPage(c, {
    status: 403,
    title: { fr: 'Page réservée à un autre rôle', en: 'Page reserved for another role' },
    text: [
      {
        fr: 'Votre compte ne donne pas accès à cette page. Si vous en avez besoin, demandez ce rôle à l’équipe d’exploitation.',
        en: 'You do not have access to this page. If you need it, ask the operations team for the role.',
      },
      ...entriesNotice(c),
    ],
  });
}

/** The most entries given back: more than any of our forms has. */
const mostEntries = 200;

/** Entries of a refused form, so that the person can copy them. */
export function entriesOf(c: WebContext): Html {
  const form = c.get('form');
  const view = c.get('view');
  const entries = (form?.names() ?? []).flatMap((name) =>
    (form?.all(name) ?? []).filter((value) => value !== ''),
  );
  const shown = entries.slice(0, mostEntries);
  if (entries.length === 0) return nothing;
  return html`<h2>${view.t({ fr: 'Vos saisies, à recopier', en: 'Your entries, for you to copy' })}</h2><ul>${shown.map((value) => html`<li>${value}</li>`)}</ul>`;
}

export function sessionEnded(c: WebContext, kind: 'customer' | 'staff') {
  const view = c.get('view');
  return answerErrorPage(c, {
    status: 401,
    title: { fr: 'Votre session a expiré', en: 'Your session has expired' },
    text: [
      notSaved,
      kind === 'staff'
        ? {
            fr: 'Reconnectez-vous, puis recommencez cette action.',
            en: 'Sign in again, then repeat this action.',
          }
        : {
            fr: 'Ouvrez de nouveau le lien personnel reçu par courriel : vous retrouverez les pages déjà enregistrées.',
            en: 'Open the personal link in our email again: the pages you saved are still there.',
          },
    ],
    more: html`<p>${kind === 'staff' ? linkButton(view, '/sign-in', { fr: 'Se connecter', en: 'Sign in' }) : newLinkButton(view)}</p>${entriesOf(c)}`,
    home: false,
  });
}

export function linkNeeded(c: WebContext) {
  return answerErrorPage(c, {
    status: 401,
    title: { fr: 'Ouvrez votre lien personnel', en: 'Open your personal link' },
    text: [
      {
        fr: 'Pour ouvrir cette page, utilisez le lien personnel contenu dans nos courriels : le plus récent qui en contient un est le bon. Vous pouvez l’ouvrir autant de fois que nécessaire. Si votre dossier est clos, ce même lien l’ouvre encore en lecture, tant que vos données sont conservées.',
        en: 'Open this page with the personal link in our emails: the newest one that has a link is the right one. You can use the link as often as you need. If your onboarding is closed, the same link still opens it to read, for as long as your data is kept.',
      },
      {
        fr: 'Vous ne le retrouvez pas ? Demandez-le de nouveau, ou écrivez à l’adresse ci-dessous en rappelant la référence indiquée dans nos courriels.',
        en: 'Can’t find it? Ask for it again, or write to the address below and quote the reference in our emails.',
      },
    ],
    more: html`<p>${newLinkButton(c.get('view'))}</p>`,
    home: false,
  });
}

/** What is left once the data of an onboarding is erased. */
export function nothingKept(c: WebContext) {
  return answerErrorPage(c, {
    status: 410,
    title: {
      fr: 'Les données de ce dossier ont été effacées',
      en: 'The data of this onboarding has been erased',
    },
    text: [
      {
        fr: 'Ce dossier est clos et ses données personnelles ont été effacées : nous ne conservons plus ni vos réponses, ni vos coordonnées, ni ce lien ; la suppression s’achève sous deux jours si elle vient d’être décidée.',
        en: 'This onboarding is closed and its personal data has been erased: we keep neither your answers, nor your contact details, nor this link; if this has just been decided, the deletion is completed within two days.',
      },
      {
        fr: 'Pour une question ou une nouvelle demande, écrivez à l’adresse ci-dessous.',
        en: 'For any questions or a new request, write to the address below.',
      },
    ],
    home: false,
  });
}

/** A form from another site, or from another session. */
export function foreignForm(c: WebContext) {
  return answerErrorPage(c, {
    status: 403,
    title: { fr: 'Formulaire non reconnu', en: 'Form not recognised' },
    text: [
      notSaved,
      {
        fr: 'Nous n’avons pas pu vérifier que ce formulaire vient de notre site. Revenez à la page précédente, rechargez-la, puis recommencez. Si le problème persiste, essayez avec un navigateur à jour.',
        en: 'We could not verify that this form came from our site. Go back to the previous page, reload it, then try again. If the problem persists, try an up-to-date browser.',
      },
    ],
    more: entriesOf(c),
  });
}

export function tooLarge(c: WebContext) {
  return answerErrorPage(c, {
    status: 413,
    title: { fr: 'Envoi trop volumineux', en: 'Form too large' },
    text: [
      notSaved,
      {
        fr: `Le formulaire dépasse la taille acceptée : 1 Mio et ${formatNumber(mostFields, 'fr')} champs. Raccourcissez le texte.`,
        en: `The form exceeds the maximum size of 1 MiB and ${formatNumber(mostFields, 'en')} fields. Shorten the text.`,
      },
    ],
  });
}

export function notAForm(c: WebContext) {
  return answerErrorPage(c, {
    status: 415,
    title: { fr: 'Envoi illisible', en: 'Unreadable form' },
    text: [
      notSaved,
      {
        fr: 'Cette adresse n’accepte que les formulaires de ce site. Les programmes utilisent l’API, sous /api.',
        en: 'This address accepts only forms from this site. Programs use the API under /api.',
      },
    ],
  });
}

function refused(c: WebContext, error: BusinessError) {
  return answerErrorPage(c, {
    status: 409,
    title: { fr: 'Action impossible pour le moment', en: 'Not possible at the moment' },
    text: [error.text, ...entriesNotice(c)],
  });
}

const unreadableTexts = {
  onboarding: {
    title: { fr: 'Dossier momentanément illisible', en: 'Onboarding temporarily unreadable' },
    text: {
      fr: 'Ce dossier a été enregistré par une autre version du service, que celle-ci ne sait pas lire. Rien n’est perdu et l’exploitation en est informée. Réessayez plus tard.',
      en: 'This onboarding was saved by another version of the service, which this one cannot read. Nothing is lost and operations have been notified. Try again later.',
    },
  },
  wave: {
    title: { fr: 'Vague momentanément illisible', en: 'Wave temporarily unreadable' },
    text: {
      fr: 'Cette vague a été enregistrée par une autre version du service, que celle-ci ne sait pas lire. Rien n’est perdu et l’exploitation en est informée. Réessayez plus tard.',
      en: 'This wave was saved by another version of the service, which this one cannot read. Nothing is lost and operations have been notified. Try again later.',
    },
  },
};

/** An item was written by another release: while one is deployed, or after it was taken back. */
function unreadable(c: WebContext, { isWave }: UnreadableItemError) {
  const { title, text } = unreadableTexts[isWave ? 'wave' : 'onboarding'];
  return answerErrorPage(c, {
    status: 503,
    title,
    text: [text, ...entriesNotice(c)],
    more: entriesOf(c),
  });
}

const failures = {
  500: { fr: 'Un problème est survenu de notre côté', en: 'Something went wrong on our side' },
  503: { fr: 'Le service ne répond pas pour le moment', en: 'The service does not answer for the moment' },
} as const satisfies Readonly<Record<number, Text>>;

function failed(c: WebContext, status: keyof typeof failures) {
  const posted = c.req.method === 'POST';
  if (status === 503) c.header('Retry-After', '5');
  return answerErrorPage(c, {
    status,
    title: failures[status],
    text: [
      posted
        ? {
            fr: 'Nous ne savons pas si votre dernier envoi a été enregistré ; ce qui avait été enregistré auparavant est conservé. Revenez à la page précédente, rechargez-la et vérifiez avant de recommencer.',
            en: 'We do not know whether your last entry was saved; everything you saved before is intact. Go back to the previous page, reload it and check before you try again.',
          }
        : {
            fr: 'La page n’a pas pu être affichée. Rien n’a été perdu. Réessayez dans quelques minutes.',
            en: 'The page could not be displayed. Nothing was lost. Try again in a few minutes.',
          },
    ],
    more: posted ? entriesOf(c) : nothing,
  });
}

const missing = [OnboardingNotFoundError, WaveNotFoundError, TaskNotFoundError] as const;

/** Answers an exception with a page. Logs only the error's name, because messages may quote what a person typed. */
export function errorPage(logger: Logger) {
  return (error: Error, c: WebContext) => {
    if (missing.some((kind) => error instanceof kind)) return notFound(c);
    if (error instanceof BusinessError) return refused(c, error);
    if (error instanceof UnreadableItemError) return unreadable(c, error);
    logger.log('page_failed', { error: errorName(error) });
    return failed(c, isUnavailable(error) ? 503 : 500);
  };
}
