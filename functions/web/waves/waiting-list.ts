import { calendarDateOf } from '../../domain/calendar-date.ts';
import { reasonOf } from '../../domain/onboarding/outcome-reasons.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { type ServiceOrderEntry, whatSetsApart } from '../../domain/waves/order-of-service.ts';
import { rankedAs } from '../../domain/waves/rank.ts';
import { unlessUnreadable } from '../../store/unreadable.ts';
import type { Waiting } from '../../store/waiting-list.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { noValue, table } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { tierText } from '../shared/staff/result.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';

/** Number of entries shown. */
const mostShown = 50;

const title: Text = { fr: 'Liste d’attente', en: 'Waiting list' };

interface Row {
  readonly place: number;
  readonly waiting: Waiting;
  readonly state: OnboardingState;
  /** Whether the platform removed the customer from a wave before: such customers come first. */
  readonly priority: boolean;
  readonly entry: ServiceOrderEntry | undefined;
}

interface Rows {
  readonly rows: readonly Row[];
  /** References of those that this release cannot read. */
  readonly unreadable: readonly string[];
}

async function readRows({ store }: WebDependencies): Promise<Rows> {
  const first = await store.waitingList.first(mostShown);
  const rows = await Promise.all(
    first.map(async (waiting, index) => {
      const found = await unlessUnreadable(() => store.onboardings.now(waiting.reference));
      if (found === undefined) return undefined;
      const { state } = found;
      const [priority, rank = ''] = [waiting.rank.startsWith('0|'), waiting.rank.slice(2)];
      return { place: index + 1, waiting, state, priority, entry: rankedAs(rank, waiting.reference) };
    }),
  );
  return {
    rows: rows.filter((row) => row !== undefined),
    unreadable: first.flatMap(({ reference }, index) => (rows[index] === undefined ? [reference] : [])),
  };
}

/** The criterion that puts an entry before the next one. */
function beforeNext(view: View, row: Row, next: Row | undefined): string {
  if (next === undefined) return view.t({ fr: 'dernier de la liste', en: 'last on the list' });
  if (row.priority !== next.priority) {
    return view.t({
      fr: 'priorité : retiré d’une vague par la plateforme',
      en: 'priority: removed from a wave by the platform',
    });
  }
  const apart =
    row.entry === undefined || next.entry === undefined ? undefined : whatSetsApart(row.entry, next.entry);
  return apart === undefined ? noValue : view.t(apart.label);
}

function reasonText(view: View, { state, waiting }: Row): string {
  if (waiting.offeredUntil !== undefined) {
    const until = instantText(view, waiting.offeredUntil);
    return view.t({ fr: `Place proposée jusqu’au ${until}`, en: `Place offered until ${until}` });
  }
  const reason = reasonOf(state);
  return reason === undefined ? noValue : view.t(reason);
}

/** The waiting list in order of priority, with the reason for waiting and the criterion of each position. */
export async function waitingListPage(c: WebContext, deps: WebDependencies) {
  const view = c.get('view');
  const { rows, unreadable } = await readRows(deps);
  const content =
    rows.length === 0
      ? html`<p>${view.t({ fr: 'La liste d’attente est vide.', en: 'The waiting list is empty.' })}</p>`
      : table(view, {
          caption: {
            fr: `Par ordre de priorité${rows.length === mostShown ? ` : les ${mostShown} premiers` : ''}`,
            en: `In order of priority${rows.length === mostShown ? `: the first ${mostShown}` : ''}`,
          },
          rows,
          columns: [
            {
              name: { fr: 'Rang', en: 'Position' },
              cell: ({ place, state }) =>
                html`${place}. <a href="${view.href(`/operations/${state.reference}`)}">${state.name}</a>`,
            },
            {
              name: { fr: 'Référence', en: 'Reference' },
              cell: ({ state }) => html`<span class="code">${state.reference}</span>`,
            },
            {
              name: { fr: 'Échéance du client', en: 'Customer’s deadline' },
              cell: ({ entry }) =>
                entry?.hardDeadline === undefined
                  ? view.t({ fr: 'aucune', en: 'none' })
                  : dayText(view, entry.hardDeadline),
            },
            { name: { fr: 'Niveau', en: 'Tier' }, cell: ({ state }) => tierText(view, state.tier) },
            {
              name: { fr: 'Demandé le', en: 'Requested on' },
              cell: ({ state }) => dayText(view, calendarDateOf(new Date(state.requestedAt))),
            },
            {
              name: { fr: 'Motif de l’attente', en: 'Reason for waiting' },
              cell: (row) => reasonText(view, row),
            },
            {
              name: { fr: 'Critère de priorité', en: 'Priority criterion' },
              cell: (row) => beforeNext(view, row, rows[rows.indexOf(row) + 1]),
            },
          ],
        });
  return answerPage(c, {
    title,
    back: { path: '/waves' },
    body: html`<h1>${view.t(title)}</h1>${unreadableNotice(view, unreadable)}${content}`,
  });
}
