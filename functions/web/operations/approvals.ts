import { organisationName } from '../../domain/intake/scope-names.ts';
import type { Actor } from '../../domain/onboarding/actor.ts';
import { isPastLimit } from '../../domain/onboarding/approvals.ts';
import type { Approval } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import type { ApprovalOf } from '../../store/approvals.ts';
import { eachPage } from '../../store/table.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { staffOf } from '../shared/session/access.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { decisionLabel } from './decisions.ts';

export const approvalsPath = '/operations/approvals';

const pageSize = 100;
/** More than these are not shown: they are answered, or lapse, within a week. */
const pagesAtMost = 3;

/** The requests that someone may still answer, the first to lapse first. */
async function waitingNow({ store, clock }: WebDependencies) {
  const at = clock.now();
  const found: ApprovalOf[] = [];
  const left: string[] = [];
  const pages = eachPage((page) => store.approvals.waiting({ limit: pageSize, ...page }), {
    most: pagesAtMost,
  });
  for await (const { items, unreadable = [] } of pages) {
    found.push(...items.filter(({ approval }) => !isPastLimit(approval, at)));
    left.push(...unreadable);
  }
  return { waiting: found, unreadable: left };
}

/** True for a request that the person made, who therefore does not answer it. */
export function isOwn(c: WebContext, { by }: Approval): boolean {
  return by.id === staffOf(c).subject;
}

/** Who asked, as the history shows it. */
export function askerText(view: View, { kind, id }: Actor): string {
  const label =
    kind === 'machine' ? { fr: 'Client d’API', en: 'API client' } : { fr: 'Exploitation', en: 'Operator' };
  return `${view.t(label)} ${id}`;
}

/** The link to the list, with the number of requests that wait for this person. */
export async function approvalsLink(c: WebContext, deps: WebDependencies): Promise<Html> {
  const view = c.get('view');
  const mine = (await waitingNow(deps)).waiting.filter(({ approval }) => !isOwn(c, approval));
  return html`<p><a href="${view.href(approvalsPath)}">${view.t({ fr: 'Décisions qui attendent votre accord', en: 'Decisions that wait for your agreement' })} (${mine.length})</a></p>`;
}

function requests(view: View, caption: Text, rows: readonly ApprovalOf[]): Html {
  if (rows.length === 0) {
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

const title: Text = { fr: 'Accords d’une seconde personne', en: 'Second-person approvals' };

/** The list of what waits for the person, and of what they have asked for. */
export function registerApprovals(app: WebApp, deps: WebDependencies): void {
  app.get(approvalsPath, async (c) => {
    const view = c.get('view');
    const { waiting, unreadable } = await waitingNow(deps);
    return answerPage(c, {
      title,
      back: { path: '/operations', label: { fr: 'À traiter', en: 'Needs attention' } },
      body: html`<h1>${view.t(title)}</h1>${unreadableNotice(view, unreadable)}
<p>${view.t({
        fr: 'Certaines décisions demandent l’accord d’une personne autre que celle qui les propose. Sans réponse dans le délai, la demande est caduque et la revue reste à décider ; pour une décision de bascule, c’est un no-go.',
        en: 'Some decisions need the agreement of someone other than the person who proposes them. Without an answer in time, the request lapses and the review is still to be decided; a go/no-go is then a no-go.',
      })}</p>
${requests(
  view,
  { fr: 'Attendent votre réponse', en: 'Waiting for your answer' },
  waiting.filter(({ approval }) => !isOwn(c, approval)),
)}
${requests(
  view,
  { fr: 'Vos demandes, qui attendent une autre personne', en: 'Your requests, waiting for someone else' },
  waiting.filter(({ approval }) => isOwn(c, approval)),
)}`,
    });
  });
}
