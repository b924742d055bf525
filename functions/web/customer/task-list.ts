import { ownerLabels } from '../../domain/classification/owner-labels.ts';
import { isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import type { CustomerRequest } from '../../domain/onboarding/records.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { noTalkBecause } from '../../domain/onboarding/talk.ts';
import type { SectionStatus } from '../../domain/questionnaire/questionnaire.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { banner, linkButton, type Tone, tag } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { answeringTime } from './answering-time.ts';
import { requestBanner } from './asked-again.ts';
import { attestationBanner } from './attestation-banner.ts';
import { beforeLine } from './before.ts';
import { correctionIsOpen } from './correction-notice.ts';
import { type Dossier, isDone, mayBeSubmitted, type SectionState, sectionStates } from './dossier.ts';
import { checkPath, questionPath, sectionPath } from './form-paths.ts';
import { peopleLine } from './people-line.ts';
import { sectionTitle } from './question-page.ts';
import { lastSavedText, savedLine } from './saved-line.ts';
import { sectionOf } from './section-check.ts';
import { pauseText, talkFirst, talkPath } from './talk-words.ts';

const statuses: Readonly<Record<SectionStatus | 'submitted', { readonly label: Text; readonly tone: Tone }>> =
  {
    not_started: { label: { fr: 'À commencer', en: 'Not yet started' }, tone: 'plain' },
    in_progress: { label: { fr: 'En cours', en: 'In progress' }, tone: 'plain' },
    complete: { label: { fr: 'Terminée', en: 'Completed' }, tone: 'good' },
    submitted: { label: { fr: 'Envoyée', en: 'Submitted' }, tone: 'good' },
  };

/** A section whose questions are all answered is in progress until someone says that it is completed, or submits it. */
function statusOf({ status, isCompleted, isSubmitted }: SectionState): keyof typeof statuses {
  if (isCompleted) return 'complete';
  if (isSubmitted) return 'submitted';
  return status === 'complete' ? 'in_progress' : status;
}

function lastSaved(
  view: View,
  { savedAt, savedBy }: SectionState,
  reference: string,
  { nameOf }: Dossier,
): Html {
  if (savedAt === undefined || savedBy === undefined) return nothing;
  return html`<br><span class="soft">${lastSavedText(view, { at: savedAt, by: savedBy }, { reference, nameOf })}</span>`;
}

function stateTag(view: View, state: SectionState): Html {
  const { asked, toRevisit, lost } = state;
  if (lost.length > 0) return tag(view, { fr: 'Il y a un problème', en: 'There is a problem' }, 'bad');
  if (asked)
    return tag(view, { fr: 'À compléter, à notre demande', en: 'To be completed, at our request' }, 'warn');
  if (toRevisit) return tag(view, { fr: 'Réponses à revoir', en: 'Answers to look at again' }, 'warn');
  const { label, tone } = statuses[statusOf(state)];
  return tag(view, label, tone);
}

/** A section that is answered is opened as a whole, any other at the problem in it, or its first question without an answer. */
function startOf(view: View, { id, missing, lost }: SectionState): string {
  const first = lost[0] ?? missing[0];
  return first === undefined ? sectionPath(view, id) : questionPath(view, first);
}

function task(view: View, state: SectionState, reference: string, dossier: Dossier): Html {
  const section = sectionOf(state.id);
  const owners = [
    ...new Set(section.questions.map(({ owner }) => view.t(midSentence(ownerLabels[owner])))),
  ].join(', ');
  return html`<li><div><a href="${view.href(startOf(view, state))}">${view.t(sectionTitle(section))}</a><br>
<span class="soft">${view.t({ fr: 'Qui peut répondre : ', en: 'Who can answer: ' })}${owners}</span>${lastSaved(view, state, reference, dossier)}</div>
<div>${stateTag(view, state)}</div></li>`;
}

function introOf({ state, correction }: Snapshot, { submission }: Dossier): Text {
  if (correction?.status === 'open') return correctionIsOpen(correction, state.territory);
  if (isAskedAgain(state)) {
    return {
      fr: 'Vos dernières réponses sont reprises ici. Revoyez celles que nous vous demandons, puis envoyez de nouveau le questionnaire : votre dossier sera aussitôt réexaminé.',
      en: 'Your last answers are shown here. Look again at those we ask you about, then submit the questionnaire again: your onboarding will be reviewed at once.',
    };
  }
  return submission === undefined
    ? {
        fr: `Cinq parties à remplir dans l’ordre de votre choix, à plusieurs si vous le souhaitez. ${answeringTime.fr} Chaque réponse est enregistrée : vous pouvez vous interrompre et revenir par votre lien personnel.`,
        en: `Fill in the five sections in any order, with colleagues if you wish. ${answeringTime.en} Every answer is saved: you can stop and come back with your personal link.`,
      }
    : {
        fr: 'Vos dernières réponses sont reprises ici. Mettez-les à jour, puis envoyez-les de nouveau : votre niveau de préparation sera recalculé.',
        en: 'Your last answers are shown here. Update them, then submit again: your readiness tier will be recalculated.',
      };
}

/** While the customer talks first, its time to answer is paused. */
function pauseBanner(view: View, { state, wait }: Snapshot): Html {
  return state.talk === undefined ? nothing : banner(view, view.t(pauseText(state.talk, wait)), 'plain');
}

function talkLink(view: View, now: Snapshot): Html {
  return noTalkBecause(now) === undefined
    ? html`<p><a href="${view.href(talkPath)}">${view.t(talkFirst)}</a></p>`
    : nothing;
}

/** What stands around the list of tasks. */
export interface TaskListFrame extends Pick<Page, 'title' | 'back'> {
  /** Above the list. */
  readonly intro: Html;
  /** Right below the list, and last on the page. */
  readonly below: Html;
  readonly last: Html;
}

/** What a customer reads around the list. */
export function customerFrame(
  view: View,
  now: Snapshot,
  dossier: Dossier,
  request: CustomerRequest | undefined,
): TaskListFrame {
  const mayDecline = dossier.submission === undefined && now.preparation === undefined;
  return {
    title: { fr: 'Votre questionnaire', en: 'Your questionnaire' },
    back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
    intro: html`<p>${view.t(introOf(now, dossier))}</p>
${attestationBanner(view, now)}
${requestBanner(view, now, dossier, request)}${pauseBanner(view, now)}`,
    below: peopleLine(view, now.state),
    last: html`${beforeLine(view)}
${
  mayDecline
    ? html`${talkLink(view, now)}<p><a href="${view.href('/questionnaire/decline')}">${view.t({ fr: 'Nous ne souhaitons pas poursuivre', en: 'We do not wish to continue' })}</a></p>`
    : nothing
}`,
  };
}

/** The questionnaire as a list of five tasks, in any order. */
export function taskListPage(view: View, now: Snapshot, dossier: Dossier, frame: TaskListFrame): Page {
  const { state } = now;
  const states = sectionStates(dossier, now);
  const done = states.filter(isDone).length;
  const ready = mayBeSubmitted(dossier, now);
  const { title, back, intro, below, last } = frame;
  return {
    title,
    ...(back === undefined ? {} : { back }),
    body: html`${savedLine(view, { ...dossier, reference: state.reference })}<h1>${view.t(title)}</h1>
${intro}
<p><strong>${view.t({ fr: `Parties terminées : ${done} sur ${states.length}`, en: `Sections completed: ${done} of ${states.length}` })}</strong></p>
<ol class="tasks">${states.map((each) => task(view, each, state.reference, dossier))}</ol>
${below}
<p>${linkButton(
      view,
      checkPath(view),
      ready
        ? { fr: 'Relire et envoyer', en: 'Check and submit' }
        : view.viewer.kind === 'staff'
          ? { fr: 'Relire les réponses', en: 'Check the answers' }
          : { fr: 'Relire nos réponses', en: 'Check our answers' },
      ready ? 'first' : 'second',
    )}</p>
${last}`,
  };
}
