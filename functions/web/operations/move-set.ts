import { answerMoveSet, mostTogether } from '../../application/answer-move-set.ts';
import type { RefusedDecision } from '../../application/refused.ts';
import { type MemberMove, moveSetsOf, waitingApprovals } from '../../application/waiting-approvals.ts';
import { OnboardingNotFoundError } from '../../domain/errors.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { ifNotMoved, parseMoveSetId } from '../../domain/onboarding/group-moves.ts';
import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, table } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { reasonField } from '../shared/staff/reason.ts';
import { answerChoices, readAnswer } from './approval-answer.ts';
import { approvalsPath, moveSetPath } from './approvals-link.ts';
import { tooLatePage } from './too-late-page.ts';

const title: Text = { fr: 'Déplacements d’un groupe', en: 'Moves of a group' };

const choices = answerChoices({
  approve: {
    fr: 'Chaque client reçoit la place proposée, réservée pour une durée entière, et un courriel avec l’ancienne date, la nouvelle et la raison.',
    en: 'Each customer gets the proposed place, held for a full time, and an email with the former date, the new one and the reason.',
  },
  decline: {
    fr: `Leurs demandes prennent fin : ${ifNotMoved.fr}.`,
    en: `Their requests end: ${ifNotMoved.en}.`,
  },
});

function movesTable(view: View, moves: readonly MemberMove[]): Html {
  return table(view, {
    caption: { fr: 'Déplacements proposés', en: 'Moves proposed' },
    rows: moves,
    columns: [
      {
        name: { fr: 'Organisme', en: 'Organisation' },
        cell: ({ state, approval }) =>
          html`<a href="${view.href(`${approvalsPath}/${approval.id}`)}">${organisationName(state)}</a>`,
      },
      {
        name: { fr: 'Référence', en: 'Reference' },
        cell: ({ state }) =>
          html`<a class="code" href="${view.href(`/operations/${state.reference}`)}">${state.reference}</a>`,
      },
      {
        name: { fr: 'Date actuelle', en: 'Present date' },
        cell: ({ state }) =>
          html`${dayText(view, state.cutover ?? '')}<br><span class="soft">${view.t(lifecycle[state.stage].label)}</span>`,
      },
      {
        name: { fr: 'Date proposée', en: 'Proposed date' },
        cell: ({ approval: { wave = '', cutover = '' } }) =>
          html`<a href="${view.href(`/waves/${wave}`)}">${dayText(view, cutover)}</a>`,
      },
      {
        name: { fr: 'Doit suivre le', en: 'Has to follow' },
        cell: ({ approval }) => dayText(view, approval.group.after),
      },
      {
        name: { fr: 'Accord possible jusqu’au', en: 'Agreement possible until' },
        cell: ({ approval }) => instantText(view, approval.until),
      },
    ],
  });
}

interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

interface Shown {
  readonly id: string;
  /** The one that all of them follow, at the end. */
  readonly leader: Snapshot;
  readonly moves: readonly MemberMove[];
}

function moveSetPage(c: WebContext, { id, leader, moves }: Shown, given: Given, status?: 409) {
  const view = c.get('view');
  const { fields, problems = [] } = given;
  const { reference, cutover } = leader.state;
  const name = organisationName(leader.state);
  const shown = moves.slice(0, mostTogether);
  const more = moves.length - shown.length;
  return answerPage(
    c,
    {
      title: { fr: `${title.fr} – ${reference}`, en: `${title.en} – ${reference}` },
      back: { path: approvalsPath },
      problems,
      body: html`<h1>${view.t(title)}</h1>
<p>${view.t({ fr: 'Date de', en: 'Date of' })} <a href="${view.href(`/operations/${reference}`)}">${name}</a>${view.t({ fr: ' : ', en: ': ' })}${cutover === undefined ? view.t({ fr: 'aucune pour le moment', en: 'none at present' }) : dayText(view, cutover)}.</p>
<p>${view.t({
        fr: `Ces clients doivent basculer après lui. Leur place est une promesse : aucun n’est déplacé sans votre accord. Sans réponse dans le délai, ${ifNotMoved.fr}. Pour répondre d’un seul d’entre eux, suivez son nom.`,
        en: `These customers have to cut over after it. Their place is a promise: none is moved without your agreement. Without an answer in time, ${ifNotMoved.en}. To answer for one of them only, follow its name.`,
      })}</p>
${shown.length === 0 ? html`<p>${view.t({ fr: 'Aucun déplacement n’attend plus de réponse.', en: 'No move is waiting for an answer any more.' })}</p>` : movesTable(view, shown)}
${more > 0 ? html`<p>${view.t({ fr: `Après ceux-ci, ${more} autres attendent.`, en: `After these, ${more} more are waiting.` })}</p>` : nothing}
${
  shown.length === 0
    ? nothing
    : form(view, {
        kept: true,
        action: moveSetPath(id),
        content: html`${shown.map(({ approval }) => html`<input type="hidden" name="approvals" value="${approval.id}">`)}${radios(
          view,
          {
            name: 'decision',
            label: { fr: 'Votre réponse pour tous', en: 'Your answer for all of them' },
            choices,
            value: fields?.get('decision'),
            problem: problemOf(problems, 'decision'),
          },
        )}${reasonField(view, { form: fields, problems })}`,
        buttons: [{ label: { fr: 'Enregistrer la réponse', en: 'Record the answer' } }],
      })
}`,
    },
    status,
  );
}

function refusedProblem(moves: readonly MemberMove[], { reference, text }: RefusedDecision): Problem {
  const state = moves.find((move) => move.state.reference === reference)?.state;
  const name = state === undefined ? reference : organisationName(state);
  return {
    field: 'decision',
    message: { fr: `${name} : ${text.fr}`, en: `${name}: ${text.en}` },
  };
}

/** The page on which an operator answers the moves that keep one group in order, as one set. */
export function registerMoveSet(app: WebApp, deps: WebDependencies): void {
  const path = `${approvalsPath}/groups/:set` as const;

  async function read(c: WebContext, id: string): Promise<Shown> {
    const leader = parseMoveSetId(id)?.leader;
    if (leader === undefined) throw new OnboardingNotFoundError();
    const [now, { waiting }] = await Promise.all([
      visibleOnboarding(c, deps, leader),
      waitingApprovals(deps),
    ]);
    const moves = moveSetsOf(waiting).find((set) => set.id === id)?.moves ?? [];
    return { id, leader: now, moves };
  }

  app.get(path, async (c) => moveSetPage(c, await read(c, c.req.param('set')), {}));

  app.post(path, async (c) => {
    const id = c.req.param('set');
    const before = await read(c, id);
    const fields = formOf(c);
    const given = readAnswer(fields);
    if ('problems' in given) return moveSetPage(c, before, { fields, problems: given.problems });
    if (onlyAsksForLanguage(c)) return moveSetPage(c, before, { fields });
    const approvals = fields.all('approvals').slice(0, mostTogether);
    const refused = await answerMoveSet(deps, { approvals, ...given.answer }, actorOf(c, 'operator'));
    const { decision, reason } = given.answer;
    if (refused.length === 0) {
      return leadTo(
        c,
        deps.site,
        approvalsPath,
        decision === 'approve' ? 'moves-approved' : 'moves-declined',
      );
    }
    const problems = refused.map((each) => refusedProblem(before.moves, each));
    const after = await read(c, id);
    if (after.moves.length > 0) return moveSetPage(c, after, { fields, problems }, 409);
    const [first] = problems;
    const text = first?.message ?? title;
    return tooLatePage(c, { title, reference: before.leader.state.reference, text, typed: reason });
  });
}
