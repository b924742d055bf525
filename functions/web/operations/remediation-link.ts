import { remediationLabels } from '../../domain/onboarding/remediation.ts';
import { remediationTasks } from '../../domain/onboarding/remediation-tasks.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

/** To the remediation tasks that were recorded as done: those that are open are on the page of the wave. */
export function remediationLinks(view: View, { reference, remediated = {} }: OnboardingState): Html {
  const done = remediationTasks.filter((task) => remediated[task] !== undefined);
  return html`${done.map(
    (task) =>
      html`<p><a href="${view.href(`/operations/${reference}/remediation/${task}`)}">${view.t(remediationLabels[task])}</a> ${view.t({ fr: '(enregistrée comme faite)', en: '(recorded as done)' })}</p>`,
  )}`;
}
