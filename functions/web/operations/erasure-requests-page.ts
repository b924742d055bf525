import { organisationName } from '../../domain/intake/scope-names.ts';
import { unlessUnreadable } from '../../store/unreadable.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { erasuresAsked, erasuresTitle as title } from './erasures-asked.ts';

/** The customers who ask for their file to be erased, the first to be decided first. */
export async function showErasureRequests(c: WebContext, { store }: WebDependencies): Promise<Response> {
  const view = c.get('view');
  const found = await Promise.all(
    (await erasuresAsked(store)).map(async (reference) => ({
      reference,
      now: await unlessUnreadable(() => store.onboardings.now(reference)),
    })),
  );
  const rows = found.flatMap(({ now }) => (now === undefined ? [] : [now]));
  const unreadable = found.flatMap(({ reference, now }) => (now === undefined ? [reference] : []));
  const none =
    found.length === 0
      ? html`<p>${view.t({ fr: 'Aucun effacement n’attend de décision.', en: 'No erasure waits for a decision.' })}</p>`
      : nothing;
  return answerPage(c, {
    title,
    back: { path: '/operations', label: { fr: 'À traiter', en: 'Needs attention' } },
    body: html`<h1>${view.t(title)}</h1>${unreadableNotice(view, unreadable)}
${
  rows.length === 0
    ? none
    : table(view, {
        caption: {
          fr: 'Le délai de décision le plus proche d’abord',
          en: 'The nearest time limit for a decision first',
        },
        rows,
        columns: [
          {
            name: { fr: 'Organisme', en: 'Organisation' },
            cell: ({ state }) =>
              html`<a href="${view.href(`/operations/${state.reference}/erasure-decision`)}">${organisationName(state)}</a>`,
          },
          {
            name: { fr: 'Référence', en: 'Reference' },
            cell: ({ state }) => html`<span class="code">${state.reference}</span>`,
          },
          {
            name: { fr: 'Demandé le', en: 'Asked for on' },
            cell: ({ erasureRequest }) =>
              erasureRequest === undefined ? nothing : dayText(view, erasureRequest.askedAt),
          },
          {
            name: { fr: 'À décider au plus tard le', en: 'To be decided by' },
            cell: ({ erasureRequest }) =>
              erasureRequest === undefined ? nothing : dayText(view, erasureRequest.until),
          },
        ],
      })
}`,
  });
}
