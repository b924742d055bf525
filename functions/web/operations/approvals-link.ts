import { waitingApprovals } from '../../application/waiting-approvals.ts';
import type { Actor } from '../../domain/onboarding/actor.ts';
import type { Approval } from '../../domain/onboarding/state.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebContext } from '../shared/http/web-app.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { staffOf } from '../shared/session/access.ts';

export const approvalsPath = '/operations/approvals';

/** True for a request that the person made, who therefore does not answer it. */
export function isOwn(c: WebContext, { by }: Approval): boolean {
  return by.id === staffOf(c).subject;
}

/** Who asked, as the history shows it. */
export function askerText(view: View, { kind, id }: Actor): string {
  if (kind === 'system') return view.t({ fr: 'La plateforme', en: 'The platform' });
  const label =
    kind === 'machine' ? { fr: 'Client d’API', en: 'API client' } : { fr: 'Exploitation', en: 'Operator' };
  return `${view.t(label)} ${id}`;
}

/** The page of the moves that keep a group in order. */
export function moveSetPath(id: string): string {
  return `${approvalsPath}/groups/${id}`;
}

/** The link to the list, with the number of requests that wait for this person. */
export async function approvalsLink(c: WebContext, deps: WebDependencies): Promise<Html> {
  const view = c.get('view');
  const { waiting } = await waitingApprovals(deps);
  const mine = waiting.filter(({ approval }) => !isOwn(c, approval));
  // The moves of a group are answered together.
  const { size: count } = new Set(mine.map(({ approval: { id, group } }) => group?.set ?? id));
  return html`<p><a href="${view.href(approvalsPath)}">${view.t({ fr: 'Décisions qui attendent votre accord', en: 'Decisions that wait for your agreement' })} (${count})</a></p>`;
}
