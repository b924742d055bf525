import type { FieldProblem } from '../../../domain/input/field-problem.ts';
import { type Html, html, nothing } from './html.ts';
import type { View } from './view.ts';

/** A problem of one field, shown with the same words in the summary and at the field. */
export type Problem = Pick<FieldProblem, 'field' | 'message'>;

/** The id of a field's first control, where the links of the error summary lead. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-+$/, '')}`;
}

/** The first problem of a field. */
export function problemOf(problems: readonly Problem[] | undefined, name: string): Problem | undefined {
  return problems?.find(({ field }) => field === name);
}

/** The most problems listed: more than a page has fields. */
const mostListed = 100;

/** The problems of a form, before anything else on the page; it takes the focus, without a script. */
export function errorSummary(view: View, problems: readonly Problem[]): Html {
  if (problems.length === 0) return nothing;
  return html`<div class="summary" role="alert" aria-labelledby="summary-title" tabindex="-1" autofocus>
<h2 id="summary-title">${view.t({ fr: 'Il y a un problème', en: 'There is a problem' })}</h2>
<ul>${problems.slice(0, mostListed).map(({ field, message }) => html`<li><a href="#${fieldId(field)}">${view.t(message)}</a></li>`)}</ul>
</div>`;
}
