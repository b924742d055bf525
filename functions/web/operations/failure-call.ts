import { executionName } from '../../domain/onboarding/execution-name.ts';
import { failureTexts } from '../../domain/onboarding/failure-texts.ts';
import { failureClassOf, failureLabels } from '../../domain/onboarding/failures.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { midSentence } from '../../domain/text.ts';
import { linkButton, noValue, summaryList } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { failurePath } from './failure-path.ts';

/** Explains a failed run at the top of its onboarding's page: of what kind, who acts next, and what engineers ask for. */
export function failureCall(view: View, { reference, run }: OnboardingState): Html {
  const failure = failureClassOf(run);
  const { means, next, resumesAtOnce } = failureTexts[failure];
  const label = midSentence(failureLabels[failure]);
  return html`<div class="next"><h2>${view.t({ fr: `Exécution en échec : ${label.fr}`, en: `Failed run: ${label.en}` })}</h2>
<p>${view.t(means)} ${view.t({
    fr: 'Rien de ce qui est enregistré n’est perdu.',
    en: 'Nothing that was recorded is lost.',
  })}</p>
<p><strong>${view.t(next)}</strong></p>
<p><a href="${view.href(failurePath(failure))}">${view.t({ fr: 'Où regarder, et quand la cause est levée', en: 'Where to look, and when the cause is gone' })}</a></p>
<details><summary>${view.t({ fr: 'Pour l’équipe technique', en: 'For engineers' })}</summary>${summaryList(
    view,
    [
      {
        key: { fr: 'Erreur', en: 'Error' },
        value: run.error === undefined ? noValue : html`<span class="code">${run.error}</span>`,
      },
      {
        key: { fr: 'Échec constaté', en: 'Failed at' },
        value: run.failedAt === undefined ? noValue : instantText(view, run.failedAt),
      },
      {
        key: { fr: 'Nom dans Step Functions', en: 'Name in Step Functions' },
        value: html`<span class="code">${executionName(reference, run.number)}</span>`,
      },
      { key: { fr: 'Relances', en: 'Redrives' }, value: String(run.redriveCount) },
    ],
  )}</details>
<p>${linkButton(view, `/operations/${reference}/resumption`, { fr: 'Reprendre l’exécution', en: 'Resume the run' }, resumesAtOnce ? undefined : 'second')}</p></div>`;
}
