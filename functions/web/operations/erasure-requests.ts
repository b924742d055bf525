import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { erasuresAsked, erasuresTitle } from './erasures-asked.ts';

const path = '/operations/erasure-requests';

/** The link to the list, when someone waits for a decision. */
export async function erasureRequestsLink(view: View, { store }: WebDependencies): Promise<Html> {
  const { length } = await erasuresAsked(store);
  if (length === 0) return nothing;
  return html`<p><a href="${view.href(path)}">${view.t(erasuresTitle)} (${length})</a></p>`;
}

/** Loaded when it is asked for: few customers ask for an erasure. */
const loadPage = () => import('./erasure-requests-page.ts');

export function registerErasureRequests(app: WebApp, deps: WebDependencies): void {
  app.get(path, async (c) => (await loadPage()).showErasureRequests(c, deps));
}
