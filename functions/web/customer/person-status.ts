import { calendarDateOf } from '../../domain/calendar-date.ts';
import { conditionTasks } from '../../domain/classification/condition-tasks.ts';
import { conditionLife, openConditions } from '../../domain/classification/conditions.ts';
import { questionsToDeclare } from '../../domain/classification/declarations.ts';
import { scopeLabel } from '../../domain/intake/scope-names.ts';
import { isInWorkflow } from '../../domain/onboarding/lifecycle.ts';
import { questionsOf } from '../../domain/onboarding/own-questions.ts';
import { type Acting, may } from '../../domain/onboarding/people.ts';
import type { ResultRecord } from '../../domain/onboarding/records.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { isCurrent } from '../../domain/onboarding/transitions/assessment.ts';
import { whoseTurn } from '../../domain/onboarding/whose-turn.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { linkButton, type Pair, summaryList } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { partyLabels, stageTag } from '../shared/layout/stage-tag.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf } from '../shared/session/access.ts';
import { calendarLink } from './calendar-link.ts';
import { ownPersonLine } from './own-person-path.ts';
import { answersExpected } from './questionnaire-access.ts';
import { declarationPath } from './result.ts';

const title: Text = { fr: 'Où en est le dossier', en: 'Status of the onboarding' };

const organisation: Text = { fr: 'Votre organisme', en: 'Your organisation' };

const pausedForAll: Text = {
  fr: 'Votre organisme a souhaité en parler d’abord : son délai pour répondre est en pause. La première réponse enregistrée, la vôtre comprise, met fin à cette pause.',
  en: 'Your organisation asked to talk first: its time to answer is paused. The first answer that is saved, yours included, ends the pause.',
};

const decidedByOthers: Text = {
  fr: 'Le résultat et les décisions sont pour le contact principal de votre organisme.',
  en: 'The result and the decisions are for your organisation’s main contact.',
};

const endedForOthers: Text = {
  fr: 'Il n’y a plus rien à remplir. Le contact principal de votre organisme sait comment le dossier s’est terminé.',
  en: 'There is nothing left to fill in. Your organisation’s main contact knows how the onboarding ended.',
};

/** The open conditions that are someone's own, with the page that declares each. */
function ownConditions(
  view: View,
  { state }: Snapshot,
  acting: Acting,
  result: ResultRecord | undefined,
  today: string,
): Html {
  if (result === undefined || !isInWorkflow(state) || !isCurrent(result, state)) return nothing;
  const open = openConditions(result.assessment.conditions, result.cleared, today);
  const own = conditionTasks(result).flatMap((task) => {
    const condition = open.find(({ code }) => code === task.code);
    const mine = may(acting, { kind: 'declare', owners: [task.owner] });
    return condition === undefined || !mine ? [] : [{ condition, task }];
  });
  if (own.length === 0) return nothing;
  return html`<h2>${view.t({ fr: 'Ce que vous avez à lever', en: 'What is yours to clear' })}</h2>
<ul>${own.map(({ condition, task }) => {
    const label = view.t(conditionLife(condition.code).label);
    const by = html`, ${view.t({ fr: 'au plus tard le', en: 'by' })} ${dayText(view, task.due)}`;
    return questionsToDeclare(condition).length === 0
      ? html`<li>${label}${by}</li>`
      : html`<li><a href="${view.href(declarationPath(condition.code))}">${label}</a>${by}</li>`;
  })}</ul>`;
}

function dates(view: View, { booking, preparation }: Snapshot): readonly Pair[] {
  return [
    ...(booking === undefined || booking.status === 'TO_MOVE'
      ? []
      : [{ key: { fr: 'Bascule', en: 'Cutover' }, value: dayText(view, booking.cutover) }]),
    ...(preparation === undefined
      ? []
      : [
          {
            key: { fr: 'Vague de préparation', en: 'Preparation wave' },
            value: dayText(view, preparation.starts),
          },
        ]),
  ];
}

/** The stage, the dates and what is theirs, for whoever was named for a part: neither the result nor its reasons. */
export async function showPersonStatus(c: WebContext, { store, clock }: WebDependencies): Promise<Response> {
  const { reference, now, acting, person } = customerOf(c);
  const view = c.get('view');
  const { state, wait } = now;
  const result = await store.dossiers.result(reference);
  const party = whoseTurn(state, wait);
  return answerPage(c, {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p><strong>${view.t({ fr: 'Qui doit agir :', en: 'Who must act next:' })} ${view.t(midSentence(party === 'customer' ? organisation : partyLabels[party]))}</strong></p>
${state.talk === undefined ? nothing : html`<p>${view.t(pausedForAll)}</p>`}
${calendarLink(view, now, clock.now())}
${answersExpected(now, clock.now()) && questionsOf(acting).length > 0 ? html`<div class="actions">${linkButton(view, '/questionnaire', { fr: 'Voir ma partie du questionnaire', en: 'View my part of the questionnaire' })}</div>` : nothing}
${ownConditions(view, now, acting, result, calendarDateOf(clock.now()))}
${summaryList(view, [
  { key: { fr: 'Organisme', en: 'Organisation' }, value: state.name },
  ...(state.scope === undefined ? [] : [{ key: scopeLabel, value: state.scope }]),
  { key: { fr: 'Référence', en: 'Reference' }, value: reference },
  {
    key: { fr: 'Étape', en: 'Stage' },
    value: html`${stageTag(view, state)} <span class="soft">${view.t({ fr: 'depuis le', en: 'since' })} ${dayText(view, state.stageSince)}</span>`,
  },
  ...dates(view, now),
])}
<p>${view.t(state.stage === 'CLOSED' ? endedForOthers : decidedByOthers)}</p>
${ownPersonLine(view, person)}`,
  });
}
