import type { Text } from '../../domain/text.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { banner, linkButton } from '../shared/layout/components.ts';
import { html } from '../shared/layout/html.ts';
import { lostReason, lostText } from '../shared/layout/typed-text.ts';

interface TooLate {
  readonly title: Text;
  readonly reference: string;
  /** Why the decision or the answer no longer counts. */
  readonly text: Text;
  /** The reason that was entered. */
  readonly typed?: string | undefined;
}

/** What was to be decided or answered is over, or never was: the entered reason is shown for copying. */
export function tooLatePage(c: WebContext, { title, reference, text, typed }: TooLate) {
  const view = c.get('view');
  return answerPage(
    c,
    {
      title: { fr: `${title.fr} – ${reference}`, en: `${title.en} – ${reference}` },
      body: html`<h1>${view.t(title)}</h1>
${banner(view, view.t(text))}
${lostText(view, lostReason, typed)}
<p>${linkButton(view, `/operations/${reference}`, { fr: 'Voir le dossier', en: 'View the onboarding' })}</p>`,
    },
    409,
  );
}
