import type { decisionsForTwo } from '../../application/decide-review.ts';
import { waitingApproval } from '../../domain/onboarding/approvals.ts';
import { ifNotMoved } from '../../domain/onboarding/group-moves.ts';
import type { ReviewKind } from '../../domain/onboarding/lifecycle.ts';
import type { Approval, Snapshot } from '../../domain/onboarding/state.ts';
import { whyTwoPeople } from '../../domain/onboarding/transitions/approvals.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebContext } from '../shared/http/web-app.ts';
import { type Button, linkButton } from '../shared/layout/components.ts';
import { limitText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { approvalsPath, askerText, isOwn } from './approvals-link.ts';
import { decisionLabel } from './decisions.ts';

/** Sends the decision as a request for a second person. */
export const askForTwo: Button = {
  label: { fr: 'Demander l’accord d’une seconde personne', en: 'Ask for a second person’s agreement' },
  look: 'second',
  name: 'approval',
  value: 'yes',
};

/** Says, above the buttons, which decisions take two people and why. */
export function forTwoText(
  view: View,
  review: ReviewKind,
  forTwo: Awaited<ReturnType<typeof decisionsForTwo>>,
): Html {
  return html`${forTwo.map(({ kind, ...against }) => {
    const decision = view.t(decisionLabel(review, kind));
    const why = view.t(whyTwoPeople(kind, against));
    return html`<p>${view.t({
      fr: `« ${decision} » : cette décision demande l’accord d’une seconde personne. ${why} Le second bouton enregistre la demande.`,
      en: `“${decision}”: this decision needs the agreement of a second person. ${why} The second button records the request.`,
    })}</p>`;
  })}`;
}

/** What silence about a request means. */
function withoutAnswer({ kind, group }: Approval): Text {
  if (group !== undefined) {
    return { fr: `sans réponse, ${ifNotMoved.fr}`, en: `without an answer, ${ifNotMoved.en}` };
  }
  if (kind === 'move') {
    return {
      fr: 'sans réponse, le client garde sa place',
      en: 'without an answer, the customer keeps its place',
    };
  }
  return kind === 'go'
    ? {
        fr: 'sans autre décision à cette heure, c’est un no-go',
        en: 'without another decision by then, it is a no-go',
      }
    : {
        fr: 'sans réponse, la revue reste à décider',
        en: 'without an answer, the review is still to be decided',
      };
}

/** The request that waits on an onboarding, with the way to answer it; nothing without one. */
export function waitingCall(c: WebContext, { clock }: WebDependencies, now: Snapshot): Html {
  const view = c.get('view');
  const approval = waitingApproval(now, clock.now());
  if (approval === undefined) return nothing;
  const { id, review, decision, by, until } = approval;
  const [what, who, limit] = [
    view.t(decisionLabel(review, decision)),
    askerText(view, by),
    limitText(view, until),
  ];
  const own = isOwn(c, approval);
  return html`<div class="next"><h2>${view.t({ fr: 'Accord d’une seconde personne demandé', en: 'A second person is asked to agree' })}</h2>
<p>${view.t({
    fr: `Décision demandée par ${who} : « ${what} ». ${own ? 'Une autre personne de l’exploitation doit' : 'Vous pouvez'} répondre ${limit} ; ${view.t(withoutAnswer(approval))}.`,
    en: `Decision asked for by ${who}: “${what}”. ${own ? 'Another operator has to' : 'You can'} answer ${limit}; ${view.t(withoutAnswer(approval))}.`,
  })}</p>
<p>${linkButton(view, `${approvalsPath}/${id}`, own ? { fr: 'Voir la demande', en: 'View the request' } : { fr: 'Répondre', en: 'Answer' })}</p></div>`;
}
