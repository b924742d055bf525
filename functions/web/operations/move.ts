import { decideReview } from '../../application/decide-review.ts';
import { movePlace } from '../../application/move-place.ts';
import { readDates } from '../../application/read-dates.ts';
import { followersOf, partsOf } from '../../application/read-parts.ts';
import { formatDate } from '../../domain/calendar-date.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { changesLeft } from '../../domain/onboarding/changes-of-date.ts';
import { stageInWords } from '../../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { whyTwoPeople } from '../../domain/onboarding/transitions/approvals.ts';
import type { Text } from '../../domain/text.ts';
import type { CustomerDate } from '../../domain/waves/dates.ts';
import { siteLabel } from '../../domain/waves/wave.ts';
import type { Store } from '../../store/store.ts';
import { unlessUnreadable } from '../../store/unreadable.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { roomLabels } from '../shared/layout/room-labels.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf, refusalStatus } from '../shared/staff/acts.ts';
import { readReason, reasonField, toldToCustomer } from '../shared/staff/reason.ts';
import { bookingLabels } from '../shared/staff/status-summary.ts';
import { askForTwo, waitingCall } from './approval-calls.ts';
import { mayChooseWave, movePath, moveTitle } from './move-link.ts';
import { tooLatePage } from './too-late-page.ts';

/** The most followers that are looked at. */
const mostFollowers = 20;

const waveLabelText: Text = { fr: 'Nouvelle vague', en: 'New wave' };
const askerLabel: Text = { fr: 'Déplacement demandé par', en: 'Move asked for by' };

const askers = [
  { value: 'customer', label: { fr: 'Le client', en: 'The customer' } },
  { value: 'platform', label: { fr: 'La plateforme', en: 'The platform' } },
] as const;

interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

/** A review without a place, which one person decides. */
function isReview({ state }: Snapshot): boolean {
  return state.stage === 'IN_REVIEW';
}

function isPromised({ booking }: Snapshot): boolean {
  return booking !== undefined && booking.status !== 'TO_MOVE';
}

/** A follower; one that was split has its dates in its parts. */
async function readFollower(store: Store, reference: string): Promise<readonly Snapshot[]> {
  const follower = await unlessUnreadable(() => store.onboardings.now(reference));
  if (follower?.state.stage !== 'IN_PARTS') return follower === undefined ? [] : [follower];
  return (await unlessUnreadable(() => partsOf(store, follower.state))) ?? [];
}

/** Those with a date that have to cut over after this one: the next part, the members of its group. */
async function readFollowers({ store }: WebDependencies, { state }: Snapshot) {
  const references = await followersOf(store, state);
  const read = await Promise.all(
    references.slice(0, mostFollowers).map((reference) => readFollower(store, reference)),
  );
  return {
    dated: read.flat().filter(({ booking }) => booking !== undefined),
    others: Math.max(0, references.length - mostFollowers),
  };
}

/** What the move displaces: the place that is left, those who wait, and those that follow. */
async function displaced(view: View, deps: WebDependencies, now: Snapshot): Promise<Html> {
  const { store, platform } = deps;
  const { booking } = now;
  const [waits, { dated, others }] = await Promise.all([
    store.waitingList.isAnyoneWaiting(),
    readFollowers(deps, now),
  ]);
  const left =
    booking === undefined
      ? nothing
      : html`<p>${view.t({ fr: 'Place actuelle :', en: 'Current place:' })} <strong>${dayText(view, booking.cutover)}, ${view.t(siteLabel(platform, booking.site))}</strong> (${view.t(bookingLabels[booking.status])})</p>`;
  return html`${left}
${
  waits
    ? html`<p>${view.t({
        fr: 'Des clients attendent une place : celle que vous donnez ici ne leur sera pas proposée ; une place libérée l’est à ceux à qui elle convient.',
        en: 'Customers are waiting for a place: the one you give here will not be offered to them; one that is freed is offered to those that it fits.',
      })}</p>`
    : nothing
}
${
  dated.length === 0
    ? nothing
    : html`<p>${view.t({
        fr: 'Pour ceux des membres de son groupe et des parties suivantes qui ne pourraient plus basculer après lui, un déplacement est proposé à l’exploitation, tous ensemble.',
        en: 'For those members of its group and next parts that could no longer cut over after it, a move is proposed to operations, all together.',
      })}</p>${table(view, {
        caption: { fr: 'Doivent basculer après lui', en: 'Have to cut over after it' },
        rows: dated,
        columns: [
          {
            name: { fr: 'Organisme', en: 'Organisation' },
            cell: (member) =>
              html`<a href="${view.href(`/operations/${member.state.reference}`)}">${organisationName(member.state)}</a>`,
          },
          {
            name: { fr: 'Bascule', en: 'Cutover' },
            cell: (member) => dayText(view, member.booking?.cutover ?? ''),
          },
        ],
      })}`
}${
  others === 0
    ? nothing
    : html`<p>${view.t({
        fr: `Autres dossiers du groupe, dont l’ordre est gardé de même : ${others}.`,
        en: `Other onboardings of the group, whose order is kept alike: ${others}.`,
      })}</p>`
}`;
}

function impossible(view: View, deps: WebDependencies, dates: readonly CustomerDate[]): Html {
  const excluded = dates.filter(({ admissible }) => !admissible);
  if (excluded.length === 0) return nothing;
  return html`<details><summary>${view.t({ fr: `Dates impossibles (${excluded.length}), et ce que le client en lit`, en: `Dates not possible (${excluded.length}), and what the customer reads of them` })}</summary><ul>${excluded.map(
    ({ wave, reason }) =>
      html`<li>${dayText(view, wave.cutover)}, ${view.t(siteLabel(deps.platform, wave.site))}${view.t({ fr: ' : ', en: ': ' })}${reason === undefined ? nothing : view.t(reason.text)}</li>`,
  )}</ul></details>`;
}

async function movePage(c: WebContext, deps: WebDependencies, now: Snapshot, given: Given, status?: 409) {
  const view = c.get('view');
  const { reference } = now.state;
  const name = organisationName(now.state);
  const dates = await readDates(deps, now);
  const own = isPromised(now) ? now.booking?.wave : undefined;
  const possible = dates.filter(({ admissible, wave }) => admissible && wave.id !== own);
  const { fields, problems = [] } = given;
  const promised = isPromised(now);
  const choices = possible.map(({ wave, room }) => ({
    value: wave.id,
    label: {
      fr: `${formatDate(wave.cutover, 'fr')}, ${siteLabel(deps.platform, wave.site).fr}`,
      en: `${formatDate(wave.cutover, 'en')}, ${siteLabel(deps.platform, wave.site).en}`,
    },
    hint: roomLabels[room],
  }));
  const field = html`<input type="hidden" name="from" value="${now.booking?.wave ?? 'none'}"><input type="hidden" name="held" value="${now.state.episode}"><input type="hidden" name="seen" value="${now.state.reviews}">
${radios(view, {
  name: 'wave',
  label: waveLabelText,
  choices,
  value: fields?.get('wave'),
  problem: problemOf(problems, 'wave'),
})}
${
  promised
    ? radios(view, {
        name: 'asker',
        label: askerLabel,
        hint: {
          fr: `À la demande de la plateforme, il faut deux personnes. ${whyTwoPeople('move').fr}`,
          en: `If the platform asks, it takes two people. ${whyTwoPeople('move').en}`,
        },
        choices: askers,
        value: fields?.get('asker'),
        problem: problemOf(problems, 'asker'),
      })
    : nothing
}
${reasonField(view, { form: fields, problems, ...(promised ? { hint: toldToCustomer } : {}) })}`;
  return answerPage(
    c,
    {
      title: { fr: `${moveTitle.fr} – ${reference}`, en: `${moveTitle.en} – ${reference}` },
      back: { path: `/operations/${reference}` },
      problems,
      body: html`<h1>${view.t(moveTitle)}</h1>
<p class="soft">${name} – ${reference}</p>
${waitingCall(c, deps, now)}
<p>${view.t({
        fr: `La nouvelle place est réservée au client pour une durée entière : il la confirme ou renonce. Changements de date qui lui restent : ${changesLeft(now.state)}.`,
        en: `The new place is held for the customer for a full time: it confirms it or declines. Changes of date that it has left: ${changesLeft(now.state)}.`,
      })}</p>
${await displaced(view, deps, now)}
${
  possible.length === 0
    ? html`<p>${view.t({ fr: 'Aucune date n’est possible pour ce client.', en: 'No date is possible for this customer.' })}</p>`
    : form(view, {
        kept: true,
        action: movePath(reference),
        content: field,
        buttons: [
          { label: { fr: 'Déplacer le client', en: 'Move the customer' } },
          ...(promised ? [askForTwo] : []),
        ],
      })
}
${impossible(view, deps, dates)}`,
    },
    status,
  );
}

function chosenOption(name: string, label: Text): Problem {
  return {
    field: name,
    message: { fr: `${label.fr} : choisissez une option.`, en: `${label.en}: select an option.` },
  };
}

const oneIsEnough: Problem = {
  field: 'asker',
  message: {
    fr: 'À la demande du client, une seule personne décide : utilisez le premier bouton.',
    en: 'If the customer asks, one person decides: use the first button.',
  },
};

function readMove(fields: FormFields, now: Snapshot) {
  const wave = fields.get('wave') ?? '';
  const asker = askers.find(({ value }) => value === fields.get('asker'))?.value;
  const reason = readReason(fields);
  const problems: Problem[] = [
    ...(wave === '' ? [chosenOption('wave', waveLabelText)] : []),
    ...(isPromised(now) && asker === undefined ? [chosenOption('asker', askerLabel)] : []),
    ...(asker === 'customer' && fields.get('approval') === 'yes' ? [oneIsEnough] : []),
    ...('problems' in reason ? reason.problems : []),
  ];
  if (problems.length > 0 || 'problems' in reason) return { problems };
  return {
    move: {
      wave,
      reason: reason.value,
      approval: fields.get('approval') === 'yes',
      askedByCustomer: asker === 'customer',
      from: { wave: fields.get('from') ?? '', heldAt: Number(fields.get('held') ?? Number.NaN) },
    },
    seen: Number(fields.get('seen') ?? Number.NaN),
  };
}

const notNow: Text = {
  fr: 'Ce dossier ne peut pas être déplacé à son étape actuelle :',
  en: 'This onboarding cannot be moved at its current stage:',
};

/** The page on which an operator moves a customer to a wave of its choice, or gives it one in a placement review. */
export function registerMove(app: WebApp, deps: WebDependencies): void {
  function impossibleNow(c: WebContext, { state }: Snapshot, typed?: string) {
    const stage = stageInWords(state.stage, state.reviewKind);
    const text = { fr: `${notNow.fr} « ${stage.fr} ».`, en: `${notNow.en} “${stage.en}”.` };
    return tooLatePage(c, { title: moveTitle, reference: state.reference, text, typed });
  }

  app.get('/operations/:reference/move', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    return mayChooseWave(now, deps.clock.now()) ? movePage(c, deps, now, {}) : impossibleNow(c, now);
  });

  app.post('/operations/:reference/move', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    const { reference } = now.state;
    const fields = formOf(c);
    if (!mayChooseWave(now, deps.clock.now())) return impossibleNow(c, now, fields.get('reason'));
    const read = readMove(fields, now);
    if (read.problems !== undefined) return movePage(c, deps, now, { fields, problems: read.problems });
    if (onlyAsksForLanguage(c)) return movePage(c, deps, now, { fields });
    const { wave, reason } = read.move;
    const { seen } = read;
    try {
      const who = actorOf(c, 'operator');
      const approval = isReview(now)
        ? await decideReview(
            deps,
            reference,
            { kind: 'placement', decision: 'move', reason, wave, seen },
            who,
          )
        : await movePlace(deps, reference, read.move, who);
      return leadTo(c, deps.site, `/operations/${reference}`, approval === undefined ? 'moved' : 'asked');
    } catch (error) {
      const problem = refusalOf(error, 'wave');
      const after = await deps.store.onboardings.now(reference);
      if (!mayChooseWave(after, deps.clock.now())) return impossibleNow(c, after, fields.get('reason'));
      return movePage(c, deps, after, { fields, problems: [problem] }, refusalStatus(error));
    }
  });
}
