import { failureTexts } from '../../domain/onboarding/failure-texts.ts';
import { failureClasses, failureLabels } from '../../domain/onboarding/failures.ts';
import type { Text } from '../../domain/text.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { html } from '../shared/layout/html.ts';

const title: Text = { fr: 'Quand une exécution échoue', en: 'When a run fails' };

/** Every kind of failure: what it means, what to do, where to look. */
export function showFailures(c: WebContext): Response | Promise<Response> {
  const view = c.get('view');
  return answerPage(c, {
    title,
    back: { path: '/operations', label: { fr: 'À traiter', en: 'To do' } },
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: 'La page du dossier nomme l’une de ces causes. Le dossier garde son étape et ses réponses ; reprendre l’exécution ne refait rien de ce qui est fait.',
      en: 'The page of the onboarding names one of these causes. The onboarding keeps its stage and its answers; resuming the run repeats nothing that is done.',
    })}</p>
${failureClasses.map((failure) => {
  const { means, next, cause } = failureTexts[failure];
  return html`<h2 id="${failure}">${view.t(failureLabels[failure])}</h2>
<p>${view.t(means)}</p>
<p><strong>${view.t(next)}</strong></p>
<p>${view.t(cause)}</p>`;
})}`,
  });
}
