import type { WorkRow } from '../../application/read-work.ts';
import { calendarDateOf, daysBetween } from '../../domain/calendar-date.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { failureLabels, failureOf } from '../../domain/onboarding/failures.ts';
import { lifecycle, reviewLabels } from '../../domain/onboarding/lifecycle.ts';
import { type WorkKind, workLabels } from '../../domain/onboarding/operator-work.ts';
import { whoseTurn } from '../../domain/onboarding/whose-turn.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { hour } from '../../domain/time.ts';
import { noValue, table, tag } from '../shared/layout/components.ts';
import { daysText, dayText, instantText } from '../shared/layout/dates.ts';
import { overdueLabel } from '../shared/layout/due-dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { partyLabels } from '../shared/layout/stage-tag.ts';
import type { View } from '../shared/layout/view.ts';
import { approvalsPath, moveSetPath } from './approvals-link.ts';

/** Where each kind of work is done. */
const pathOfKind: Readonly<Record<Exclude<WorkKind, 'approval'>, string>> = {
  failed_run: '',
  stuck: '',
  go_no_go: '/review',
  review: '/review',
  lapsed_go: '/review',
  blocked: '',
  cutover: '/cutover',
  erasure: '/erasure-decision',
};

function pathOf({ snapshot: { state, approval }, work: { kind } }: WorkRow): string {
  if (kind !== 'approval') return `/operations/${state.reference}${pathOfKind[kind]}`;
  if (approval === undefined) return approvalsPath;
  // The moves of a group are answered together.
  const { group, id } = approval;
  return group === undefined ? `${approvalsPath}/${id}` : moveSetPath(group.set);
}

/** What makes it work: the review that is open, what the run failed of, the stage it does not leave. */
function whyOf({ snapshot: { state, approval }, work: { kind } }: WorkRow): Text | undefined {
  const { run, reviewKind, stage } = state;
  switch (kind) {
    case 'failed_run': {
      const failure = failureOf(run);
      return failure === undefined ? undefined : failureLabels[failure];
    }
    case 'review':
      return reviewLabels[reviewKind ?? 'qualification'];
    case 'approval':
      return approval === undefined ? undefined : reviewLabels[approval.review];
    case 'stuck':
      return lifecycle[stage].label;
    default:
      return undefined;
  }
}

function hoursText(hours: number): Text {
  if (hours < 1) return { fr: 'moins d’une heure', en: 'less than an hour' };
  return { fr: `${hours} h`, en: hours === 1 ? '1 hour' : `${hours} hours` };
}

/** The time that is left, or that has passed: in hours within a day, else in days of the calendar. */
export function dueIn(due: string, now: Date): Text {
  const left = Date.parse(due) - now.getTime();
  const hours = Math.floor(Math.abs(left) / hour);
  const days = Math.abs(daysBetween(calendarDateOf(now), calendarDateOf(new Date(due))));
  const { fr, en } = hours < 24 ? hoursText(hours) : daysText(days);
  return left <= 0 ? { fr: `depuis ${fr}`, en: `for ${en}` } : { fr: `dans ${fr}`, en: `in ${en}` };
}

function dueCell(view: View, { work: { due } }: WorkRow, now: Date): Html {
  const late = Date.parse(due) <= now.getTime();
  return html`${late ? html`${tag(view, overdueLabel, 'bad')} ` : nothing}${view.t(dueIn(due, now))}<br><span class="soft">${instantText(view, due)}</span>`;
}

/** Since when it waits; unknown for what has an item that the list does not read. */
function sinceOf({ snapshot: { state, approval }, work: { kind } }: WorkRow): string | undefined {
  if (kind === 'failed_run') return state.run.failedAt;
  if (kind === 'approval') return approval?.askedAt;
  return kind === 'erasure' ? undefined : state.stageSince;
}

function turnCell(view: View, row: WorkRow): Html {
  const { state, wait } = row.snapshot;
  const since = sinceOf(row);
  // An approval or an erasure that is asked for is answered by operators, whoever is to act on the onboarding itself.
  const ownAnswer = row.work.kind === 'approval' || row.work.kind === 'erasure';
  const party = ownAnswer ? 'operator' : whoseTurn(state, wait);
  return html`${view.t(partyLabels[party])}${since === undefined ? nothing : html`<br><span class="soft">${view.t({ fr: 'depuis le', en: 'since' })} ${dayText(view, since)}</span>`}`;
}

function reminderCell(view: View, { snapshot: { state, wait }, work: { kind } }: WorkRow): Html | string {
  if (kind === 'go_no_go') {
    const reminded = state.goNoGoReminded;
    if (reminded === undefined || reminded.cutover !== state.cutover) return noValue;
    return view.t(
      reminded.of === 'operators'
        ? { fr: 'à l’exploitation', en: 'to operations' }
        : { fr: 'à l’astreinte', en: 'to the people on call' },
    );
  }
  if ((kind !== 'review' && kind !== 'stuck') || wait === undefined || wait.reminders === 0) return noValue;
  const last = wait.remindedAt === undefined ? '' : dayText(view, wait.remindedAt);
  return html`${view.t({ fr: `n° ${wait.reminders}`, en: `no. ${wait.reminders}` })}${last === '' ? nothing : html`<br><span class="soft">${last}</span>`}`;
}

function waveCell(view: View, { snapshot: { state } }: WorkRow): Html | string {
  const { wave, cutover } = state;
  if (wave === undefined || cutover === undefined) return noValue;
  return html`<a href="${view.href(`/waves/${wave}`)}">${dayText(view, cutover)}</a>`;
}

/** A tick to choose an onboarding, with who followed it when the page was shown. */
function choiceCell(view: View, { snapshot: { state }, work: { kind } }: WorkRow): Html | string {
  if (state.stage === 'CLOSED') return noValue;
  const { reference, assigned } = state;
  const what = `${organisationName(state)} (${reference}), ${view.t(midSentence(workLabels[kind]))}`;
  const label = view.t({ fr: `Choisir ${what}`, en: `Choose ${what}` });
  return html`<input type="checkbox" name="onboarding" value="${reference} ${assigned?.to ?? ''}" aria-label="${label}">`;
}

/** What operators have to do, one thing a row. */
export function workTable(
  view: View,
  { caption, rows, now }: { caption: Text; rows: readonly WorkRow[]; now: Date },
): Html {
  return table(view, {
    caption,
    rows,
    columns: [
      {
        name: { fr: 'Dossier', en: 'Onboarding' },
        cell: ({ snapshot: { state } }) =>
          html`<a href="${view.href(`/operations/${state.reference}`)}">${organisationName(state)}</a><br><span class="code">${state.reference}</span>`,
      },
      {
        name: { fr: 'À faire', en: 'To do' },
        cell: (row) => {
          const why = whyOf(row);
          return html`<a href="${view.href(pathOf(row))}">${view.t(workLabels[row.work.kind])}<span class="unseen">${view.t({ fr: ' : ', en: ': ' })}${organisationName(row.snapshot.state)}</span></a>${why === undefined ? nothing : html`<br><span class="soft">${view.t(why)}</span>`}`;
        },
      },
      { name: { fr: 'Échéance', en: 'Due' }, cell: (row) => dueCell(view, row, now) },
      { name: { fr: 'Action attendue de', en: 'Next to act' }, cell: (row) => turnCell(view, row) },
      { name: { fr: 'Dernier rappel', en: 'Last reminder' }, cell: (row) => reminderCell(view, row) },
      { name: { fr: 'Bascule', en: 'Cutover' }, cell: (row) => waveCell(view, row) },
      {
        name: { fr: 'Suivi par', en: 'Followed by' },
        cell: ({ snapshot: { state } }) => state.assigned?.name ?? noValue,
      },
      { name: { fr: 'Choisir', en: 'Choose' }, cell: (row) => choiceCell(view, row) },
    ],
  });
}
