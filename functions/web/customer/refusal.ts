import { BusinessError } from '../../domain/errors.ts';
import type { Text } from '../../domain/text.ts';
import { statusOfTooOften } from '../shared/http/too-often.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { linkButton } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';

/** To the status of the onboarding; from an interview to its page for operators. */
function wayOut(c: WebContext): Html {
  const [view, held] = [c.get('view'), c.get('interview')];
  return held === undefined
    ? linkButton(view, '/status', {
        fr: 'Voir où en est votre dossier',
        en: 'View the status of your onboarding',
      })
    : linkButton(view, `/operations/${held.now.state.reference}`, {
        fr: 'Voir le dossier',
        en: 'View the onboarding',
      });
}

/** Explains why a request is no longer possible, or not yet, and links to the status; `more` comes below the reasons. */
export function refusalPage(
  c: WebContext,
  title: Text,
  reasons: readonly Text[],
  more: Html = nothing,
  status: 409 | 429 = 409,
) {
  const view = c.get('view');
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1>
${reasons.map((reason) => html`<p>${view.t(reason)}</p>`)}
${more}
<p>${wayOut(c)}</p>`,
    },
    status,
  );
}

/** The same for a refusal of the business: what was asked for too often is possible later, and says when. */
export function refusalOf(c: WebContext, title: Text, error: BusinessError): Response | Promise<Response> {
  return refusalPage(c, title, [error.text], nothing, statusOfTooOften(c, error));
}

/** Carries out a customer's decision and leads on; a business refusal becomes a page. */
export async function actOrExplain(
  c: WebContext,
  title: Text,
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    return refusalOf(c, title, error);
  }
}
