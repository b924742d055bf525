import { calendarDateOf } from '../../domain/calendar-date.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { reasonOf } from '../../domain/onboarding/outcome-reasons.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { type ServiceOrderEntry, whatSetsApart } from '../../domain/waves/order-of-service.ts';
import { rankedAs } from '../../domain/waves/rank.ts';
import type { Waiting } from '../../store/waiting-list.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { noValue, pagination, table } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { firstIfWrong } from '../shared/staff/read-list.ts';
import { tierText } from '../shared/staff/result.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';

/** Entries on a page, however many wait. */
const rowsAPage = 50;

const path = '/waves/waiting-list';
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
  /** Where the next page begins; undefined after the last one. */
  readonly next: string | undefined;
}

/** A page's cursor says how many are before it, which the list itself does not know: `50.<cursor of the table>`. */
function startOf(asked: string | undefined): {
  readonly before: number;
  readonly cursor: string | undefined;
} {
  const [, before, cursor] = /^(\d{1,7})\.(.+)$/.exec(asked ?? '') ?? [];
  return cursor === undefined ? { before: 0, cursor } : { before: Number(before), cursor };
}

async function readRows({ store }: WebDependencies, asked: string | undefined): Promise<Rows> {
  const start = startOf(asked);
  let before = 0;
  const { items, cursor } = await firstIfWrong(start.cursor, async (page) => {
    const found = await store.waitingList.page({ limit: rowsAPage, ...page });
    before = page.cursor === undefined ? 0 : start.before;
    return found;
  });
  const { items: states, unreadable = [] } = await store.lists.withReferences(
    items.map(({ reference }) => reference),
  );
  const byReference = new Map(states.map((state) => [state.reference, state]));
  return {
    rows: items.flatMap((waiting, index) => {
      const state = byReference.get(waiting.reference);
      if (state === undefined) return [];
      const [priority, rank = ''] = [waiting.rank.startsWith('0|'), waiting.rank.slice(2)];
      const entry = rankedAs(rank, waiting.reference);
      return [{ place: before + index + 1, waiting, state, priority, entry }];
    }),
    unreadable,
    next: cursor === undefined ? undefined : `${before + items.length}.${cursor}`,
  };
}

/** The criterion that puts an entry before the next one. */
function beforeNext(view: View, row: Row, next: Row | undefined, isLastPage: boolean): string {
  if (next === undefined) {
    return isLastPage ? view.t({ fr: 'dernier de la liste', en: 'last on the list' }) : noValue;
  }
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
  const { rows, unreadable, next } = await readRows(deps, c.req.query('cursor'));
  const content =
    rows.length === 0
      ? html`<p>${view.t({ fr: 'La liste d’attente est vide.', en: 'The waiting list is empty.' })}</p>`
      : table(view, {
          caption: { fr: 'Par ordre de priorité', en: 'In order of priority' },
          rows,
          columns: [
            {
              name: { fr: 'Rang', en: 'Position' },
              cell: ({ place, state }) =>
                html`${place}. <a href="${view.href(`/operations/${state.reference}`)}">${organisationName(state)}</a>`,
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
              cell: (row) => beforeNext(view, row, rows[rows.indexOf(row) + 1], next === undefined),
            },
          ],
        });
  return answerPage(c, {
    title,
    back: { path: '/waves' },
    body: html`<h1>${view.t(title)}</h1>${unreadableNotice(view, unreadable)}${content}
${pagination(view, { path, cursor: next })}`,
  });
}
