import { BusinessError, OnboardingNotFoundError, WaveNotFoundError } from '../../../domain/errors.ts';
import type { Text } from '../../../domain/text.ts';
import { errorName, type Logger } from '../../../platform/log.ts';
import { linkButton } from '../layout/components.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { answerPage, type WebContext } from './web-app.ts';

/** What went wrong, what became of what was entered, and how to go on. */
interface Trouble {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 500;
  readonly title: Text;
  readonly text: readonly Text[];
  readonly more?: Html;
  readonly home?: boolean;
}

function answerTrouble(c: WebContext, { status, title, text, more, home }: Trouble) {
  const view = c.get('view');
  const way =
    home === false
      ? nothing
      : html`<p>${linkButton(view, '/', { fr: 'Revenir à l’accueil', en: 'Back to the home page' }, 'second')}</p>`;
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1>${text.map((line) => html`<p>${view.t(line)}</p>`)}${more ?? nothing}${way}`,
    },
    status,
  );
}

const notSaved: Text = {
  fr: 'Rien de ce que vous venez de saisir n’a été enregistré. Ce qui l’était avant est intact.',
  en: 'Nothing of what you have just entered was saved. What was saved before is intact.',
};

/** Says that nothing is lost to those who had sent something. */
function ofEntries(c: WebContext): readonly Text[] {
  return c.req.method === 'POST' ? [notSaved] : [];
}

/** The same words whether a page, a file or somebody else's onboarding is meant. */
export function notFound(c: WebContext) {
  return answerTrouble(c, {
    status: 404,
    title: { fr: 'Page introuvable', en: 'Page not found' },
    text: [
      {
        fr: 'Cette page n’existe pas, ou n’est pas accessible avec votre compte. Vérifiez l’adresse ou la référence.',
        en: 'This page does not exist, or your account does not open it. Check the address or the reference.',
      },
      ...ofEntries(c),
    ],
  });
}

export function methodNotAllowed(c: WebContext, allowed: readonly string[]) {
  c.header('Allow', allowed.includes('GET') ? ['HEAD', ...allowed].join(', ') : allowed.join(', '));
  return answerTrouble(c, {
    status: 405,
    title: { fr: 'Action impossible à cette adresse', en: 'Not possible at this address' },
    text: [
      {
        fr: 'Cette adresse ne s’emploie pas ainsi. Revenez à la page précédente et recommencez depuis son formulaire.',
        en: 'This address is not used this way. Go back to the page before and start again from its form.',
      },
    ],
  });
}

export function forbidden(c: WebContext) {
  return answerTrouble(c, {
    status: 403,
    title: { fr: 'Page réservée à un autre rôle', en: 'Page for another role' },
    text: [
      {
        fr: 'Votre compte n’ouvre pas cette page. Si vous en avez besoin, demandez ce rôle à l’équipe d’exploitation.',
        en: 'Your account does not open this page. If you need it, ask the operations team for the role.',
      },
      ...ofEntries(c),
    ],
  });
}

/** Entries of a form that could not be taken, so that the person can copy them. */
function entriesOf(c: WebContext): Html {
  const form = c.get('form');
  const view = c.get('view');
  const entries = (form?.names() ?? []).flatMap((name) =>
    (form?.all(name) ?? []).filter((value) => value !== ''),
  );
  if (entries.length === 0) return nothing;
  return html`<h2>${view.t({ fr: 'Vos saisies, à recopier', en: 'Your entries, to copy' })}</h2><ul>${entries.map((value) => html`<li>${value}</li>`)}</ul>`;
}

export function sessionEnded(c: WebContext, kind: 'customer' | 'staff') {
  const view = c.get('view');
  return answerTrouble(c, {
    status: 401,
    title: { fr: 'Votre session a pris fin', en: 'Your session has ended' },
    text: [
      notSaved,
      kind === 'staff'
        ? {
            fr: 'Reconnectez-vous, puis recommencez cette action.',
            en: 'Sign in again, then repeat this action.',
          }
        : {
            fr: 'Ouvrez de nouveau le lien personnel reçu par courriel : vous retrouverez les pages déjà enregistrées.',
            en: 'Open the personal link you received by mail again: you will find the pages you saved before.',
          },
    ],
    more: html`${kind === 'staff' ? html`<p>${linkButton(view, '/sign-in', { fr: 'Se connecter', en: 'Sign in' })}</p>` : nothing}${entriesOf(c)}`,
    home: false,
  });
}

export function linkNeeded(c: WebContext) {
  return answerTrouble(c, {
    status: 401,
    title: { fr: 'Ouvrez votre lien personnel', en: 'Open your personal link' },
    text: [
      {
        fr: 'Cette page s’ouvre par le lien personnel du dernier courriel que vous avez reçu de nous. Il sert autant de fois que nécessaire.',
        en: 'This page opens by the personal link in the last mail you received from us. It may be used as often as you need.',
      },
      {
        fr: 'Vous ne le retrouvez pas ? Demandez à votre interlocuteur commercial de le renvoyer.',
        en: 'You cannot find it? Ask your sales contact to send it again.',
      },
    ],
    home: false,
  });
}

/** A form that does not come from a page of ours, or of this session. */
export function foreignForm(c: WebContext) {
  return answerTrouble(c, {
    status: 403,
    title: { fr: 'Formulaire non reconnu', en: 'Form not recognised' },
    text: [
      notSaved,
      {
        fr: 'Nous n’avons pas pu vérifier que ce formulaire vient de notre site. Revenez à la page précédente, rechargez-la, puis recommencez. Si cela se reproduit, essayez avec un navigateur à jour.',
        en: 'We could not verify that this form comes from our site. Go back to the page before, reload it, then try again. If it happens again, try an up-to-date browser.',
      },
    ],
    more: entriesOf(c),
  });
}

export function tooLarge(c: WebContext) {
  return answerTrouble(c, {
    status: 413,
    title: { fr: 'Envoi trop volumineux', en: 'Too much was sent' },
    text: [
      notSaved,
      {
        fr: 'Le formulaire ou le fichier dépasse la taille acceptée. Raccourcissez le texte, ou partagez le fichier en plusieurs.',
        en: 'The form or the file is larger than we accept. Shorten the text, or split the file.',
      },
    ],
  });
}

export function notAForm(c: WebContext) {
  return answerTrouble(c, {
    status: 415,
    title: { fr: 'Envoi illisible', en: 'Unreadable form' },
    text: [
      notSaved,
      {
        fr: 'Cette adresse n’accepte que ce qu’envoient les formulaires de ce site. Un programme emploie l’interface /api.',
        en: 'This address accepts only what the forms of this site send. Programs use the interface under /api.',
      },
    ],
  });
}

/** What was asked cannot be done now, for a reason that the person can understand. */
function refused(c: WebContext, error: BusinessError) {
  return answerTrouble(c, {
    status: 409,
    title: { fr: 'Action impossible pour le moment', en: 'Not possible at the moment' },
    text: [error.text, ...ofEntries(c)],
  });
}

function failed(c: WebContext) {
  const posted = c.req.method === 'POST';
  return answerTrouble(c, {
    status: 500,
    title: { fr: 'Un problème est survenu de notre côté', en: 'Something went wrong on our side' },
    text: [
      posted
        ? {
            fr: 'Nous ne savons pas si votre dernier envoi a été enregistré ; ce qui l’était avant est intact. Revenez à la page précédente, rechargez-la et vérifiez avant de recommencer.',
            en: 'We do not know whether your last entry was saved; what was saved before is intact. Go back to the page before, reload it and check before you try again.',
          }
        : {
            fr: 'La page n’a pas pu être préparée. Rien n’a été perdu. Réessayez dans quelques minutes.',
            en: 'The page could not be made. Nothing was lost. Try again in a few minutes.',
          },
    ],
    more: posted ? entriesOf(c) : nothing,
  });
}

/** Turns what a page threw into a page; only the error's name is logged, as messages may quote what a person typed. */
export function troublePage(logger: Logger) {
  return (error: Error, c: WebContext) => {
    if (error instanceof OnboardingNotFoundError || error instanceof WaveNotFoundError) return notFound(c);
    if (error instanceof BusinessError) return refused(c, error);
    logger.log('page_failed', { error: errorName(error) });
    return failed(c);
  };
}
