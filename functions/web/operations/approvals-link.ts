import type { Actor } from '../../domain/onboarding/actor.ts';
import type { Approval } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import type { WebContext } from '../shared/http/web-app.ts';
import type { View } from '../shared/layout/view.ts';
import { staffOf } from '../shared/session/access.ts';

export const approvalsPath = '/operations/approvals';
export const approvalsTitle: Text = { fr: 'Accords d’une seconde personne', en: 'Second-person approvals' };

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
