import { BusinessError } from '../../domain/errors.ts';
import type { Text } from '../../domain/text.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { linkButton } from '../shared/layout/components.ts';
import { html } from '../shared/layout/html.ts';

/** What the customer asked for cannot be done any more, or not yet: why, and where to see how things stand. */
export function refusalPage(c: WebContext, title: Text, reasons: readonly Text[]) {
  const view = c.get('view');
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1>
${reasons.map((reason) => html`<p>${view.t(reason)}</p>`)}
<p>${linkButton(view, '/status', { fr: 'Voir où en est votre dossier', en: 'See where your file stands' })}</p>`,
    },
    409,
  );
}

/** Does what a customer decided and leads on; a refusal that people can understand becomes a page. */
export async function actOrExplain(
  c: WebContext,
  title: Text,
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    return refusalPage(c, title, [error.text]);
  }
}
