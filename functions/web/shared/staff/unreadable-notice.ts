import { type Html, html, nothing } from '../layout/html.ts';
import type { View } from '../layout/view.ts';

/** The most references that are named. */
const mostNamed = 20;

/** Names what a list leaves out because another release of the service has saved it. */
export function unreadableNotice(view: View, references: readonly string[]): Html {
  const distinct = [...new Set(references)];
  if (distinct.length === 0) return nothing;
  const named = distinct.slice(0, mostNamed).join(', ');
  const listed = distinct.length > mostNamed ? `${named}, …` : named;
  return html`<p>${view.t({
    fr: `Enregistrés par une autre version du service et illisibles par celle-ci (${distinct.length}) : `,
    en: `Saved by another version of the service and unreadable by this one (${distinct.length}): `,
  })}<span class="code">${listed}</span></p>`;
}
