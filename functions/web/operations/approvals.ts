import { type MoveSet, moveSetsOf, waitingApprovals } from '../../application/waiting-approvals.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { ifNotMoved, parseMoveSetId } from '../../domain/onboarding/group-moves.ts';
import type { Text } from '../../domain/text.ts';
import type { ApprovalOf } from '../../store/approvals.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { table } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { movesDeclined } from './approval-answer.ts';
import { approvalsPath, askerText, isOwn, moveSetPath, approvalsTitle as title } from './approvals-link.ts';
import { decisionLabel } from './decisions.ts';

/** @param besides other requests are listed above: none of these goes without saying */
function requests(view: View, caption: Text, rows: readonly ApprovalOf[], besides = false): Html {
  if (rows.length === 0) {
    if (besides) return nothing;
    return html`<p><strong>${view.t(caption)}</strong>${view.t({ fr: ' : aucune.', en: ': none.' })}</p>`;
  }
  return table(view, {
    caption,
    rows,
    even: true,
    columns: [
      {
        name: { fr: 'Organisme', en: 'Organisation' },
        cell: ({ state, approval }) =>
          html`<a href="${view.href(`${approvalsPath}/${approval.id}`)}">${organisationName(state)}</a>`,
      },
      {
        name: { fr: 'Référence', en: 'Reference' },
        cell: ({ state }) => html`<span class="code">${state.reference}</span>`,
      },
      {
        name: { fr: 'Décision demandée', en: 'Decision asked for' },
        cell: ({ approval }) => view.t(decisionLabel(approval.review, approval.decision)),
      },
      { name: { fr: 'Demandée par', en: 'Asked by' }, cell: ({ approval }) => askerText(view, approval.by) },
      {
        name: { fr: 'Accord possible jusqu’au', en: 'Agreement possible until' },
        cell: ({ approval }) => instantText(view, approval.until),
      },
    ],
  });
}

const flashes = {
  'moves-approved': {
    fr: 'Votre accord est enregistré : chaque client a sa nouvelle place et la reçoit par courriel, pour la confirmer.',
    en: 'Your agreement has been recorded: each customer has its new place and is sent it by email, to confirm it.',
  },
  'moves-declined': movesDeclined,
} as const;

/** Whose moves are proposed, to which date of the one they follow. */
function groups(view: View, sets: readonly MoveSet[]): Html {
  if (sets.length === 0) return nothing;
  const list = table(view, {
    caption: {
      fr: 'Groupes à garder dans l’ordre, qui attendent votre réponse',
      en: 'Groups to be kept in order, waiting for your answer',
    },
    rows: sets,
    even: true,
    columns: [
      {
        name: { fr: 'Déplacements proposés', en: 'Moves proposed' },
        cell: ({ id, moves }) =>
          html`<a href="${view.href(moveSetPath(id))}">${moves
            .map(({ state }) => organisationName(state))
            .slice(0, mostNames)
            .join(', ')}${moves.length > mostNames ? '…' : ''}</a>`,
      },
      { name: { fr: 'Clients', en: 'Customers' }, cell: ({ moves }) => moves.length, number: true },
      {
        name: { fr: 'Pour suivre', en: 'To follow' },
        cell: ({ id }) => {
          const { leader = '', date = '' } = parseMoveSetId(id) ?? {};
          return html`<span class="code">${leader}</span>, ${dayText(view, date)}`;
        },
      },
      {
        name: { fr: 'Accord possible jusqu’au', en: 'Agreement possible until' },
        cell: ({ moves }) =>
          instantText(view, moves.map(({ approval }) => approval.until).toSorted()[0] ?? ''),
      },
    ],
  });
  return html`${list}<p class="soft">${view.t({
    fr: `Proposés par la plateforme : vous pouvez répondre seul. Sans réponse, ${ifNotMoved.fr}.`,
    en: `Proposed by the platform: you can answer alone. Without an answer, ${ifNotMoved.en}.`,
  })}</p>`;
}

/** Organisations named in a row; the page of the set names all. */
const mostNames = 3;

/** The list of what waits for the person, and of what they have asked for. */
export function registerApprovals(app: WebApp, deps: WebDependencies): void {
  app.get(approvalsPath, async (c) => {
    const view = c.get('view');
    const { waiting: all, unreadable } = await waitingApprovals(deps);
    // The moves of a group are answered together.
    const waiting = all.filter(({ approval }) => approval.group === undefined);
    const sets = moveSetsOf(all);
    return answerPage(c, {
      title,
      back: { path: '/operations', label: { fr: 'À traiter', en: 'To do' } },
      flashes,
      body: html`<h1>${view.t(title)}</h1>${unreadableNotice(view, unreadable)}
<p>${view.t({
        fr: 'Certaines décisions demandent l’accord d’une personne autre que celle qui les propose. Sans réponse dans le délai, la demande est caduque : une revue reste à décider, un client garde sa place, une décision de bascule est un no-go.',
        en: 'Some decisions need the agreement of someone other than the person who proposes them. Without an answer in time, the request lapses: a review is still to be decided, a customer keeps its place, a go/no-go is a no-go.',
      })}</p>
${groups(view, sets)}
${requests(
  view,
  { fr: 'Attendent votre réponse', en: 'Waiting for your answer' },
  waiting.filter(({ approval }) => !isOwn(c, approval)),
  sets.length > 0,
)}
${requests(
  view,
  { fr: 'Vos demandes, qui attendent une autre personne', en: 'Your requests, waiting for someone else' },
  waiting.filter(({ approval }) => isOwn(c, approval)),
)}`,
    });
  });
}
