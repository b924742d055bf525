import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { whileAnswering } from './questionnaire-access.ts';

export const beforePath = '/questionnaire/before';

/** The way to the page before the first question. */
export function beforeLine(view: View): Html {
  return html`<p><a href="${view.href(beforePath)}">${view.t({ fr: 'Avant de répondre : qui lit vos réponses, où elles sont hébergées', en: 'Before you answer: who reads your answers, where they are hosted' })}</a></p>`;
}

/** The page before the first question. It is read once or twice, so its code is loaded then. */
export function registerBefore(app: WebApp, deps: WebDependencies): void {
  app.get(beforePath, requireCustomer, whileAnswering(deps), async (c) => {
    const [{ beforePage }, published] = await Promise.all([import('./before-page.ts'), deps.publication()]);
    return answerPage(c, beforePage(c.get('view'), customerOf(c), published));
  });
}
